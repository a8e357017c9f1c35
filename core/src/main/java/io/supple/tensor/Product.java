// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;

/**
 * Products along the last axis. The derivative for a factor is the product of the others, from products of prefixes and
 * suffixes: dividing by the factor would fail at zeros.
 */
final class Product implements Vjp {

    private final double[] x;
    private final int n;

    private Product(double[] x, int n) {
        this.x = x;
        this.n = n;
    }

    static Tensor last(Tensor x) {
        int n = x.length(-1);
        int[] shape = LastAxis.dropLast(x);
        double[] y = new double[Shapes.size("productLast", shape)];
        Arrays.fill(y, 1);
        for (int row = 0; row < y.length; row++) {
            for (int j = 0; j < n; j++) y[row] *= x.data()[row * n + j];
        }
        return Tensor.result(shape, y, new Product(x.data(), n), x);
    }

    @Override
    public double[][] apply(double[] g) {
        double[] gx = new double[x.length];
        for (int row = 0; row < g.length; row++) {
            int from = row * n;
            double prefix = 1;
            for (int j = from; j < from + n; j++) {
                gx[j] = prefix;
                prefix *= x[j];
            }
            double suffix = g[row];
            for (int j = from + n - 1; j >= from; j--) {
                gx[j] *= suffix;
                suffix *= x[j];
            }
        }
        return new double[][] {gx};
    }

    @Override
    public double[] jvp(double[][] tangents, int size) {
        double[] out = new double[size];
        double[] t = tangents[0];
        for (int row = 0; row < size && t != null; row++) {
            double value = 1;
            for (int j = row * n; j < (row + 1) * n; j++) {
                out[row] = out[row] * x[j] + value * t[j];
                value *= x[j];
            }
        }
        return out;
    }

    /** The same prefixes and suffixes, each with its derivative. */
    @Override
    public double[][] tangent(double[] g, double[] gDot, double[][] tangents) {
        double[] t = tangents[0] == null ? new double[x.length] : tangents[0];
        double[] value = new double[x.length];
        double[] out = new double[x.length];
        for (int row = 0; row < g.length; row++) {
            int from = row * n;
            double prefix = 1;
            double prefixDot = 0;
            for (int j = from; j < from + n; j++) {
                value[j] = prefix;
                out[j] = prefixDot;
                prefixDot = prefixDot * x[j] + prefix * t[j];
                prefix *= x[j];
            }
            double suffix = g[row];
            double suffixDot = gDot[row];
            for (int j = from + n - 1; j >= from; j--) {
                out[j] = out[j] * suffix + value[j] * suffixDot;
                suffixDot = suffixDot * x[j] + suffix * t[j];
                suffix *= x[j];
            }
        }
        return new double[][] {out};
    }
}
