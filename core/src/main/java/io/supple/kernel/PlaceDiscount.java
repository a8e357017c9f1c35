// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** The discount of a place, {@code D(r) = 1 / log2(1 + r)}, for r &gt; 0. */
public final class PlaceDiscount {

    private static final double LN2 = Math.log(2);

    /** Whole places up to here are looked up. */
    private static final double[] FIRST = new double[1024];

    static {
        for (int r = 1; r < FIRST.length; r++) FIRST[r] = LN2 / Math.log1p(r);
    }

    private PlaceDiscount() {}

    /** D(r). */
    public static double value(double r) {
        return LN2 / Math.log1p(r);
    }

    /** D(r) of a whole place. */
    public static double at(int r) {
        return r < FIRST.length ? FIRST[r] : value(r);
    }

    /** D'(r). */
    public static double slope(double r) {
        double l = Math.log1p(r);
        return -LN2 / ((1 + r) * l * l);
    }

    /** D''(r). */
    public static double curvature(double r) {
        double l = Math.log1p(r);
        return LN2 * (l + 2) / ((1 + r) * (1 + r) * l * l * l);
    }
}
