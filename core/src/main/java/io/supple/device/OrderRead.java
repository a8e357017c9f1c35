// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/**
 * What is read of the order of a row of n: its first places, mixtures of some places, or the place of every element. The
 * arrays are used, not copied.
 */
public final class OrderRead {

    /** What is read. */
    public enum Kind {
        /** The values at the first places. */
        FIRST,
        /** Mixtures of the values at given places. */
        MIXED,
        /** For each element its place, 1 for the first. */
        RANKS
    }

    private final Kind kind;
    private final int count;
    private final boolean descending;
    private final int[] places;
    private final double[][] weights;

    private OrderRead(Kind kind, int count, boolean descending, int[] places, double[][] weights) {
        this.kind = kind;
        this.count = count;
        this.descending = descending;
        this.places = places;
        this.weights = weights;
    }

    /** The values at the first places from one end. */
    public static OrderRead first(int count, boolean descending) {
        return new OrderRead(Kind.FIRST, count, descending, null, null);
    }

    /** {@code y_m = sum_r weights_mr v_r} of the values v at some places, counted from the smallest, 0 for it. */
    public static OrderRead mixed(int[] places, double[][] weights) {
        return new OrderRead(Kind.MIXED, places.length, false, places, weights);
    }

    /** The places of all n elements. */
    public static OrderRead ranks(int n, boolean descending) {
        return new OrderRead(Kind.RANKS, n, descending, null, null);
    }

    /** What is read. */
    public Kind kind() {
        return kind;
    }

    /** How many values are read of the order. */
    public int count() {
        return count;
    }

    /** Whether the largest is first. */
    public boolean descending() {
        return descending;
    }

    /** The r-th place that is mixed, from the smallest. */
    public int place(int r) {
        return places[r];
    }

    /** How many numbers come of them. */
    public int results() {
        return kind == Kind.MIXED ? weights.length : count;
    }

    /** Mixes values {@code v[from..from+count)} into {@code y[to..to+results)}. */
    public void mix(double[] v, int from, double[] y, int to) {
        for (int m = 0; m < weights.length; m++) {
            double sum = 0;
            for (int r = 0; r < count; r++) if (weights[m][r] != 0) sum += weights[m][r] * v[from + r];
            y[to + m] = sum;
        }
    }

    /** The transpose: cotangents of the mixtures to those of the values. */
    public void unmix(double[] g, int from, double[] gv, int to) {
        for (int r = 0; r < count; r++) {
            double sum = 0;
            for (int m = 0; m < weights.length; m++) sum += weights[m][r] * g[from + m];
            gv[to + r] = sum;
        }
    }
}
