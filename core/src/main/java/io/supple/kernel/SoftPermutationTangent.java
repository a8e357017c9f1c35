// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Derivatives of {@link SoftPermutation} as the keys move along {@code zDot}: of its readings (jvp), and of their vjps,
 * which gives Hessian-vector products forward over reverse.
 *
 * <p>With {@code p = projection(v)} and its symmetric Jacobian J(p) a row moves by {@code pDot = J vDot}, and
 * {@code gv = J(p) gp} by {@link SimplexProjection#vjpTangent}. P is never stored, as there. Time and memory are a small
 * multiple of those of the vjp. The second derivative is that of the piece: kinks have none.
 */
public final class SoftPermutationTangent {

    private SoftPermutationTangent() {}

    /** The derivative of {@link SoftPermutation#apply}; {@code yDot[to..to+rows)} is written. */
    public static void applyJvp(
            PairwiseLogits logits, Smoothness c, double[] zDot, double[] x, double[] xDot, double[] yDot, int to) {
        forward(logits, c, zDot, (r, p, pDot) -> {
            double sum = 0;
            for (int j = 0; j < p.length; j++) sum += pDot[j] * x[j] + p[j] * xDot[j];
            yDot[to + r] = sum;
        });
    }

    /** Adds the derivative of {@link SoftPermutation#applyVjp} to {@code gxDot} and {@code gzDot}. */
    public static void applyVjpTangent(
            PairwiseLogits logits,
            Smoothness c,
            double[] zDot,
            double[] x,
            double[] xDot,
            double[] g,
            double[] gDot,
            int from,
            double[] gxDot,
            double[] gzDot) {
        backward(logits, c, zDot, gzDot, (r, p, pDot, gp, gpDot) -> {
            double gr = g[from + r];
            double grDot = gDot[from + r];
            for (int j = 0; j < p.length; j++) {
                gxDot[j] += pDot[j] * gr + p[j] * grDot;
                gp[j] = x[j] * gr;
                gpDot[j] = xDot[j] * gr + x[j] * grDot;
            }
        });
    }

    /** The derivative of {@link SoftPermutation#mix}; added to {@code yDot[to..to + m n)}. */
    public static void mixJvp(PairwiseLogits logits, Smoothness c, double[] zDot, double[][] w, double[] yDot, int to) {
        forward(logits, c, zDot, (r, p, pDot) -> {
            for (int m = 0; m < w.length; m++) {
                double weight = w[m][r];
                int at = to + m * p.length;
                for (int j = 0; j < p.length; j++) yDot[at + j] += weight * pDot[j];
            }
        });
    }

    /** Adds the derivative of {@link SoftPermutation#mixVjp} to {@code gzDot}. */
    public static void mixVjpTangent(
            PairwiseLogits logits,
            Smoothness c,
            double[] zDot,
            double[][] w,
            double[] g,
            double[] gDot,
            int from,
            double[] gzDot) {
        backward(logits, c, zDot, gzDot, (r, p, pDot, gp, gpDot) -> {
            Arrays.fill(gp, 0);
            Arrays.fill(gpDot, 0);
            for (int m = 0; m < w.length; m++) {
                double weight = w[m][r];
                int at = from + m * p.length;
                for (int j = 0; j < p.length; j++) {
                    gp[j] += weight * g[at + j];
                    gpDot[j] += weight * gDot[at + j];
                }
            }
        });
    }

    /** The derivative of {@link SoftPermutation#matrix}; {@code yDot[to..to + rows n)} is written. */
    public static void matrixJvp(PairwiseLogits logits, Smoothness c, double[] zDot, double[] yDot, int to) {
        forward(logits, c, zDot, (r, p, pDot) -> System.arraycopy(pDot, 0, yDot, to + r * p.length, p.length));
    }

    /** Adds the derivative of {@link SoftPermutation#matrixVjp} to {@code gzDot}. */
    public static void matrixVjpTangent(
            PairwiseLogits logits, Smoothness c, double[] zDot, double[] g, double[] gDot, int from, double[] gzDot) {
        backward(logits, c, zDot, gzDot, (r, p, pDot, gp, gpDot) -> {
            System.arraycopy(g, from + r * p.length, gp, 0, p.length);
            System.arraycopy(gDot, from + r * p.length, gpDot, 0, p.length);
        });
    }

    /** What is done with row r of P and its derivative. */
    private interface RowReader {
        void read(int r, double[] p, double[] pDot);
    }

    /** Writes the cotangent of row r of P to {@code gp} and its derivative to {@code gpDot}. */
    private interface RowCotangent {
        void write(int r, double[] p, double[] pDot, double[] gp, double[] gpDot);
    }

    private static void forward(PairwiseLogits logits, Smoothness c, double[] zDot, RowReader reader) {
        int n = logits.elements();
        double[] p = new double[n];
        double[] pDot = new double[n];
        logits.along(zDot);
        for (int r = 0; r < logits.rows(); r++) {
            logits.row(r, p);
            SimplexProjection.forward(c, p, p, n);
            logits.rowTangent(r, pDot);
            SimplexProjection.vjp(c, p, pDot, pDot, n);
            reader.read(r, p, pDot);
        }
    }

    private static void backward(
            PairwiseLogits logits, Smoothness c, double[] zDot, double[] gzDot, RowCotangent cotangent) {
        int n = logits.elements();
        double[] gp = new double[n];
        double[] gpDot = new double[n];
        forward(logits, c, zDot, (r, p, pDot) -> {
            cotangent.write(r, p, pDot, gp, gpDot);
            SimplexProjection.vjpTangent(c, p, pDot, gp, gpDot, gpDot, n);
            SimplexProjection.vjp(c, p, gp, gp, n);
            logits.pullTangent(r, gp, gpDot, gzDot);
        });
        logits.finishTangent(gzDot);
    }
}
