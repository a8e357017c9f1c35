// SPDX-License-Identifier: Apache-2.0
package io.supple;

/** Which order statistics make a quantile that falls between two of them, as in NumPy and PyTorch. */
public enum Interpolation {
    /** In proportion to the distance from each. */
    LINEAR,
    /** The one below. */
    LOWER,
    /** The one above. */
    HIGHER,
    /** The nearer one, the even place of two equally near. */
    NEAREST,
    /** The mean of both. */
    MIDPOINT;

    private static final double INTEGRAL = 1e-9;

    /**
     * What a quantile reads.
     *
     * @param place ascending place k, 0..n-1
     * @param above weight of place k + 1; place k has the rest
     */
    record Reading(int place, double above) {}

    /** The reading of quantile q of a list of n &gt; 0. */
    Reading at(double q, int n) {
        double p = q * (n - 1);
        double floor = Math.floor(p);
        return switch (this) {
            case LINEAR -> new Reading((int) floor, p - floor);
            case LOWER -> new Reading((int) floor, 0);
            case HIGHER -> new Reading((int) Math.ceil(p), 0);
            case NEAREST -> new Reading((int) Math.rint(p), 0);
            case MIDPOINT ->
                Math.abs(p - Math.rint(p)) <= INTEGRAL * Math.max(1, p)
                        ? new Reading((int) Math.rint(p), 0)
                        : new Reading((int) floor, 0.5);
        };
    }
}
