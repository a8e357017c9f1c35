// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The soft clamp {@code a + R(x - a) - R(x - b)} between the bounds {@code a} and {@code b}.
 *
 * <p>Since {@code R(v) = max(v, 0) + R(-|v|)} it is evaluated as the exact clamp and two tails,
 * {@code R(-|x - a|) - R(-|x - b|)}: far out two large numbers are not subtracted to find a small one.
 */
public final class SoftClamp {

    private SoftClamp() {}

    /** The clamped value. */
    public static double value(Smoothness c, boolean gated, double x, double a, double b, double s) {
        return exact(x, a, b) + tails(c, gated, Math.abs(x - a), Math.abs(x - b), s);
    }

    /** {@code a + max(x - a, 0) - max(x - b, 0)}; where the bounds cross it falls from a to b. */
    private static double exact(double x, double a, double b) {
        return a <= b ? Math.min(Math.max(x, a), b) : a - Math.max(0, Math.min(x, a) - b);
    }

    /** {@code R(-v) - R(-w)}; of smooth ramps the difference of the logarithms is taken first. */
    private static double tails(Smoothness c, boolean gated, double v, double w, double s) {
        if (gated || c != Smoothness.SMOOTH) {
            return SoftRelu.tail(c, gated, v, s) - SoftRelu.tail(c, gated, w, s);
        }
        double e = Decay.of(w / s);
        return s * Decay.log1p((Decay.of(v / s) - e) / (1 + e));
    }

    /** Partial derivatives for x, a and b: {@code R'(x-a) - R'(x-b)}, {@code 1 - R'(x-a)}, {@code R'(x-b)}; written. */
    public static void partials(Smoothness c, boolean gated, double x, double a, double b, double s, double[] d) {
        double overA = SoftRelu.slope(c, gated, x - a, s);
        double overB = SoftRelu.slope(c, gated, x - b, s);
        d[0] = overA - overB;
        d[1] = 1 - overA;
        d[2] = overB;
    }

    /**
     * Second partial derivatives for x, a and b, row after row; {@code h[0..9)} is written. With {@code A = R''(x - a)} and
     * {@code B = R''(x - b)} they are {@code A - B, -A, B; -A, A, 0; B, 0, -B}.
     */
    public static void curvatures(Smoothness c, boolean gated, double x, double a, double b, double s, double[] h) {
        double overA = SoftRelu.curvature(c, gated, x - a, s);
        double overB = SoftRelu.curvature(c, gated, x - b, s);
        h[0] = overA - overB;
        h[1] = -overA;
        h[2] = overB;
        h[3] = -overA;
        h[4] = overA;
        h[5] = 0;
        h[6] = overB;
        h[7] = 0;
        h[8] = -overB;
    }
}
