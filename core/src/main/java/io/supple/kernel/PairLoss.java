// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * The weighted losses of pairs in the wrong order, {@code sum w_ij R(s_j - s_i; tau)/tau} over the pairs whose first element
 * has the higher label: R the {@link SoftRelu}, smoothly {@code log(1 + exp(-(s_i - s_j)/tau))}. Convex.
 *
 * <p>Burges, Shaked, Renshaw, Lazier, Deeds, Hamilton and Hullender 2005, Learning to rank using gradient descent (ICML).
 * Time O(n + pairs), memory O(n).
 *
 * <p>Smoothly {@code p = E_j / (E_i + E_j)} is the slope, and the loss of a pair {@code max(d, 0) - log max(p, 1 - p)}: what
 * is in the logarithm lies in [1/2, 1], so that for pairs of one weight it is taken of the product of hundreds.
 */
public final class PairLoss implements ListLoss {

    /** As many numbers of at least 1/2 have a product that is a normal number. */
    private static final int FACTORS = 1000;

    private final Smoothness c;
    private final double s;
    private final PairWeights weights;
    private final int[] order;
    private final int[] ends;
    private final Scratch scratch;

    /** The loss at a softness tau. */
    public PairLoss(Smoothness c, double tau, PairWeights weights, Scratch scratch) {
        this.c = c;
        this.s = tau;
        this.weights = weights;
        order = weights.labels.order;
        ends = weights.labels.ends;
        this.scratch = scratch;
    }

    @Override
    public double add(double[] x, double[] g) {
        int n = x.length;
        double[] z = scratch.doubles(n); // by label
        double[] p = scratch.doubles(n);
        double[] gz = scratch.zeros(n);
        for (int a = 0; a < n; a++) z[a] = x[order[a]];
        double[] e = c == Smoothness.SMOOTH ? PairwiseRanks.exponentials(z, s, p, scratch) : null;
        boolean runs = e != null && PairRuns.fit(weights, e);
        double loss = runs ? new PairRuns(weights, z, e, s, scratch).add(gz) : byElement(z, e, p, gz);
        for (int a = 0; a < n; a++) g[order[a]] += gz[a] / s;
        return loss;
    }

    /** The loss of all pairs, element by element; s times its gradient, by number, is added to gz. */
    private double byElement(double[] z, double[] e, double[] p, double[] gz) {
        int n = z.length;
        double[] w = scratch.doubles(n);
        double loss = 0;
        for (int a = 0; a < n; a++) {
            int from = ends[a];
            if (from == n) break;
            weights.write(a, w);
            loss += e != null ? smooth(a, z, e, p, w) : any(a, z, p, w);
            for (int b = from; b < n; b++) p[b] *= w[b];
            double total = Sums.of(p, from, n);
            for (int b = from; b < n; b++) gz[b] += p[b];
            gz[a] -= total;
        }
        return loss;
    }

    /** The losses of the pairs of number a from exponentials; writes their slopes to p. */
    private double smooth(int a, double[] z, double[] e, double[] p, double[] w) {
        int n = z.length;
        double ea = e[a];
        double za = z[a];
        int from = ends[a];
        for (int b = from; b < n; b++) p[b] = e[b] / (ea + e[b]);
        double loss = 0;
        if (weights.byLabel()) {
            while (from < n) {
                int end = Math.min(ends[from], from + FACTORS);
                loss += w[from] * (above(z, za, from, end) / s - Math.log(product(p, from, end)));
                from = end;
            }
        } else {
            for (int b = from; b < n; b++) {
                loss += w[b] * (Math.max(z[b] - za, 0) / s - Math.log(Math.max(p[b], 1 - p[b])));
            }
        }
        return loss;
    }

    private static double above(double[] z, double za, int from, int end) {
        double s0 = 0;
        double s1 = 0;
        int b = from;
        for (; b + 1 < end; b += 2) {
            s0 += Math.max(z[b] - za, 0);
            s1 += Math.max(z[b + 1] - za, 0);
        }
        if (b < end) s0 += Math.max(z[b] - za, 0);
        return s0 + s1;
    }

    private static double product(double[] p, int from, int end) {
        double f0 = 1;
        double f1 = 1;
        double f2 = 1;
        double f3 = 1;
        int b = from;
        for (; b + 3 < end; b += 4) {
            f0 *= Math.max(p[b], 1 - p[b]);
            f1 *= Math.max(p[b + 1], 1 - p[b + 1]);
            f2 *= Math.max(p[b + 2], 1 - p[b + 2]);
            f3 *= Math.max(p[b + 3], 1 - p[b + 3]);
        }
        for (; b < end; b++) f0 *= Math.max(p[b], 1 - p[b]);
        return f0 * f1 * (f2 * f3);
    }

    /** The same from differences. */
    private double any(int a, double[] z, double[] p, double[] w) {
        double loss = 0;
        for (int b = ends[a]; b < z.length; b++) {
            double d = z[b] - z[a];
            p[b] = Sigmoidal.value(c, d, s);
            // a weight of 0 times an infinite loss would be NaN
            if (w[b] != 0) loss += w[b] * (SoftRelu.value(c, false, d, s) / s);
        }
        return loss;
    }

    @Override
    public void curve(double[] x, double[] v, double[] hv) {
        int n = x.length;
        double[] w = new double[n];
        for (int a = 0; a < n && ends[a] < n; a++) {
            weights.write(a, w);
            int i = order[a];
            for (int b = ends[a]; b < n; b++) {
                int j = order[b];
                double pull = w[b] * (Sigmoidal.slope(c, x[j] - x[i], s) / s) * (v[j] - v[i]);
                hv[j] += pull;
                hv[i] -= pull;
            }
        }
    }

    /** Writes the diagonal of the Hessian to h. */
    public void diagonal(double[] x, double[] h) {
        int n = x.length;
        double[] w = scratch.doubles(n);
        Arrays.fill(h, 0);
        for (int a = 0; a < n && ends[a] < n; a++) {
            weights.write(a, w);
            int i = order[a];
            for (int b = ends[a]; b < n; b++) {
                int j = order[b];
                double bend = w[b] * (Sigmoidal.slope(c, x[j] - x[i], s) / s);
                h[j] += bend;
                h[i] += bend;
            }
        }
    }
}
