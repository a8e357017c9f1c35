// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * What is done with a soft permutation P, whose rows are {@link SimplexProjection simplex projections} of
 * {@link PairwiseLogits}: multiply by it, mix its rows, or write it out.
 *
 * <p>P is never stored: forward and vjp make each row again when they need it. Time O(rows n) (times log n for the
 * sparse classes), memory O(n).
 */
public final class SoftPermutation {

    private SoftPermutation() {}

    /** {@code y_r = sum_j P_rj x_j}; {@code y[to..to+rows)} is written. */
    public static void apply(PairwiseLogits logits, Smoothness c, double[] x, double[] y, int to) {
        forward(logits, c, (r, p) -> {
            double sum = 0;
            for (int j = 0; j < p.length; j++) sum += p[j] * x[j];
            y[to + r] = sum;
        });
    }

    /** Adds the vjp of {@link #apply}: to {@code gx} for the payload x, to {@code gz} for the keys. */
    public static void applyVjp(
            PairwiseLogits logits, Smoothness c, double[] x, double[] g, int from, double[] gx, double[] gz) {
        backward(logits, c, gz, (r, p, gp) -> {
            double gr = g[from + r];
            for (int j = 0; j < p.length; j++) {
                gx[j] += p[j] * gr;
                gp[j] = x[j] * gr;
            }
        });
    }

    /** Weighted sums of rows, {@code y_mj = sum_r w_mr P_rj}; added to {@code y[to..to + m n)}. */
    public static void mix(PairwiseLogits logits, Smoothness c, double[][] w, double[] y, int to) {
        forward(logits, c, (r, p) -> {
            for (int m = 0; m < w.length; m++) {
                double weight = w[m][r];
                int at = to + m * p.length;
                for (int j = 0; j < p.length; j++) y[at + j] += weight * p[j];
            }
        });
    }

    /** Adds the vjp of {@link #mix} to {@code gz}. */
    public static void mixVjp(PairwiseLogits logits, Smoothness c, double[][] w, double[] g, int from, double[] gz) {
        backward(logits, c, gz, (r, p, gp) -> {
            Arrays.fill(gp, 0);
            for (int m = 0; m < w.length; m++) {
                double weight = w[m][r];
                int at = from + m * p.length;
                for (int j = 0; j < p.length; j++) gp[j] += weight * g[at + j];
            }
        });
    }

    /** P itself, row after row; {@code y[to..to + rows n)} is written. */
    public static void matrix(PairwiseLogits logits, Smoothness c, double[] y, int to) {
        forward(logits, c, (r, p) -> System.arraycopy(p, 0, y, to + r * p.length, p.length));
    }

    /** Adds the vjp of {@link #matrix} to {@code gz}. */
    public static void matrixVjp(PairwiseLogits logits, Smoothness c, double[] g, int from, double[] gz) {
        backward(logits, c, gz, (r, p, gp) -> System.arraycopy(g, from + r * p.length, gp, 0, p.length));
    }

    /** What is done with row r of P. */
    private interface RowReader {
        void read(int r, double[] p);
    }

    /** Writes the cotangent of row r of P to {@code gp}. */
    private interface RowCotangent {
        void write(int r, double[] p, double[] gp);
    }

    private static void forward(PairwiseLogits logits, Smoothness c, RowReader reader) {
        double[] p = new double[logits.elements()];
        for (int r = 0; r < logits.rows(); r++) {
            logits.row(r, p);
            SimplexProjection.forward(c, p, p, p.length);
            reader.read(r, p);
        }
    }

    private static void backward(PairwiseLogits logits, Smoothness c, double[] gz, RowCotangent cotangent) {
        double[] gp = new double[logits.elements()];
        forward(logits, c, (r, p) -> {
            cotangent.write(r, p, gp);
            SimplexProjection.vjp(c, p, gp, gp, p.length);
            logits.pull(r, gp, gz);
        });
        logits.finish(gz);
    }
}
