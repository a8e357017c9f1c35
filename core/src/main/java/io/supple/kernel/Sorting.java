// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Stable argsort of primitive keys: equal keys keep their order, in both directions.
 *
 * <p>The order is total: NaN is the largest value and -0.0 equals 0.0, as in Spark. Bottom-up merge sort over runs made
 * by insertion; time O(n log n), scratch O(n).
 */
public final class Sorting {

    /** Runs of this length are made by insertion, which beats merging on short lists. */
    private static final int RUN = 24;

    private Sorting() {}

    /** The indices of {@code x[from..from+n)}, relative to {@code from}, in ascending or descending order. */
    public static int[] argsort(double[] x, int from, int n, boolean descending) {
        long[] keys = new long[n];
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            long key = comparable(x[from + i]);
            keys[i] = descending ? ~key : key;
            order[i] = i;
        }
        for (int start = 0; start < n; start += RUN) insertion(keys, order, start, Math.min(start + RUN, n));
        int[] merged = n > RUN ? new int[n] : order;
        for (int width = RUN; width < n; width *= 2) {
            for (int start = 0; start < n; start += 2 * width) {
                merge(keys, order, merged, start, Math.min(start + width, n), Math.min(start + 2 * width, n));
            }
            int[] swap = order;
            order = merged;
            merged = swap;
        }
        return order;
    }

    /** The elements that stand at some places of {@link #argsort}. */
    public static int[] elementsAt(double[] x, int[] places, boolean descending) {
        int[] order = argsort(x, 0, x.length, descending);
        int[] elements = new int[places.length];
        for (int r = 0; r < places.length; r++) elements[r] = order[places[r]];
        return elements;
    }

    /** Maps a double to a long of the same order; adding 0.0 turns -0.0 into 0.0. */
    public static long comparable(double x) {
        long bits = Double.doubleToLongBits(x + 0.0); // one bit pattern for every NaN, above infinity
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    private static void insertion(long[] keys, int[] order, int start, int end) {
        for (int i = start + 1; i < end; i++) {
            int moving = order[i];
            long key = keys[moving];
            int j = i - 1;
            while (j >= start && keys[order[j]] > key) {
                order[j + 1] = order[j];
                j--;
            }
            order[j + 1] = moving;
        }
    }

    private static void merge(long[] keys, int[] from, int[] to, int start, int middle, int end) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft = right >= end || (left < middle && keys[from[left]] <= keys[from[right]]);
            to[at] = takeLeft ? from[left++] : from[right++];
        }
    }
}
