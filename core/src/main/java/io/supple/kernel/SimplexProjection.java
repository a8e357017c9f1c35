// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Regularised projection of one row onto the unit simplex, {@code p = argmax_(p in simplex) <v, p> - R(p)}.
 *
 * <p>SMOOTH is softmax (R the negative entropy). C0 is sparsemax, {@code p = (v - theta)+}: Martins and Astudillo 2016,
 * <a href="https://arxiv.org/abs/1602.02068">arXiv:1602.02068</a>, Alg. 1. C1 and C2 are the p-norm members
 * {@code p = (v - theta)+^2} and {@code (v - theta)+^3} (R the 3/2- and 4/3-norm), whose threshold is found by
 * Newton's iteration; C1_PNORM and C2_PNORM, which differ in the step only, are the same.
 *
 * <p>Time O(n) for SMOOTH, O(n + m log m) for C0, O(n + m) with some five steps of Newton's otherwise, m the number of
 * entries within 1 of the largest: no other can be in the support, because no entry of p exceeds 1. A NaN anywhere makes
 * all of p NaN.
 */
public final class SimplexProjection {

    private static final double EPSILON = Math.ulp(1.0);

    /** More than any list needs: the iteration doubles its digits. */
    private static final int MOST_STEPS = 60;

    private SimplexProjection() {}

