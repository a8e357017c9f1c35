// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Products of rows with a matrix, {@code Y = X W}, and back, {@code G = X^T V}: X (n x d), W and G (d x h), Y and V (n x h), all
 * row-major. Each row of Y is made by itself, with the same additions whatever stands beside it.
 *
 * <p>Time O(n d h); the inner loops run along h, four features or rows at a time, which the compiler makes vectors of.
 */
public final class MatrixProduct {

    private MatrixProduct() {}

    /** Writes {@code y_ik = sum_j x_ij w_jk} for n rows of x from a row on. */
    public static void forward(double[] x, int from, int n, int d, double[] w, int h, double[] y) {
        for (int i = 0; i < n; i++) {
            int row = (from + i) * d;
            int at = i * h;
            for (int k = at; k < at + h; k++) y[k] = 0;
            int j = 0;
            for (; j + 3 < d; j += 4) {
                int w0 = j * h;
                four(x[row + j], x[row + j + 1], x[row + j + 2], x[row + j + 3], w, w0, h, y, at);
            }
            for (; j < d; j++) {
                double xj = x[row + j];
                for (int k = 0; k < h; k++) y[at + k] += xj * w[j * h + k];
            }
        }
    }

    /** Adds {@code sum_i x_ij v_ik} to g_jk: what W is told of V, the cotangent of Y. */
    public static void vjp(double[] x, int from, int n, int d, double[] v, int h, double[] g) {
        int i = 0;
        for (; i + 3 < n; i += 4) {
            int row = (from + i) * d;
            for (int j = row; j < row + d; j++) {
                four(x[j], x[j + d], x[j + 2 * d], x[j + 3 * d], v, i * h, h, g, (j - row) * h);
            }
        }
        for (; i < n; i++) {
            int row = (from + i) * d;
            for (int j = 0; j < d; j++) {
                double xj = x[row + j];
                for (int k = 0; k < h; k++) g[j * h + k] += xj * v[i * h + k];
            }
        }
    }

    /** Adds four rows of a matrix, each times a number, to a row of another. */
    private static void four(
            double x0, double x1, double x2, double x3, double[] w, int w0, int h, double[] y, int at) {
        int w1 = w0 + h;
        int w2 = w1 + h;
        int w3 = w2 + h;
        for (int k = 0; k < h; k++) {
            y[at + k] += (x0 * w[w0 + k] + x1 * w[w1 + k]) + (x2 * w[w2 + k] + x3 * w[w3 + k]);
        }
    }
}
