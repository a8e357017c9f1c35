// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The soft clamp {@code a + R(x - a) - R(x - b)} between the bounds {@code a} and {@code b}.
 *
 * <p>Right of the middle it is evaluated as {@code b + R(a - x) - R(b - x)}, which is the same since
 * {@code R(v) - R(-v) = v}, but does not subtract two large numbers to find a small one.
 */
public final class SoftClamp {

    private SoftClamp() {}

    /** The clamped value. */
    public static double value(Smoothness c, boolean gated, double x, double a, double b, double s) {
        double middle = a / 2 + b / 2;
        if (x > middle) return b + SoftRelu.value(c, gated, a - x, s) - SoftRelu.value(c, gated, b - x, s);
        return a + SoftRelu.value(c, gated, x - a, s) - SoftRelu.value(c, gated, x - b, s);
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
