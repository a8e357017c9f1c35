// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;

/** Reductions along the last axis. */
final class LastAxis {

    private LastAxis() {}

    static Tensor sum(Tensor x) {
        int n = x.length(-1);
        int[] shape = dropLast(x);
        double[] y = new double[Shapes.size(shape)];
        for (int row = 0; row < y.length; row++) {
            for (int j = 0; j < n; j++) y[row] += x.data()[row * n + j];
        }
        return Tensor.result(
                shape,
                y,
                g -> {
                    double[] gx = new double[x.size()];
                    for (int i = 0; i < gx.length; i++) gx[i] = g[i / n];
                    return new double[][] {gx};
                },
                x);
    }

    static Tensor product(Tensor x) {
        int n = x.length(-1);
        int[] shape = dropLast(x);
        double[] y = new double[Shapes.size(shape)];
        Arrays.fill(y, 1);
        for (int row = 0; row < y.length; row++) {
            for (int j = 0; j < n; j++) y[row] *= x.data()[row * n + j];
        }
        return Tensor.result(
                shape,
                y,
                g -> {
                    double[] gx = new double[x.size()];
                    for (int row = 0; row < g.length; row++) productVjp(x.data(), row * n, n, g[row], gx);
                    return new double[][] {gx};
                },
                x);
    }

    /** The product of the others, from products of prefixes and suffixes: dividing by x would fail at zeros. */
    private static void productVjp(double[] x, int from, int n, double g, double[] gx) {
        double prefix = 1;
        for (int j = from; j < from + n; j++) {
            gx[j] = prefix;
            prefix *= x[j];
        }
        double suffix = g;
        for (int j = from + n - 1; j >= from; j--) {
            gx[j] *= suffix;
            suffix *= x[j];
        }
    }

    static Tensor combine(Tensor x, double[][] weights) {
        int n = x.length(-1);
        int m = weights.length;
        int rows = n == 0 ? Shapes.size(dropLast(x)) : x.size() / n;
        int[] shape = x.shape();
        shape[shape.length - 1] = m;
        double[] y = new double[rows * m];
        for (int i = 0; i < y.length; i++) {
            double[] w = weights[i % m];
            int from = i / m * n;
            // A weight of 0 reads nothing: 0 * NaN or 0 * infinity must not reach the result.
            for (int r = 0; r < n; r++) if (w[r] != 0) y[i] += w[r] * x.data()[from + r];
        }
        return Tensor.result(
                shape,
                y,
                g -> {
                    double[] gx = new double[x.size()];
                    for (int i = 0; i < g.length; i++) {
                        int from = i / m * n;
                        for (int r = 0; r < n; r++) gx[from + r] += weights[i % m][r] * g[i];
                    }
                    return new double[][] {gx};
                },
                x);
    }

    private static int[] dropLast(Tensor x) {
        return Arrays.copyOf(x.shape(), x.rank() - 1);
    }
}
