// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Stable argsort of primitive keys: equal keys keep their order, in both directions.
 *
 * <p>The order is total: NaN is the largest value and -0.0 equals 0.0, as in Spark.
 *
 * <p>In short lists each element's place is counted, which takes n^2/2 comparisons without a branch; others are dealt out
 * to {@link Buckets}; the longest, and lists whose keys are clustered or not finite, are sorted by {@link RadixSort}. Time
 * O(n), O(n log n) with clusters, scratch O(n).
 */
public final class Sorting {

    /** Lists up to this length are sorted by counting: between 24 and 40 all ways took the same time. */
    private static final int SHORT = 24;

    /** So many places at an end of a list are kept in order while the list passes by. */
    private static final int FEW = 16;

    /** Buckets of longer lists leave the caches. */
    private static final int LONG = 8192;

    private Sorting() {}

    /** The indices of {@code x[from..from+n)}, relative to {@code from}, in ascending or descending order. */
    public static int[] argsort(double[] x, int from, int n, boolean descending) {
        int[] order = new int[n];
        argsort(x, from, descending, order, new double[n]);
        return order;
    }

    /**
     * Writes the indices of {@code x[from..from+order.length)} in order, relative to {@code from}, and the numbers in that
     * order.
     */
    static void argsort(double[] x, int from, boolean descending, int[] order, double[] sorted) {
        argsort(x, from, descending, order, sorted, Scratch.FRESH);
    }

    /** The same, in given arrays. */
    static void argsort(double[] x, int from, boolean descending, int[] order, double[] sorted, Scratch scratch) {
        int n = order.length;
        double[] keys = descending || from > 0 || x.length > n ? part(x, from, n, descending, scratch) : x;
        if (n <= SHORT && numbers(keys)) {
            count(keys, order, scratch.intZeros(n));
            for (int i = 0; i < n; i++) sorted[i] = x[from + order[i]];
            return;
        }
        Range range = new Range(keys);
        if (range.inOrder) {
            for (int i = 0; i < n; i++) order[i] = i;
            System.arraycopy(x, from, sorted, 0, n);
            return;
        }
        if (range.reversed) {
            for (int i = 0; i < n; i++) {
                order[i] = n - 1 - i;
                sorted[i] = x[from + n - 1 - i];
            }
            return;
        }
        if (n <= LONG && range.number && Buckets.sort(keys, range.least, range.most, order, sorted, scratch)) {
            if (descending) for (int i = 0; i < n; i++) sorted[i] = -sorted[i];
            return;
        }
        byRadix(x, from, descending, order);
        for (int i = 0; i < n; i++) sorted[i] = x[from + order[i]];
    }

    private static boolean numbers(double[] keys) {
        boolean all = true;
        for (double key : keys) all &= !Double.isNaN(key);
        return all;
    }

    private static double[] part(double[] x, int from, int n, boolean negative, Scratch scratch) {
        double[] y = scratch.doubles(n);
        System.arraycopy(x, from, y, 0, n);
        if (negative) for (int i = 0; i < n; i++) y[i] = -y[i];
        return y;
    }

    /** What one look at all keys tells. */
    private static final class Range {
        final double least;
        final double most;
        final boolean inOrder;
        final boolean reversed; // without ties, which keep their order
        final boolean number; // no NaN

        Range(double[] keys) {
            double smallest = keys.length == 0 ? 0 : keys[0];
            double largest = Double.NEGATIVE_INFINITY;
            boolean rising = true;
            boolean falling = true;
            boolean none = true;
            double before = Double.POSITIVE_INFINITY;
            for (double key : keys) {
                falling &= key < before;
                before = key;
                if (key >= largest) {
                    largest = key;
                } else {
                    rising = false;
                    if (!(key >= smallest)) {
                        smallest = key;
                        none &= !Double.isNaN(key);
                    }
                }
            }
            least = smallest;
            most = largest;
            inOrder = rising;
            reversed = falling;
            number = none;
        }
    }

