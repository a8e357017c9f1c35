// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The soft staircase {@code sum_j k_j (S(x - k_j + 1/2) - S(x - k_j - 1/2))} over the integers
 * {@code k_j = floor(x) + j}, {@code |j| <= radius}.
 *
 * <p>The window is finite: once the transition width approaches the radius the value is drawn towards 0. Beyond
 * 2<sup>52</sup> every double is an integer and the staircase is the identity, as the exact rounding is.
 */
public final class SoftRound {

    private static final double ALL_INTEGERS = 0x1p52;

    private SoftRound() {}

    /** The staircase at {@code x}. */
    public static double value(Smoothness c, double x, double s, int radius) {
        if (!(Math.abs(x) < ALL_INTEGERS)) return x;
        double floor = Math.floor(x);
        double fraction = x - floor; // distances are taken from the fraction: exact however large x is
        double sum = 0;
        for (int j = -radius; j <= radius; j++) {
            double step = Sigmoidal.value(c, fraction - j + 0.5, s) - Sigmoidal.value(c, fraction - j - 0.5, s);
            sum += (floor + j) * step;
        }
        return sum;
    }

    /** Its derivative, with {@code floor(x)} held constant. */
    public static double slope(Smoothness c, double x, double s, int radius) {
        if (!(Math.abs(x) < ALL_INTEGERS)) return Double.isNaN(x) ? x : 0;
        double floor = Math.floor(x);
        double fraction = x - floor;
        double sum = 0;
        for (int j = -radius; j <= radius; j++) {
            double step = Sigmoidal.slope(c, fraction - j + 0.5, s) - Sigmoidal.slope(c, fraction - j - 0.5, s);
            sum += (floor + j) * step;
        }
        return sum;
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
