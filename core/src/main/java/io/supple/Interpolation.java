// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.order.Levels;

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
     * What quantiles of a list of n read.
     *
     * @param q levels, 0 to {@code most}
     * @param most what stands for the whole list
     */
    Levels levels(double[] q, int most, int n) {
        int[] place = new int[q.length];
        double[] above = new double[q.length];
        for (int level = 0; level < q.length; level++) {
            double p = q[level] / most * Math.max(n - 1, 0);
            double lower = place(p);
            place[level] = (int) lower;
            above[level] = above(p, lower);
        }
        return new Levels(place, above, this == LINEAR || this == MIDPOINT, n);
    }

    /** The lower place that is read of the fractional place p. */
    private double place(double p) {
        return switch (this) {
            case LINEAR, LOWER -> Math.floor(p);
            case HIGHER -> Math.ceil(p);
            case NEAREST -> Math.rint(p);
            case MIDPOINT -> whole(p) ? Math.rint(p) : Math.floor(p);
        };
    }

    /** The weight of the place above it. */
    private double above(double p, double lower) {
        return switch (this) {
            case LINEAR -> p - lower;
            case MIDPOINT -> whole(p) ? 0 : 0.5;
            case LOWER, HIGHER, NEAREST -> 0;
        };
    }

    private static boolean whole(double p) {
        return Math.abs(p - Math.rint(p)) <= INTEGRAL * Math.max(1, p);
    }
}
