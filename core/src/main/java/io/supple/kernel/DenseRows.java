// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Rows of d numbers, one after another in an array: {@code s_i = <w, x_i>}, and its transpose {@code g += sum_i v_i x_i}.
 *
 * <p>A row's product is made of the same additions whatever rows stand beside it, so that equal rows have equal products:
 * a matrix product of a library blocks rows, and promises no such thing.
 */
public final class DenseRows {

    private DenseRows() {}

    /** Writes {@code <w[at..at+d), row>} for n rows to {@code s[to..to+n)}; {@code from} is where the first begins in x. */
    public static void times(double[] w, int at, double[] x, int from, int n, int d, double[] s, int to) {
        Lanes.USED.rowProducts(w, at, x, from, n, d, s, to);
    }

    /** Adds {@code sum_i v[at + i] row_i} over n rows to {@code g[to..to+d)}. */
    public static void addWeighted(double[] x, int from, int n, int d, double[] v, int at, double[] g, int to) {
        Lanes.USED.addRows(x, from, n, d, v, at, g, to);
    }

    static void products(double[] w, int at, double[] x, int from, int n, int d, double[] s, int to) {
        for (int i = 0; i < n; i++) s[to + i] = dot(w, at, x, from + i * d, d);
    }

    /** In four parts side by side: one sum would wait for each of its additions. */
    private static double dot(double[] w, int at, double[] x, int from, int d) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < d; j += 4) {
            s0 += w[at + j] * x[from + j];
            s1 += w[at + j + 1] * x[from + j + 1];
            s2 += w[at + j + 2] * x[from + j + 2];
            s3 += w[at + j + 3] * x[from + j + 3];
        }
        for (; j < d; j++) s0 += w[at + j] * x[from + j];
        return (s0 + s1) + (s2 + s3);
    }

    /** Four rows at a time, so that g is read and written once for them. */
    static void add(double[] x, int from, int n, int d, double[] v, int at, double[] g, int to) {
        int i = 0;
        for (; i + 3 < n; i += 4) {
            double v0 = v[at + i];
            double v1 = v[at + i + 1];
            double v2 = v[at + i + 2];
            double v3 = v[at + i + 3];
            int r0 = from + i * d;
            int r1 = r0 + d;
            int r2 = r1 + d;
            int r3 = r2 + d;
            for (int j = 0; j < d; j++) {
                g[to + j] += (v0 * x[r0 + j] + v1 * x[r1 + j]) + (v2 * x[r2 + j] + v3 * x[r3 + j]);
            }
        }
        for (; i < n; i++) {
            double vi = v[at + i];
            int row = from + i * d;
            for (int j = 0; j < d; j++) g[to + j] += vi * x[row + j];
        }
    }
}