    /** Projects {@code v[0..n)}; {@code p[0..n)} is written and may be the same array. */
    public static void forward(Smoothness c, double[] v, double[] p, int n) {
        double top = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) top = Math.max(top, v[j]);
        if (Double.isNaN(top)) {
            Arrays.fill(p, 0, n, Double.NaN);
            return;
        }
        switch (c) {
            case SMOOTH -> softmax(v, p, n, top);
            case C0, C1, C2, C1_PNORM, C2_PNORM -> sparse(c, v, p, n, top);
        }
    }

    /**
     * Multiplies by the Jacobian: {@code gv = J g}, written, may be the same array as {@code g}.
     *
     * <p>J is symmetric and of one form for every class, {@code diag(w) - w w' / <w, 1>}, with weights
     * {@code w = p, [p > 0], 2 sqrt(p), 3 p^(2/3)}; so it needs the result only, and is the derivative of {@link #forward}
     * along g too.
     */
    public static void vjp(Smoothness c, double[] p, double[] g, double[] gv, int n) {
        double dot = 0;
        double mass = 0;
        for (int j = 0; j < n; j++) {
            double w = weight(c, p[j]);
            dot += w * g[j];
            mass += w;
        }
        double mean = dot / mass;
        for (int j = 0; j < n; j++) gv[j] = weight(c, p[j]) * (g[j] - mean);
    }

    /**
     * The derivative of {@code vjp(c, p, g)} as p moves along {@code pDot} and g along {@code gDot}; {@code out[0..n)} is
     * written, may be the same array as any other.
     *
     * <p>With m the mean of g under w it is {@code w' (g - m) + w (gDot - m')}, where {@code w' = w'(p) pDot} and
     * {@code m' = (<w', g - m> + <w, gDot>) / <w, 1>}. What is 0 stays 0: the support is held.
     */
    public static void vjpTangent(
            Smoothness c, double[] p, double[] pDot, double[] g, double[] gDot, double[] out, int n) {
        double dot = 0;
        double mass = 0;
        for (int j = 0; j < n; j++) {
            double w = weight(c, p[j]);
            dot += w * g[j];
            mass += w;
        }
        double mean = dot / mass;
        double dotTangent = 0;
        for (int j = 0; j < n; j++) {
            dotTangent += weightTangent(c, p[j], pDot[j]) * (g[j] - mean) + weight(c, p[j]) * gDot[j];
        }
        double meanTangent = dotTangent / mass;
        for (int j = 0; j < n; j++) {
            out[j] = weightTangent(c, p[j], pDot[j]) * (g[j] - mean) + weight(c, p[j]) * (gDot[j] - meanTangent);
        }
    }

    private static double weightTangent(Smoothness c, double p, double pDot) {
        if (p == 0) return 0;
        return switch (c) {
            case SMOOTH -> pDot;
            case C0 -> 0;
            case C1, C1_PNORM -> pDot / Math.sqrt(p);
            case C2, C2_PNORM -> 2 * pDot / Math.cbrt(p);
        };
    }

    /** The weight w of an entry p in the Jacobian. */
    static double weight(Smoothness c, double p) {
        return switch (c) {
            case SMOOTH -> p;
            case C0 -> p > 0 ? 1 : p; // p itself: NaN stays NaN
            case C1, C1_PNORM -> 2 * Math.sqrt(p);
            case C2, C2_PNORM -> {
                double root = Math.cbrt(p);
                yield 3 * root * root;
            }
        };
    }

    private static void softmax(double[] v, double[] p, int n, double top) {
        double[] u = new double[n];
        for (int j = 0; j < n; j++) u[j] = v[j] - top;
        Exponential.of(u, p, 0, n);
        double total = 0;
        for (int j = 0; j < n; j++) total += p[j];
        for (int j = 0; j < n; j++) p[j] /= total;
    }

    private static void sparse(Smoothness c, double[] v, double[] p, int n, double top) {
        double[] u = new double[n]; // candidates relative to the largest, so that sums of powers do not cancel
        int m = 0;
        for (int j = 0; j < n; j++) {
            double below = v[j] - top;
            if (below > -1) u[m++] = below;
        }
        double total = 0;
        double theta = threshold(c, u, m);
        for (int j = 0; j < n; j++) {
            p[j] = power(c, Math.max(v[j] - top - theta, 0));
            total += p[j];
        }
        for (int j = 0; j < n; j++) p[j] /= total;
    }

    /** An entry that is not yet divided by their sum, for t above the threshold. */
    static double power(Smoothness c, double t) {
        return switch (c) {
            case SMOOTH -> Math.exp(t);
            case C0 -> t;
            case C1, C1_PNORM -> t * t;
            case C2, C2_PNORM -> t * t * t;
        };
    }

    /** The derivative of {@link #power} of a sparse class. */
    static double slope(Smoothness c, double t) {
        return switch (c) {
            case SMOOTH -> Math.exp(t);
            case C0 -> t > 0 ? 1 : 0;
            case C1, C1_PNORM -> 2 * t;
            case C2, C2_PNORM -> 3 * t * t;
        };
    }

    /** What {@link #slope} is multiplied by to be the weight of {@link #vjp} at {@code p = power / total}. */
    static double slopeScale(Smoothness c, double total) {
        return switch (c) {
            case SMOOTH -> 1 / total;
            case C0 -> 1;
            case C1, C1_PNORM -> 1 / Math.sqrt(total);
            case C2, C2_PNORM -> 1 / (Math.cbrt(total) * Math.cbrt(total));
        };
    }

    private static double threshold(Smoothness c, double[] u, int m) {
        return switch (c) {
            case SMOOTH -> Double.NEGATIVE_INFINITY; // every entry is in the support
            case C0 -> linearThreshold(u, m);
            case C1, C1_PNORM -> quadraticThreshold(u, m);
            case C2, C2_PNORM -> cubicThreshold(u, m);
        };
    }

    /** theta with {@code sum (u - theta)+ = 1}; u at most 0, sorted here. */
    private static double linearThreshold(double[] u, int m) {
        Arrays.sort(u, 0, m);
        SupportThreshold support = new SupportThreshold(Smoothness.C0);
        for (int k = m - 1; k >= 0 && support.take(u[k]); k--) {
            // as many as belong to it
        }
        return support.theta();
    }

    /**
     * theta with {@code N(theta) = 1}, N the 2-norm of {@code (u - theta)+}. N is convex and falls, and is not below 1 at
     * -1: Newton's iterates rise to theta.
     */
    private static double quadraticThreshold(double[] u, int m) {
        double theta = -1;
        for (int step = 0; step < MOST_STEPS; step++) {
            double sum = 0;
            double squares = 0;
            for (int j = 0; j < m; j++) {
                double t = Math.max(u[j] - theta, 0);
                sum += t;
                squares += t * t;
            }
            double norm = Math.sqrt(squares);
            double rise = (norm - 1) * norm / sum;
            if (!(rise > EPSILON)) break;
            theta += rise;
        }
        return theta;
    }

    /** theta with {@code N(theta) = 1}, N the 3-norm of {@code (u - theta)+}, by Newton's iteration as above. */
    private static double cubicThreshold(double[] u, int m) {
        double theta = -1;
        for (int step = 0; step < MOST_STEPS; step++) {
            double squares = 0;
            double cubes = 0;
            for (int j = 0; j < m; j++) {
                double t = Math.max(u[j] - theta, 0);
                squares += t * t;
                cubes += t * t * t;
            }
            double norm = Math.cbrt(cubes);
            double rise = (norm - 1) * norm * norm / squares;
            if (!(rise > EPSILON)) break;
            theta += rise;
        }
        return theta;
    }
}
