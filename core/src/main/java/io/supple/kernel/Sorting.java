// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Stable argsort of primitive keys: equal keys keep their order, in both directions.
 *
 * <p>The order is total: NaN is the largest value and -0.0 equals 0.0, as in Spark.
 *
 * <p>Short lists are sorted by insertion. Of others the leading bits of {@code key - least key} are sorted by radix, in one
 * number with the index of the element, so that no index is followed while sorting. Keys that agree in those bits, few
 * unless the list is made of clusters, are sorted again by the bits below. Time O(n), O(n log n) with clusters, scratch
 * O(n).
 */
public final class Sorting {

    /** Lists up to this length are sorted by insertion: between 30 and 60 both ways took the same time, logistic keys. */
    private static final int SHORT = 40;

    /** Digits of the radix sort: three of log n bits leave few elements that agree in all of them. */
    private static final int DIGITS = 3;

    /** Counts of larger digits would leave the first-level cache. */
    private static final int LARGEST_DIGIT = 11;

    /** Twice the rounds that a list of any length needs on average. */
    private static final int SELECTION_ROUNDS = 64;

    private Sorting() {}

    /** The indices of {@code x[from..from+n)}, relative to {@code from}, in ascending or descending order. */
    public static int[] argsort(double[] x, int from, int n, boolean descending) {
        int[] order = new int[n];
        long[] keys = new long[n];
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        boolean sorted = true;
        boolean reversed = true; // without ties, which keep their order
        for (int i = 0; i < n; i++) {
            long key = comparable(x[from + i]);
            if (descending) key = ~key;
            keys[i] = key;
            order[i] = i;
            sorted &= key >= most;
            reversed &= key < least;
            least = Math.min(least, key);
            most = Math.max(most, key);
        }
        if (sorted) return order;
        if (reversed) {
            for (int i = 0; i < n; i++) order[i] = n - 1 - i;
        } else if (n <= SHORT) {
            insertion(keys, order);
        } else {
            byRadix(keys, order, least, 64 - Long.numberOfLeadingZeros(most - least));
        }
        return order;
    }

    /** The elements that stand at some places of {@link #argsort}; a single one is selected in O(n), without sorting. */
    public static int[] elementsAt(double[] x, int[] places, boolean descending) {
        if (places.length == 1) return new int[] {elementAt(x, places[0], descending)};
        int[] order = argsort(x, 0, x.length, descending);
        int[] elements = new int[places.length];
        for (int r = 0; r < places.length; r++) elements[r] = order[places[r]];
        return elements;
    }

    private static int elementAt(double[] x, int place, boolean descending) {
        long[] keys = new long[x.length];
        for (int i = 0; i < keys.length; i++) {
            long key = comparable(x[i]);
            keys[i] = descending ? ~key : key;
        }
        return place == 0 ? first(keys) : elementWith(select(keys.clone(), place), place, keys);
    }

    private static int first(long[] keys) {
        int best = 0;
        for (int i = 1; i < keys.length; i++) if (keys[i] < keys[best]) best = i;
        return best;
    }

    /** The element at a place whose key is known: ties stand in the order of the list. */
    private static int elementWith(long key, int place, long[] keys) {
        int tiesBefore = place;
        for (long other : keys) if (other < key) tiesBefore--;
        for (int i = 0; ; i++) if (keys[i] == key && tiesBefore-- == 0) return i;
    }

    /** The key at a place of the sorted order; the array is rearranged. Hoare's quickselect, by sorting if that drags on. */
    private static long select(long[] v, int place) {
        int lo = 0;
        int hi = v.length - 1;
        for (int round = 0; lo < hi; round++) {
            if (round == SELECTION_ROUNDS) {
                Arrays.sort(v, lo, hi + 1);
                break;
            }
            long pivot = median(v[lo], v[lo + hi >>> 1], v[hi]);
            int i = lo;
            int j = hi;
            while (i <= j) {
                while (v[i] < pivot) i++;
                while (v[j] > pivot) j--;
                if (i > j) break;
                long swap = v[i];
                v[i++] = v[j];
                v[j--] = swap;
            }
            if (place <= j) {
                hi = j;
            } else if (place >= i) {
                lo = i;
            } else {
                break; // between j and i stands the pivot
            }
        }
        return v[place];
    }

    private static long median(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** Maps a double to a long of the same order; adding 0.0 turns -0.0 into 0.0. */
    public static long comparable(double x) {
        long bits = Double.doubleToLongBits(x + 0.0); // one bit pattern for every NaN, above infinity
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    private static void insertion(long[] keys, int[] order) {
        for (int i = 1; i < order.length; i++) {
            long key = keys[i];
            int j = i - 1;
            while (j >= 0 && keys[j] > key) {
                keys[j + 1] = keys[j];
                order[j + 1] = order[j];
                j--;
            }
            keys[j + 1] = key;
            order[j + 1] = i;
        }
    }

    /** Writes the order; the keys lie within {@code rangeBits} bits above {@code least}. */
    private static void byRadix(long[] keys, int[] order, long least, int rangeBits) {
        int n = order.length;
        int indexBits = 32 - Integer.numberOfLeadingZeros(n - 1);
        int digitBits = Math.min(indexBits, LARGEST_DIGIT);
        int keyBits = Math.min(rangeBits, Math.min(DIGITS * digitBits, 63 - indexBits));
        int dropped = rangeBits - keyBits;
        long[] packed = new long[n];
        for (int i = 0; i < n; i++) packed[i] = (keys[i] - least) >>> dropped << indexBits | i;
        packed = radix(packed, indexBits, keyBits, digitBits);
        int index = (1 << indexBits) - 1;
        if (dropped > 0) sortByDroppedBits(keys, least, packed, indexBits, dropped);
        for (int i = 0; i < n; i++) order[i] = (int) packed[i] & index;
    }

    /** Sorts again each run of elements that agree in the leading bits, by the bits that were dropped. */
    private static void sortByDroppedBits(long[] keys, long least, long[] packed, int indexBits, int dropped) {
        int n = packed.length;
        long index = (1L << indexBits) - 1;
        long low = (1L << dropped) - 1;
        int start = 0;
        for (int end = 1; end <= n; end++) {
            if (end < n && packed[end] >>> indexBits == packed[start] >>> indexBits) continue;
            if (end > start + 1) {
                boolean sorted = true;
                for (int i = start; i < end; i++) {
                    long element = packed[i] & index;
                    packed[i] = (keys[(int) element] - least & low) << indexBits | element;
                    sorted &= i == start || packed[i - 1] < packed[i];
                }
                if (!sorted) Arrays.sort(packed, start, end);
            }
            start = end;
        }
    }

    /** Sorts by the bits from {@code lowest} on, of which there are {@code bits}, least significant digit first. */
    private static long[] radix(long[] packed, int lowest, int bits, int digitBits) {
        int n = packed.length;
        long[] from = packed;
        long[] to = new long[n];
        int digit = (1 << digitBits) - 1;
        int[] starts = new int[1 << digitBits];
        for (int shift = lowest; shift < lowest + bits; shift += digitBits) {
            Arrays.fill(starts, 0);
            for (long value : from) starts[(int) (value >>> shift) & digit]++;
            int start = 0;
            for (int b = 0; b < starts.length; b++) {
                int count = starts[b];
                starts[b] = start;
                start += count;
            }
            for (long value : from) to[starts[(int) (value >>> shift) & digit]++] = value;
            long[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }
}