    /**
     * The elements that stand at some places of {@link #argsort}; few neighbouring places are found in O(n), without
     * sorting.
     */
    public static int[] elementsAt(double[] x, int[] places, boolean descending) {
        int m = places.length;
        boolean run = m > 0;
        for (int r = 1; r < m; r++) run &= places[r] == places[r - 1] + 1;
        if (run) return run(x, places[0], m, descending);
        int[] order = argsort(x, 0, x.length, descending);
        int[] elements = new int[m];
        for (int r = 0; r < m; r++) elements[r] = order[places[r]];
        return elements;
    }

    /** The elements at the places {@code place, place + 1, ..} of {@link #argsort}. */
    static int[] run(double[] x, int place, int count, boolean descending) {
        return run(x, place, count, descending, Scratch.FRESH);
    }

    /** The same, in given arrays. */
    static int[] run(double[] x, int place, int count, boolean descending, Scratch scratch) {
        int n = x.length;
        if (place == 0 && count == 1) return new int[] {first(x, descending)};
        if (place + count == n && count <= FEW) return reversed(ends(x, count, !descending, true));
        if (place == 0 && count <= FEW) return ends(x, count, descending, false);
        if (n > SHORT) {
            double[] keys = descending ? part(x, 0, n, true, scratch) : x;
            Range range = new Range(keys);
            int[] elements = range.number ? Buckets.select(keys, range.least, range.most, place, count) : null;
            if (elements != null) return elements;
        }
        return Arrays.copyOfRange(argsort(x, 0, n, descending), place, place + count);
    }

    private static int[] reversed(int[] a) {
        for (int i = 0, j = a.length - 1; i < j; i++, j--) {
            int held = a[i];
            a[i] = a[j];
            a[j] = held;
        }
        return a;
    }

    /**
     * The first elements in order, kept in order while the list passes by; of equal keys the last comes first, or the
     * first.
     */
    private static int[] ends(double[] x, int count, boolean descending, boolean lastFirst) {
        int[] elements = new int[count];
        long[] kept = new long[count];
        int size = 0;
        int n = x.length;
        for (int k = 0; k < n; k++) {
            int i = lastFirst ? n - 1 - k : k;
            long key = comparable(x[i]);
            if (descending) key = ~key;
            if (size == count && key >= kept[count - 1]) continue;
            int at = size < count ? size++ : count - 1;
            while (at > 0 && kept[at - 1] > key) {
                kept[at] = kept[at - 1];
                elements[at] = elements[at - 1];
                at--;
            }
            kept[at] = key;
            elements[at] = i;
        }
        return elements;
    }

    private static int first(double[] x, boolean descending) {
        int best = 0;
        long top = comparable(x[0]);
        for (int i = 1; i < x.length; i++) {
            long key = comparable(x[i]);
            if (descending ? key > top : key < top) {
                best = i;
                top = key;
            }
        }
        return best;
    }

    /** Maps a double to a long of the same order; adding 0.0 turns -0.0 into 0.0. */
    public static long comparable(double x) {
        long bits = Double.doubleToLongBits(x + 0.0); // one bit pattern for every NaN, above infinity
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    /** The place of an element is the number of elements that are less, or equal and before it. */
    private static void count(double[] keys, int[] order, int[] place) {
        int n = order.length;
        for (int i = 1; i < n; i++) {
            double key = keys[i];
            int behind = 0;
            for (int j = 0; j < i; j++) {
                int moves = keys[j] > key ? 1 : 0;
                place[j] += moves;
                behind += moves;
            }
            place[i] = i - behind;
        }
        for (int i = 0; i < n; i++) order[place[i]] = i;
    }

    private static void byRadix(double[] x, int from, boolean descending, int[] order) {
        int n = order.length;
        long[] keys = new long[n];
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < n; i++) {
            long key = comparable(x[from + i]);
            if (descending) key = ~key;
            keys[i] = key;
            order[i] = i;
            least = Math.min(least, key);
            most = Math.max(most, key);
        }
        if (least == most) return;
        RadixSort.argsort(keys, order, least, 64 - Long.numberOfLeadingZeros(most - least));
    }
}
