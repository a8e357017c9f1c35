// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The logarithms of a soft permutation of class SMOOTH: rows {@code l = v - log sum exp v} of {@link PairwiseLogits}, exact
 * where the probabilities themselves are below the smallest double.
 *
 * <p>P is never stored; time O(rows n), memory O(n).
 */
public final class LogSoftPermutation {

    private LogSoftPermutation() {}

    /** log P, row after row; {@code y[to..to + rows n)} is written. */
    public static void matrix(PairwiseLogits logits, double[] y, int to) {
        int n = logits.elements();
        double[] l = new double[n];
        for (int r = 0; r < logits.rows(); r++) {
            row(logits, r, l);
            System.arraycopy(l, 0, y, to + r * n, n);
        }
    }

    /** Adds the vjp of {@link #matrix} to {@code gz}: {@code gv = g - p sum(g)}. */
    public static void matrixVjp(PairwiseLogits logits, double[] g, int from, double[] gz) {
        int n = logits.elements();
        double[] l = new double[n];
        for (int r = 0; r < logits.rows(); r++) {
            row(logits, r, l);
            double sum = 0;
            for (int j = 0; j < n; j++) sum += g[from + r * n + j];
            for (int j = 0; j < n; j++) l[j] = g[from + r * n + j] - Math.exp(l[j]) * sum;
            logits.pull(r, l, gz);
        }
        logits.finish(gz);
    }

    /** The derivative of {@link #matrix}, {@code vDot - <p, vDot>}; {@code yDot[to..to + rows n)} is written. */
    public static void matrixJvp(PairwiseLogits logits, double[] zDot, double[] yDot, int to) {
        int n = logits.elements();
        double[] l = new double[n];
        double[] vDot = new double[n];
        logits.along(zDot);
        for (int r = 0; r < logits.rows(); r++) {
            row(logits, r, l);
            logits.rowTangent(r, vDot);
            double mean = mean(l, vDot);
            for (int j = 0; j < n; j++) yDot[to + r * n + j] = vDot[j] - mean;
        }
    }

    /** Adds the derivative of {@link #matrixVjp} to {@code gzDot}. */
    public static void matrixVjpTangent(
            PairwiseLogits logits, double[] zDot, double[] g, double[] gDot, int from, double[] gzDot) {
        int n = logits.elements();
        double[] l = new double[n];
        double[] vDot = new double[n];
        double[] gv = new double[n];
        double[] gvDot = new double[n];
        logits.along(zDot);
        for (int r = 0; r < logits.rows(); r++) {
            row(logits, r, l);
            logits.rowTangent(r, vDot);
            double mean = mean(l, vDot);
            double sum = 0;
            double sumDot = 0;
            for (int j = 0; j < n; j++) {
                sum += g[from + r * n + j];
                sumDot += gDot[from + r * n + j];
            }
            for (int j = 0; j < n; j++) {
                double p = Math.exp(l[j]);
                gv[j] = g[from + r * n + j] - p * sum;
                gvDot[j] = gDot[from + r * n + j] - p * ((vDot[j] - mean) * sum + sumDot);
            }
            logits.pullTangent(r, gv, gvDot, gzDot);
        }
        logits.finishTangent(gzDot);
    }

    private static void row(PairwiseLogits logits, int r, double[] l) {
        logits.row(r, l);
        double top = Double.NEGATIVE_INFINITY;
        for (double v : l) top = Math.max(top, v);
        double total = 0;
        for (double v : l) total += Math.exp(v - top);
        double shift = top + Math.log(total);
        for (int j = 0; j < l.length; j++) l[j] -= shift;
    }

    private static double mean(double[] l, double[] vDot) {
        double mean = 0;
        for (int j = 0; j < l.length; j++) mean += Math.exp(l[j]) * vDot[j];
        return mean;
    }
}
