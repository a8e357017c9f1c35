// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The soft step {@code S(x; s)}: 0 far left of the origin, 1 far right, 1/2 at it.
 *
 * <p>SMOOTH is the logistic function of {@code x/s}. The piecewise polynomials are the symmetric smoothsteps of
 * degree 1, 3 and 5 in {@code u = x/(5s)}; the factor 5 makes their transition {@code |x| < 5s} as wide as the logistic
 * one. All obey {@code S(x) + S(-x) = 1}. NaN stays NaN.
 *
 * <p>C1_PNORM and C2_PNORM are the first entry of the {@link SimplexProjection} of {@code (u, 0)} for C1 and C2. With
 * {@code a} and {@code b} the roots (square, cubic) of S and 1 - S they solve {@code a - b = u}, {@code a^k + b^k = 1},
 * k = 2 and 3. Left of the origin a is the {@link #smallerRoot}, right of it b is, so neither tail cancels.
 */
public final class Sigmoidal {

    /** Half the transition width of the piecewise steps, in units of the softness. */
    static final double REACH = 5;

    private Sigmoidal() {}

    /** {@code S(x; s)} for softness {@code s > 0}. */
    public static double value(Smoothness c, double x, double s) {
        return switch (c) {
            case SMOOTH -> ofDecay(x, Decay.of(Math.abs(x) / s));
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
            case C1_PNORM, C2_PNORM -> {
                double u = window(x, s);
                double tail = pnormTail(c, Math.abs(u));
                yield Math.abs(side(u) - tail);
            }
        };
    }

    /** {@code dS/dx}; 0 outside the transition, where the piecewise steps are constant. */
    public static double slope(Smoothness c, double x, double s) {
        return switch (c) {
            case SMOOTH -> {
                // e / (1 + e)^2 is S (1 - S) without the cancellation of 1 - S far from the origin.
                double e = Decay.of(Math.abs(x) / s);
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
            case C1_PNORM -> {
                double u = window(x, s);
                yield (1 - u) * (1 + u) / Math.sqrt(2 - u * u) / (REACH * s);
            }
            case C2_PNORM -> {
                double v = Math.abs(window(x, s));
                double a = smallerRoot(c, v);
                double b = a + v;
                yield 3 * a * a * b * b / (a * a + b * b) / (REACH * s);
            }
        };
    }

    /** {@code d2S/dx2}, odd; 0 outside the transition. Where C0, C1 and C1_PNORM jump it is the limit from outside. */
    public static double curvature(Smoothness c, double x, double s) {
        double u = window(x, s);
        if (c != Smoothness.SMOOTH && Math.abs(u) == 1) return 0;
        double reach = REACH * s;
        return switch (c) {
            case SMOOTH -> {
                double e = Decay.of(Math.abs(x) / s);
                double tanh = -Math.expm1(-Math.abs(x / s)) / (1 + e); // of |x/2s|
                yield -Math.signum(x) * tanh * (e / ((1 + e) * (1 + e)) / s) / s;
            }
            case C0 -> Double.isNaN(u) ? u : 0;
            case C1 -> -1.5 * u / reach / reach;
            case C2 -> -3.75 * u * ((1 - u) * (1 + u)) / reach / reach;
            case C1_PNORM -> {
                double square = 2 - u * u;
                yield -u * (1 + square) / (square * Math.sqrt(square)) / reach / reach;
            }
            case C2_PNORM -> {
                double v = Math.abs(u);
                double a = smallerRoot(c, v);
                double b = a + v;
                double squares = a * a + b * b;
                // (b^5 - a^5) / (b - a), b - a = v
                double powers = squares * squares + a * b * (squares - a * b);
                yield -6 * u * a * b * powers / (squares * squares * squares) / reach / reach;
            }
        };
    }

    /** {@code S(-v)}: {@code a^k}, or about the origin {@code 1/2 - (b^k - a^k)/2} with the factor {@code b - a = v}. */
    private static double pnormTail(Smoothness c, double v) {
        double a = smallerRoot(c, v);
        if (c == Smoothness.C1_PNORM) return v < 0.5 ? 0.5 - v * (2 * a + v) / 2 : a * a;
        double b = a + v;
        return v < 0.5 ? 0.5 - v * (a * a + a * b + b * b) / 2 : a * a * a;
    }

    /**
     * The a in [0, 1) with {@code a^k + (a + v)^k = 1} for v in [0, 1]; k = 2 for C1_PNORM, 3 for C2_PNORM. It falls to 0
     * at v = 1 with the accuracy of 1 - v.
     */
    static double smallerRoot(Smoothness c, double v) {
        // (sqrt(2 - v^2) - v) / 2 without the difference
        if (c == Smoothness.C1_PNORM) return (1 - v) * (1 + v) / (Math.sqrt(2 - v * v) + v);
        // a polynomial, right to 2e-4, and one step of a method of order 4 (Householder's) for p(a) = 0
        double a = (1 - v) * (((0.0017142 - 0.063749 * v) * v - 0.025823) * (v * v) + (0.79369 + 0.29402 * v));
        double rest = (1 - v) * (1 + v + v * v) / 2;
        double excess = a * ((a + 1.5 * v) * a + 1.5 * v * v) - rest; // p(a)
        double inverse = 1 / (3 * a * (a + v) + 1.5 * v * v); // 1 / p'(a)
        double step = excess * inverse;
        double bend = (3 * a + 1.5 * v) * inverse; // p''(a) / 2p'(a)
        return a - step * (1 + step * (bend + step * (2 * bend * bend - inverse)));
    }

    /** The logistic step at x, where {@code e = e^-|x/s|}. */
    static double ofDecay(double x, double e) {
        return Math.abs(side(x) - e / (1 + e));
    }

    /** 1 right of the origin, 0 left of it, without a branch that a processor could guess wrong. */
    private static double side(double x) {
        return Math.copySign(0.5, x) + 0.5;
    }

    /** {@code u = x/(5s)}, held at the ends of the transition [-1, 1]. */
    static double window(double x, double s) {
        return Math.max(-1, Math.min(1, x / (REACH * s)));
    }
}
