// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;

/** Linear functions along the last axis. */
final class LastAxis {

    private LastAxis() {}

    static Tensor sum(Tensor x) {
        int n = x.length(-1);
        int[] shape = dropLast(x);
        int rows = Shapes.size("sumLast", shape);
        return Linear.of(
                shape,
                x,
                v -> {
                    double[] y = new double[rows];
                    for (int row = 0; row < rows; row++) {
                        for (int j = 0; j < n; j++) y[row] += v[row * n + j];
                    }
                    return y;
                },
                g -> {
                    double[] gx = new double[rows * n];
                    for (int i = 0; i < gx.length; i++) gx[i] = g[i / n];
                    return gx;
                });
    }

    static Tensor combine(Tensor x, double[][] weights) {
        int n = x.length(-1);
        int m = weights.length;
        int rows = n == 0 ? Shapes.size("combineLast", dropLast(x)) : x.size() / n;
        int[] shape = x.shape();
        shape[shape.length - 1] = m;
        return Linear.of(
                shape,
                x,
                v -> {
                    double[] y = new double[rows * m];
                    for (int i = 0; i < y.length; i++) {
                        double[] w = weights[i % m];
                        int from = i / m * n;
                        // A weight of 0 reads nothing: 0 * NaN or 0 * infinity must not reach the result.
                        for (int r = 0; r < n; r++) if (w[r] != 0) y[i] += w[r] * v[from + r];
                    }
                    return y;
                },
                g -> {
                    double[] gx = new double[rows * n];
                    for (int i = 0; i < g.length; i++) {
                        int from = i / m * n;
                        for (int r = 0; r < n; r++) gx[from + r] += weights[i % m][r] * g[i];
                    }
                    return gx;
                });
    }

    static int[] dropLast(Tensor x) {
        return Arrays.copyOf(x.shape(), x.rank() - 1);
    }
}
