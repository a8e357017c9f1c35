// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Products of rows with a matrix, {@code Y = X W}, and back, {@code G = X^T V}: X (n x d), W and G (d x h), Y and V (n x h), all
 * row-major. Each row of Y is made by itself, with the same additions whatever stands beside it.
 *
 * <p>Time O(n d h); the inner loops are those of {@link DenseRows}, along h, four features or rows at a time.
 */
public final class MatrixProduct {

    /** As many rows as {@link DenseRows#addWeighted} adds at a time. */
    private static final int BLOCK = 4;

    private MatrixProduct() {}

    /** Writes {@code y_ik = sum_j x_ij w_jk} for n rows of x from a row on. */
    public static void forward(double[] x, int from, int n, int d, double[] w, int h, double[] y) {
        Arrays.fill(y, 0, n * h, 0);
        for (int i = 0; i < n; i++) DenseRows.addWeighted(w, 0, d, h, x, (from + i) * d, y, i * h);
    }

    /** Adds {@code sum_i x_ij v_ik} to g_jk: what W is told of V, the cotangent of Y. */
    public static void vjp(double[] x, int from, int n, int d, double[] v, int h, double[] g) {
        double[] column = new double[BLOCK]; // of a few rows, which stay near while all of g passes
        for (int i = 0; i < n; i += BLOCK) {
            int rows = Math.min(BLOCK, n - i);
            for (int j = 0; j < d; j++) {
                for (int r = 0; r < rows; r++) column[r] = x[(from + i + r) * d + j];
                DenseRows.addWeighted(v, i * h, rows, h, column, 0, g, j * h);
            }
        }
    }
}
