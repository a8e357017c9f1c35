// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Euclidean projection onto a box, {@code y_i = min(max(x_i, lower_i), upper_i)}.
 *
 * <p>Time O(n). Each y_i is a copy of one of the three, and the derivative goes to that one; on a bound it goes to the
 * bound, as in an exact clamp. Bounds may be infinite. Where lower exceeds upper the result is upper.
 */
public final class BoxProjection {

    private BoxProjection() {}

    /** {@code y[0..n)} is written and may be x. */
    public static void forward(double[] x, double[] lower, double[] upper, double[] y, int n) {
        for (int i = 0; i < n; i++) y[i] = Math.min(Math.max(x[i], lower[i]), upper[i]);
    }

    /** Adds each g_i to gx, gLower or gUpper; any of them may be null. */
    public static void vjp(
            double[] x,
            double[] lower,
            double[] upper,
            double[] g,
            double[] gx,
            double[] gLower,
            double[] gUpper,
            int n) {
        for (int i = 0; i < n; i++) {
            double[] to = pick(x[i], lower[i], upper[i], gx, gLower, gUpper);
            if (to != null) to[i] += g[i];
        }
    }

    /** {@code J t} for the tangents of x and the bounds, any of which may be null; {@code yDot[0..n)} is written. */
    public static void jvp(
            double[] x,
            double[] lower,
            double[] upper,
            double[] xDot,
            double[] lowerDot,
            double[] upperDot,
            double[] yDot,
            int n) {
        for (int i = 0; i < n; i++) {
            double[] from = pick(x[i], lower[i], upper[i], xDot, lowerDot, upperDot);
            yDot[i] = from == null ? 0 : from[i];
        }
    }

    private static double[] pick(
            double x, double lower, double upper, double[] ofX, double[] ofLower, double[] ofUpper) {
        if (Math.max(x, lower) >= upper) return ofUpper;
        return x <= lower ? ofLower : ofX;
    }
}
