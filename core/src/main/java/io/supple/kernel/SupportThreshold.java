// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The threshold of a sparse {@link SimplexProjection}, theta with {@code sum_j (u_j - theta)+^q = 1} for q = 1, 2, 3, from
 * entries that are offered largest first until one is refused.
 *
 * <p>The entry u is in the support if {@code sum_j (u_j - u)^q < 1} over those before it. That needs their power sums
 * only, so the equation is solved once, for the support: linear, quadratic, or the real root of the depressed cubic about
 * the mean. Entries are relative to the largest, so that sums of powers do not cancel.
 */
final class SupportThreshold {

    private static final double EPSILON = Math.ulp(1.0);

    private final int q;
    private int k;
    private double s1;
    private double s2;
    private double s3;

    SupportThreshold(Smoothness c) {
        q = power(c);
    }

    /** q of a sparse class. */
    static int power(Smoothness c) {
        return switch (c) {
            case SMOOTH -> throw new AssertionError("every entry is in the support");
            case C0 -> 1;
            case C1, C1_PNORM -> 2;
            case C2, C2_PNORM -> 3;
        };
    }

    void clear() {
        k = 0;
        s1 = 0;
        s2 = 0;
        s3 = 0;
    }

    /** Takes u, at most 0 and at most any entry before it, into the support, or refuses it. */
    boolean take(double u) {
        if (!belongs(u)) return false;
        k++;
        s1 += u;
        if (q > 1) s2 += u * u;
        if (q > 2) s3 += u * u * u;
        return true;
    }

    private boolean belongs(double u) {
        return switch (q) {
            case 1 -> s1 - k * u < 1;
            case 2 -> s2 - u * (2 * s1 - k * u) < 1;
            default -> s3 - u * (3 * s2 - u * (3 * s1 - k * u)) < 1;
        };
    }

    /** theta for the entries taken; at least one. */
    double theta() {
        return switch (q) {
            case 1 -> (s1 - 1) / k;
            case 2 -> (s1 - Math.sqrt(Math.max(s1 * s1 - k * (s2 - 1), 0))) / k;
            default -> {
                double mean = s1 / k;
                double m2 = s2 - 2 * mean * s1 + k * mean * mean;
                double m3 = s3 - 3 * mean * s2 + 3 * mean * mean * s1 - k * mean * mean * mean;
                yield mean + depressedCubicRoot(3 * m2 / k, (1 - m3) / k);
            }
        };
    }

    /** The real root of {@code w^3 + p w + q = 0} for {@code p >= 0} (hyperbolic form of Cardano's). */
    private static double depressedCubicRoot(double p, double q) {
        if (p <= EPSILON * Math.max(Math.abs(q), 1)) return -Math.cbrt(q);
        double r = Math.sqrt(p / 3);
        double t = 3 * Math.abs(q) / (2 * p * r);
        double asinh = Math.log(t + Math.sqrt(t * t + 1));
        return -Math.signum(q) * 2 * r * Math.sinh(asinh / 3);
    }
}
