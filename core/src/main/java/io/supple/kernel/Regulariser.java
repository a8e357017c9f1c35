// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The regularisers {@code R(p) = p log p - p, p^2 / 2, (2/3) p^(3/2), (3/4) p^(4/3)} of one entry of a transport plan,
 * by their first two derivatives. They are those of {@link SimplexProjection}.
 */
final class Regulariser {

    private Regulariser() {}

    /** {@code R'(p) = log p, p, p^(1/2), p^(1/3)}: the reduced dual of an entry of size p > 0. */
    static double slope(Smoothness c, double p) {
        return switch (c) {
            case SMOOTH -> Math.log(p);
            case C0 -> p;
            case C1, C1_PNORM -> Math.sqrt(p);
            case C2, C2_PNORM -> Math.cbrt(p);
        };
    }

    /** {@code 1 / R''(p) = p, [p > 0], 2 p^(1/2), 3 p^(2/3)}: how fast an entry grows with its reduced dual. */
    static double weight(Smoothness c, double p) {
        return switch (c) {
            case SMOOTH -> p;
            case C0 -> p > 0 ? 1 : 0;
            case C1, C1_PNORM -> 2 * Math.sqrt(p);
            case C2, C2_PNORM -> {
                double root = Math.cbrt(p);
                yield 3 * root * root;
            }
        };
    }

    /** The factor k with {@code R(p) = k p R'(p)}; for the entropy up to {@code -p}, whose sum is a constant. */
    static double share(Smoothness c) {
        return switch (c) {
            case SMOOTH -> 1;
            case C0 -> 1.0 / 2;
            case C1, C1_PNORM -> 2.0 / 3;
            case C2, C2_PNORM -> 3.0 / 4;
        };
    }

    /**
     * The scale a of the reduced duals of a row of the given mass: {@code mass * projection(v / a)} is the projection of v
     * onto the simplex of that mass.
     */
    static double scale(Smoothness c, double mass) {
        return c == Smoothness.SMOOTH ? 1 : slope(c, mass);
    }
}
