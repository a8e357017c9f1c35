// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** The soft absolute value {@code x (2 S(x; s) - 1)}: even, 0 at 0, never above {@code |x|}. */
public final class SoftAbs {

    private SoftAbs() {}

    /** {@code x (2 S(x; s) - 1)}. */
    public static double value(Smoothness c, double x, double s) {
        if (c != Smoothness.SMOOTH) return x * (2 * Sigmoidal.value(c, x, s) - 1);
        double e = Decay.of(Math.abs(x) / s);
        return Math.abs(x) * ((1 - e) / (1 + e)); // tanh |x/2s|
    }

    /** The derivative {@code 2 S - 1 + 2 x S'}. */
    public static double slope(Smoothness c, double x, double s) {
        double sign = 2 * Sigmoidal.value(c, x, s) - 1;
        double rise = Sigmoidal.slope(c, x, s);
        return rise == 0 ? sign : sign + 2 * x * rise; // inf * 0 would be NaN
    }

    /** The second derivative {@code 4 S' + 2 x S''}. */
    public static double curvature(Smoothness c, double x, double s) {
        double rise = Sigmoidal.slope(c, x, s);
        double bend = Sigmoidal.curvature(c, x, s);
        return bend == 0 ? 4 * rise : 4 * rise + 2 * x * bend; // inf * 0 would be NaN
    }
}
