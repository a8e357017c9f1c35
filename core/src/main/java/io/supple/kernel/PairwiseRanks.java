// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Ranks counted by pairs, {@code R_i = 1 + sum_(j != i) S(x_j - x_i; s)} with the {@link Sigmoidal} step: 1 for the largest.
 * They sum to {@code n (n + 1)/2}. The Jacobian {@code S'(x_i - x_j)} off its diagonal is symmetric and its rows sum to 0.
 *
 * <p>Qin, Liu and Li 2010, A general approximation framework for direct optimization of information retrieval measures
 * (Information Retrieval 13), eq. (14). Time O(n^2), memory O(n).
 *
 * <p>Smoothly a step is {@code E_j / (E_i + E_j)}, {@code E = exp(x/s)}, where the list is not so wide that exponentials would
 * be 0. One division inverts the product of the sums of four pairs, and products of the others each of them ({@link FourSteps}).
 * All pairs are visited twice, once from each side: loops that add to arrays become vector instructions, sums do not.
 */
public final class PairwiseRanks {

    /** Range of the keys in softnesses up to which exponentials, and their products, are normal numbers. */
    static final double WIDEST = 300;

    private final Smoothness c;
    private final double[] x;
    private final double s;
    private final int n;
    private final double[] e; // null where steps are made from differences
    private final int fours; // rows of e that are taken by four
    private final double[] t;

    /** The ranks of keys, in arrays of their own. */
    public PairwiseRanks(Smoothness c, double[] x, double s) {
        this(c, x, s, Scratch.FRESH);
    }

    /** The ranks of keys. */
    public PairwiseRanks(Smoothness c, double[] x, double s, Scratch scratch) {
        this.c = c;
        this.x = x;
        this.s = s;
        n = x.length;
        t = scratch.doubles(n);
        e = c == Smoothness.SMOOTH ? exponentials(x, s, t, scratch) : null;
        fours = e != null && FourSteps.fit(e) ? n & -4 : 0;
    }

    /** {@code exp((x - max)/s)}; null if the list is too wide or not finite. */
    static double[] exponentials(double[] x, double s, double[] t, Scratch scratch) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double each : x) {
            least = Math.min(least, each);
            most = Math.max(most, each);
        }
        if (!((most - least) / s <= WIDEST)) return null;
        double[] e = scratch.doubles(x.length);
        Exponential.of(x, most, 1, s, t, e, 0, x.length);
        return e;
    }

    /** Writes the ranks from {@code to} on. */
    public void value(double[] y, int to) {
        Arrays.fill(y, to, to + n, 0.5); // an element adds 1/2 for itself
        if (fours > 0) {
            Arrays.fill(t, 0, n, 0);
            for (int i = 0; i < fours; i += 4) Lanes.USED.steps(e, i, t);
            for (int j = 0; j < n; j++) y[to + j] += t[j];
        }
        for (int i = fours; i < n; i++) {
            if (e != null) {
                double ei = e[i];
                for (int j = 0; j < n; j++) y[to + j] += ei / (e[j] + ei);
            } else {
                steps(i);
                for (int j = 0; j < n; j++) y[to + j] += t[j];
            }
        }
    }

    /** Adds {@code J v} to y, which is {@code J'v} too; {@code v[from..from+n)}, {@code y[to..to+n)}. */
    public void product(double[] v, int from, double[] y, int to) {
        if (fours > 0) {
            double[] u = from == 0 ? v : Arrays.copyOfRange(v, from, from + n);
            Arrays.fill(t, 0, n, 0);
            for (int i = 0; i < fours; i += 4) Lanes.USED.slopes(e, i, u, t);
            for (int j = 0; j < n; j++) y[to + j] += t[j] / s;
        }
        for (int i = fours; i < n; i++) {
            double vi = v[from + i];
            if (e != null) {
                double ei = e[i];
                for (int j = 0; j < n; j++) {
                    double inverse = 1 / (e[j] + ei);
                    t[j] = ei * inverse * (e[j] * inverse) / s;
                }
            } else {
                slopes(i);
            }
            for (int j = 0; j < n; j++) y[to + j] += t[j] * (vi - v[from + j]);
        }
    }

    /** Adds the derivative of {@code J g} along a direction of the keys and one of g to y. */
    public void productTangent(double[] xDot, double[] g, double[] gDot, int from, double[] y, int to) {
        product(gDot, from, y, to);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double bend = Sigmoidal.curvature(c, x[i] - x[j], s);
                if (bend != 0) y[to + j] += bend * (xDot[i] - xDot[j]) * (g[from + i] - g[from + j]);
            }
        }
    }

    /** Writes {@code S(x_i - x_j)} to t. */
    private void steps(int i) {
        double xi = x[i];
        double reach = Sigmoidal.REACH * s;
        switch (c) {
            case C0 -> {
                for (int j = 0; j < n; j++) t[j] = 0.5 + 0.5 * window((xi - x[j]) / reach);
            }
            case C1 -> {
                for (int j = 0; j < n; j++) {
                    double u = window((xi - x[j]) / reach);
                    t[j] = 0.5 + u * (3 - u * u) / 4;
                }
            }
            case C2 -> {
                for (int j = 0; j < n; j++) {
                    double u = window((xi - x[j]) / reach);
                    double v = u * u;
                    t[j] = 0.5 + u * (15 - v * (10 - 3 * v)) / 16;
                }
            }
            case SMOOTH, C1_PNORM, C2_PNORM -> {
                for (int j = 0; j < n; j++) t[j] = Sigmoidal.value(c, xi - x[j], s);
            }
        }
    }

    /** Writes {@code S'(x_i - x_j)} to t. */
    private void slopes(int i) {
        double xi = x[i];
        double reach = Sigmoidal.REACH * s;
        switch (c) {
            case C1 -> {
                for (int j = 0; j < n; j++) {
                    double u = window((xi - x[j]) / reach);
                    t[j] = 0.75 * (1 - u * u) / reach;
                }
            }
            case C2 -> {
                for (int j = 0; j < n; j++) {
                    double u = window((xi - x[j]) / reach);
                    double w = 1 - u * u;
                    t[j] = 0.9375 * w * w / reach;
                }
            }
            case SMOOTH, C0, C1_PNORM, C2_PNORM -> {
                for (int j = 0; j < n; j++) t[j] = Sigmoidal.slope(c, xi - x[j], s);
            }
        }
    }

    private static double window(double u) {
        return Math.max(-1, Math.min(1, u));
    }
}
