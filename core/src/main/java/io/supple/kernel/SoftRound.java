// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The soft staircase {@code sum_j k_j (S(x - k_j + 1/2) - S(x - k_j - 1/2))} over the integers
 * {@code k_j = floor(x) + j}, {@code |j| <= radius}.
 *
 * <p>The window is finite: once the transition width approaches the radius the value is drawn towards 0. Beyond
 * 2<sup>52</sup> every double is an integer and the staircase is the identity, as the exact rounding is.
 *
 * <p>Summed by parts it is {@code (k_-r) S(x - k_-r + 1/2) + sum_(j > -r) S(x - k_j + 1/2) - (k_r) S(x - k_r - 1/2)}, and
 * most of these steps are 0 or 1: the piecewise ones are evaluated where they change, {@link SmoothStaircase} does it for
 * the smooth one.
 */
public final class SoftRound {

    private static final double ALL_INTEGERS = 0x1p52;

    private SoftRound() {}

    /** The staircase at {@code x}. */
    public static double value(Smoothness c, double x, double s, int radius) {
        if (!(Math.abs(x) < ALL_INTEGERS)) return x;
        double floor = Math.floor(x);
        double fraction = x - floor; // distances are taken from the fraction: exact however large x is
        if (c == Smoothness.SMOOTH) return floor + SmoothStaircase.rise(floor, fraction, s, radius);
        int first = first(fraction, s, radius);
        int last = last(fraction, s, radius);
        double sum = first > -radius ? floor - radius : (floor - radius) * step(c, fraction, -radius, s);
        sum += Math.max(first + radius - 1, 0); // steps that are complete
        for (int j = Math.max(first, 1 - radius); j <= Math.min(last, radius); j++) sum += step(c, fraction, j, s);
        return last > radius ? sum - (floor + radius) * step(c, fraction, radius + 1, s) : sum;
    }

    /** Its derivative, with {@code floor(x)} held constant. */
    public static double slope(Smoothness c, double x, double s, int radius) {
        if (!(Math.abs(x) < ALL_INTEGERS)) return Double.isNaN(x) ? x : 0;
        double floor = Math.floor(x);
        double fraction = x - floor;
        if (c == Smoothness.SMOOTH) return SmoothStaircase.slope(floor, fraction, s, radius);
        double sum = 0;
        for (int j = first(fraction, s, radius); j <= last(fraction, s, radius); j++) {
            double times = j == -radius ? floor - radius : j > radius ? -(floor + radius) : 1;
            sum += times * Sigmoidal.slope(c, fraction - j + 0.5, s);
        }
        return sum;
    }

    private static double step(Smoothness c, double fraction, int j, double s) {
        return Sigmoidal.value(c, fraction - j + 0.5, s);
    }

    /** The first j of -radius..radius + 1 whose piecewise step need not be 1, or one after the last. */
    private static int first(double fraction, double s, int radius) {
        return (int) Math.max(-radius, Math.min(Math.ceil(fraction + 0.5 - Sigmoidal.REACH * s), radius + 2.0));
    }

    /** The last j of them whose piecewise step need not be 0, or one before the first. */
    private static int last(double fraction, double s, int radius) {
        return (int) Math.min(Math.floor(fraction + 0.5 + Sigmoidal.REACH * s), radius + 1.0);
    }

    /**
     * Its second derivative. Summed by parts, {@code sum_j S''(x - k_j + 1/2)} and two terms at the ends of the window, so
     * that a large {@code floor(x)} multiplies these alone, not differences that ought to cancel.
     */
    public static double curvature(Smoothness c, double x, double s, int radius) {
        if (!(Math.abs(x) < ALL_INTEGERS)) return Double.isNaN(x) ? x : 0;
        double floor = Math.floor(x);
        double fraction = x - floor;
        double sum = (floor - radius) * Sigmoidal.curvature(c, fraction + radius + 0.5, s);
        for (int j = 1 - radius; j <= radius; j++) sum += Sigmoidal.curvature(c, fraction - j + 0.5, s);
        return sum - (floor + radius) * Sigmoidal.curvature(c, fraction - radius - 0.5, s);
    }
}
