// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Stable argsort of whole numbers by radix. The leading bits of {@code key - least key} are sorted in one number with the
 * index of the element, so that no index is followed while sorting. Keys that agree in those bits, few unless the list is
 * made of clusters, are sorted again by the bits below. Time O(n), O(n log n) with clusters, scratch O(n).
 */
final class RadixSort {

    /** Three digits of log n bits leave few elements that agree in all of them. */
    private static final int DIGITS = 3;

    /** Counts of larger digits would leave the first-level cache. */
    private static final int LARGEST_DIGIT = 11;

    private RadixSort() {}

    /** Writes the order; the keys lie within {@code rangeBits} bits above {@code least}. */
    static void argsort(long[] keys, int[] order, long least, int rangeBits) {
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
