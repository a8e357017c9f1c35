// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Euclidean projection onto the simplex of a given total, {@code y >= 0, sum y = r}: {@code y = (x - theta)+}.
 *
 * <p>{@code y = r p((x - max x) / r)}, p the {@link SimplexProjection} of class C0; nothing overflows, because elements
 * further than r below the largest are 0. Time O(n + m log m), m the number of the others. For r = 0 the result is 0,
 * and the derivative for r is that of the limit. Where x or r is not finite, all is NaN.
 *
 * <p>Duchi, Shalev-Shwartz, Singer, Chandra 2008, "Efficient projections onto the l1-ball for learning in high
 * dimensions", Fig. 1.
 */
public final class ScaledSimplexProjection {

    private ScaledSimplexProjection() {}

    /** {@code y[0..n)} is written and may be x; r is at least 0. */
    public static void forward(double[] x, double r, double[] y, int n) {
        shares(x, r, y, n);
        for (int i = 0; i < n; i++) y[i] *= r;
    }

    /** {@code y / r}, also where r is 0: there the largest elements share it. */
    static void shares(double[] x, double r, double[] p, int n) {
        double top = Double.NEGATIVE_INFINITY;
        boolean finite = Double.isFinite(r);
        for (int i = 0; i < n; i++) {
            finite &= Double.isFinite(x[i]);
            top = Math.max(top, x[i]);
        }
        if (!finite) {
            Arrays.fill(p, 0, n, Double.NaN);
            return;
        }
        for (int i = 0; i < n; i++) p[i] = x[i] == top ? 0 : (x[i] - top) / r;
        SimplexProjection.forward(Smoothness.C0, p, p, n);
    }

    /**
     * Adds {@code J g} to gx, which may be null, and returns the cotangent of r. On the support S it is
     * {@code J g = g - mean_S(g)}, and {@code mean_S(g)} for r. J is symmetric.
     */
    public static double vjp(double[] x, double r, double[] g, double[] gx, int n) {
        double[] p = new double[n];
        shares(x, r, p, n);
        double mean = mean(p, g, n);
        if (gx != null && r != 0) {
            for (int i = 0; i < n; i++) gx[i] += p[i] == 0 ? 0 : g[i] - mean;
        }
        return mean;
    }

    /** {@code J t} for the tangents of x, which may be null, and of r; {@code yDot[0..n)} is written. */
    public static void jvp(double[] x, double r, double[] xDot, double rDot, double[] yDot, int n) {
        double[] p = new double[n];
        shares(x, r, p, n);
        double mean = xDot == null ? 0 : mean(p, xDot, n);
        double each = rDot / support(p, n);
        for (int i = 0; i < n; i++) {
            double byX = xDot == null || r == 0 ? 0 : xDot[i] - mean;
            yDot[i] = p[i] == 0 ? 0 : byX + each;
        }
    }

    /** Over the support; NaN where p is. */
    private static double mean(double[] p, double[] g, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) if (p[i] != 0) sum += g[i];
        return n == 0 ? 0 : sum / support(p, n);
    }

    private static double support(double[] p, int n) {
        double count = 0;
        for (int i = 0; i < n; i++) count += p[i] > 0 ? 1 : p[i]; // p itself: NaN stays NaN
        return count;
    }
}
