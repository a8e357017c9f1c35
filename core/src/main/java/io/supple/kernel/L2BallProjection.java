// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Euclidean projection onto the 2-norm ball of radius r: x itself inside, else {@code y = r e} with the direction
 * {@code e = x / |x|}.
 *
 * <p>Outside {@code J = (r / |x|) (I - e e')} and the derivative for r is e; inside they are I and 0, and so on the
 * sphere. The norm is of x over its largest element, so that squares neither overflow nor vanish. Time O(n). Where x or
 * r is not finite, all is NaN.
 */
public final class L2BallProjection {

    private L2BallProjection() {}

    /** {@code y[0..n)} is written and may be x; r is at least 0. */
    public static void forward(double[] x, double r, double[] y, int n) {
        double[] e = new double[n];
        double shrink = direction(x, r, e, n);
        if (shrink >= 1) System.arraycopy(x, 0, y, 0, n);
        else for (int i = 0; i < n; i++) y[i] = r * e[i];
    }

    /** Adds {@code J g} to gx, which may be null, and returns the cotangent of r. J is symmetric. */
    public static double vjp(double[] x, double r, double[] g, double[] gx, int n) {
        double[] e = new double[n];
        double shrink = direction(x, r, e, n);
        double along = dot(e, g, n);
        for (int i = 0; i < n && gx != null; i++) gx[i] += product(shrink, r, g[i], e[i], along);
        return shrink >= 1 ? 0 : along;
    }

    /** {@code J t} for the tangents of x, which may be null, and of r; {@code yDot[0..n)} is written. */
    public static void jvp(double[] x, double r, double[] xDot, double rDot, double[] yDot, int n) {
        double[] e = new double[n];
        double shrink = direction(x, r, e, n);
        double along = xDot == null ? 0 : dot(e, xDot, n);
        for (int i = 0; i < n; i++) {
            double byX = xDot == null ? 0 : product(shrink, r, xDot[i], e[i], along);
            yDot[i] = shrink >= 1 ? byX : byX + e[i] * rDot;
        }
    }

    /** An element of {@code J g}. The ball of radius 0 is a point. */
    private static double product(double shrink, double r, double g, double e, double along) {
        if (shrink >= 1) return r == 0 ? 0 : g;
        return shrink * (g - e * along);
    }

    /** Writes e and returns {@code r / |x|}, at least 1 inside. */
    private static double direction(double[] x, double r, double[] e, int n) {
        boolean finite = Double.isFinite(r);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            finite &= Double.isFinite(x[i]);
            largest = Math.max(largest, Math.abs(x[i]));
        }
        if (!finite) {
            Arrays.fill(e, 0, n, Double.NaN);
            return Double.NaN;
        }
        if (largest == 0) return 1;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            e[i] = x[i] / largest;
            squares += e[i] * e[i];
        }
        double norm = Math.sqrt(squares);
        for (int i = 0; i < n; i++) e[i] /= norm;
        return r / largest / norm;
    }

    private static double dot(double[] e, double[] g, int n) {
        double dot = 0;
        for (int i = 0; i < n; i++) dot += e[i] * g[i];
        return dot;
    }
}
