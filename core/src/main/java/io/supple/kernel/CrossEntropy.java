// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The cross entropy of a distribution t and of the softmax of scores, {@code -sum_i t_i log softmax(x/s)_i}.
 *
 * <p>Cao, Qin, Liu, Tsai and Li 2007, Learning to rank: from pairwise approach to listwise approach (ICML): ListNet with
 * the probabilities of the first place.
 */
public final class CrossEntropy implements ListLoss {

    private final double[] t;
    private final double s;
    private final Scratch scratch;

    /** The loss of a target that sums to 1. */
    public CrossEntropy(double[] t, double s, Scratch scratch) {
        this.t = t;
        this.s = s;
        this.scratch = scratch;
    }

    /** Writes the softmax of {@code x/s} to p. */
    public static void softmax(double[] x, double s, double[] scratch, double[] p) {
        fraction(x, s, scratch, p);
        double total = Sums.of(p, 0, p.length);
        for (int i = 0; i < p.length; i++) p[i] /= total;
    }

    /** Writes {@code exp((x - max)/s)} to p and gives the largest x back. */
    private static double fraction(double[] x, double s, double[] scratch, double[] p) {
        double top = Double.NEGATIVE_INFINITY;
        for (double each : x) top = Math.max(top, each);
        Exponential.of(x, top, 1, s, scratch, p, 0, p.length);
        return top;
    }

    @Override
    public double add(double[] x, double[] g) {
        int n = t.length;
        double[] p = scratch.doubles(n);
        double[] u = scratch.doubles(n);
        double top = fraction(x, s, u, p);
        double total = Sums.of(p, 0, n);
        double loss = Math.log(total);
        for (int i = 0; i < n; i++) {
            if (t[i] > 0) loss += t[i] * ((top - x[i]) / s); // 0 times an infinite distance would be NaN
            g[i] += (p[i] / total - t[i]) / s;
        }
        return loss;
    }

    @Override
    public void curve(double[] x, double[] v, double[] hv) {
        int n = t.length;
        double[] p = new double[n];
        softmax(x, s, new double[n], p);
        double mean = Sums.dot(p, v, 0, n);
        for (int i = 0; i < n; i++) hv[i] += p[i] * (v[i] - mean) / s / s;
    }
}
