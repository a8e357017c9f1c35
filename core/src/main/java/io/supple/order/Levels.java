// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

/**
 * What quantiles of a list of n elements read: for each level the ascending place k (0..n-1) with weight {@code 1 - above}
 * and the next one with weight {@code above}.
 *
 * <p>The arrays are used, not copied.
 */
public final class Levels {

    private final int[] place;
    private final double[] above;
    private final boolean between;
    private final int last;

    /**
     * Levels.
     *
     * @param place for each level its lower place
     * @param above for each level the weight of the next place
     * @param between whether the interpolation may read the next place at all: transport sets up its anchors by it
     * @param n length of the lists
     */
    public Levels(int[] place, double[] above, boolean between, int n) {
        this.place = place;
        this.above = above;
        this.between = between;
        this.last = Math.max(n - 1, 0);
    }

    /** One level that reads one place alone. */
    public static Levels at(int place, int n) {
        return new Levels(new int[] {place}, new double[1], false, n);
    }

    /** Number of levels. */
    public int count() {
        return place.length;
    }

    int place(int level) {
        return place[level];
    }

    /** The place above, held at the last. */
    int next(int level) {
        return Math.min(place[level] + 1, last);
    }

    double above(int level) {
        return above[level];
    }

    boolean between() {
        return between;
    }

    /** The places that are read, ascending: two for each level, or one each if nothing lies between. */
    int[] places() {
        if (!between) return place.clone();
        int[] places = new int[2 * place.length];
        for (int level = 0; level < place.length; level++) {
            places[2 * level] = place[level];
            places[2 * level + 1] = next(level);
        }
        return places;
    }

    /** One row for each level over {@link #places()}. */
    double[][] weights() {
        int per = between ? 2 : 1;
        double[][] weights = new double[place.length][per * place.length];
        for (int level = 0; level < place.length; level++) {
            weights[level][per * level] = 1 - above[level];
            if (between) weights[level][2 * level + 1] = above[level];
        }
        return weights;
    }
}
