// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The soft ramp {@code R(x; s)}, the antiderivative of {@link Sigmoidal} that vanishes on the far left, and its gated
 * form {@code x S(x; s)}.
 *
 * <p>Both obey {@code R(x) - R(-x) = x}, and are evaluated as {@code max(x, 0) + R(-|x|)}: the tail on the left, of which
 * no digit cancels. The plain form is monotone and at least {@code max(x, 0)}; the gated form is at most that and dips
 * below zero on the left.
 */
public final class SoftRelu {

    private SoftRelu() {}

    /** {@code R(x; s)}, or {@code x S(x; s)} if gated. */
    public static double value(Smoothness c, boolean gated, double x, double s) {
        return Math.max(x, 0) + tail(c, gated, Math.abs(x), s);
    }

    /** {@code R(-v)} for {@code v >= 0}. */
    static double tail(Smoothness c, boolean gated, double v, double s) {
        if (gated) {
            double step = Sigmoidal.value(c, -v, s);
            return step == 0 ? 0 : -v * step; // inf * 0 would be NaN where the limit is 0
        }
        double reach = Sigmoidal.REACH * s;
        double u = Math.min(1, v / reach);
        double w = 1 - u;
        return switch (c) {
            case SMOOTH -> s * Decay.log1p(Decay.of(v / s));
            case C0 -> reach * (w * w / 4);
            case C1 -> reach * (w * w * w * (3 + u) / 16);
            case C2 -> reach * (w * w * (w * w) * (5 + u * (4 + u)) / 32);
            case C1_PNORM, C2_PNORM -> reach * pnormTail(c, u);
        };
    }

    /**
     * {@code R(-v)} in units of 5s for the p-norm steps. With the roots a and b of S and 1 - S it is
     * {@code integral a^k d(a - b)}, which is {@code a^3/3 + (1 - b)^2 (2 + b)/3} and
     * {@code a^4/4 + (1 - b)^2 (3 + 2b + b^2)/4}; {@code 1 - b} is taken from {@code 1 - b^k = a^k}.
     */
    private static double pnormTail(Smoothness c, double v) {
        double a = Sigmoidal.smallerRoot(c, v);
        double b = a + v;
        if (c == Smoothness.C1_PNORM) {
            double below = a * a / (1 + b);
            return (a * a * a + below * below * (2 + b)) / 3;
        }
        double below = a * a * a / (1 + b + b * b);
        return (a * a * a * a + below * below * (3 + b * (2 + b))) / 4;
    }

    /** {@code dR/dx}: {@code S}, or {@code S + x S'} if gated. */
    public static double slope(Smoothness c, boolean gated, double x, double s) {
        double step = Sigmoidal.value(c, x, s);
        if (!gated) return step;
        double rise = Sigmoidal.slope(c, x, s);
        return rise == 0 ? step : step + x * rise;
    }

    /** {@code d2R/dx2}: {@code S'}, or {@code 2 S' + x S''} if gated. */
    public static double curvature(Smoothness c, boolean gated, double x, double s) {
        double rise = Sigmoidal.slope(c, x, s);
        if (!gated) return rise;
        double bend = Sigmoidal.curvature(c, x, s);
        return bend == 0 ? 2 * rise : 2 * rise + x * bend;
    }
}
