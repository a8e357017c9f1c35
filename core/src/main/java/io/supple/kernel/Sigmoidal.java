// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The soft step {@code S(x; s)}: 0 far left of the origin, 1 far right, 1/2 at it.
 *
 * <p>SMOOTH is the logistic function of {@code x/s}. The piecewise polynomials are the symmetric smoothsteps of
 * degree 1, 3 and 5 in {@code u = x/(5s)}; the factor 5 makes their transition {@code |x| < 5s} as wide as the logistic
 * one. All obey {@code S(x) + S(-x) = 1}. NaN stays NaN.
 */
public final class Sigmoidal {

    /** Half the transition width of the piecewise steps, in units of the softness. */
    static final double REACH = 5;

    private Sigmoidal() {}

    /** {@code S(x; s)} for softness {@code s > 0}. */
    public static double value(Smoothness c, double x, double s) {
        return switch (c) {
            case SMOOTH -> 1 / (1 + Math.exp(-x / s));
            case C0 -> (1 + window(x, s)) / 2;
            case C1 -> {
                double u = window(x, s);
                yield 0.5 + u * (3 - u * u) / 4;
            }
            case C2 -> {
                double u = window(x, s);
                double v = u * u;
                yield 0.5 + u * (15 - v * (10 - 3 * v)) / 16;
            }
        };
    }

    /** {@code dS/dx}; 0 outside the transition, where the piecewise steps are constant. */
    public static double slope(Smoothness c, double x, double s) {
        return switch (c) {
            case SMOOTH -> {
                // e / (1 + e)^2 is S (1 - S) without the cancellation of 1 - S far from the origin.
                double e = Math.exp(-Math.abs(x / s));
                yield e / ((1 + e) * (1 + e)) / s;
            }
            case C0 -> Math.abs(x / (REACH * s)) >= 1 ? 0 : 0.5 / (REACH * s);
            case C1 -> {
                double u = window(x, s);
                yield 0.75 * (1 - u * u) / (REACH * s);
            }
            case C2 -> {
                double u = window(x, s);
                double w = 1 - u * u;
                yield 0.9375 * w * w / (REACH * s);
            }
        };
    }

    /** {@code u = x/(5s)}, held at the ends of the transition [-1, 1]. */
    static double window(double x, double s) {
        return Math.max(-1, Math.min(1, x / (REACH * s)));
    }
}
