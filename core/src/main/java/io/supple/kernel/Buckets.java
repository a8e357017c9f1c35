// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Elements of a list dealt out to as many buckets of equal width as there are elements, between the least and the largest
 * key. With about one element in a bucket a list is all but sorted by one pass, and the elements of a few places are found
 * without sorting the others.
 *
 * <p>Order is stable. Keys that crowd into few buckets, and keys that are not finite, are left to {@link RadixSort}.
 */
final class Buckets {

    /** Elements of one bucket are compared in pairs: with more pairs for an element than this, on average, radix wins. */
    private static final int MOST_PAIRS = 8;

    /** Buckets for finding the elements of a few places. */
    private static final int SELECTION = 64;

    private Buckets() {}

    /** Buckets in a unit of the keys; 0 where the keys are all equal or too far apart for a double. */
    private static double perWidth(int buckets, double least, double most) {
        double perWidth = (buckets - 1) / (most - least);
        return perWidth <= Double.MAX_VALUE ? perWidth : 0;
    }

    /**
     * Writes the elements of keys between the least and the largest in order, and their keys; false, with nothing written,
     * if buckets do not tell them apart.
     */
    static boolean sort(double[] keys, double least, double most, int[] order, double[] sorted, Scratch scratch) {
        int n = keys.length;
        double perWidth = perWidth(n, least, most);
        if (perWidth == 0) return false;
        int[] bucket = scratch.ints(n);
        int[] starts = scratch.intZeros(n + 1); // place where each bucket begins
        for (int i = 0; i < n; i++) {
            int b = (int) ((keys[i] - least) * perWidth); // monotone in the key, rounded or not
            bucket[i] = b;
            starts[b + 1]++;
        }
        long pairs = 0;
        int start = 0;
        for (int b = 1; b <= n; b++) {
            int count = starts[b];
            pairs += (long) count * count;
            start += count;
            starts[b] = start;
        }
        if (pairs > (long) MOST_PAIRS * n) return false;
        for (int i = 0; i < n; i++) {
            int place = starts[bucket[i]]++;
            order[place] = i;
            sorted[place] = keys[i];
        }
        sortNeighbours(sorted, order, n);
        return true;
    }

    /**
     * The elements at the places {@code first, first + 1, ..} of keys between the least and the largest: only the buckets of
     * those places are sorted, so that few will do. Null if too many elements share them.
     */
    static int[] select(double[] keys, double least, double most, int first, int count) {
        int n = keys.length;
        int buckets = Math.min(n, SELECTION);
        double perWidth = perWidth(buckets, least, most);
        if (perWidth == 0) return null;
        byte[] bucket = new byte[n];
        int[] sizes = new int[buckets];
        for (int i = 0; i < n; i++) {
            int b = (int) ((keys[i] - least) * perWidth);
            bucket[i] = (byte) b;
            sizes[b]++;
        }
        int from = 0;
        int before = 0;
        while (before + sizes[from] <= first) before += sizes[from++];
        int to = from;
        int size = sizes[from];
        while (before + size < first + count) size += sizes[++to];
        if ((long) size * size > (long) MOST_PAIRS * n) return null;
        int[] order = new int[size];
        double[] sorted = new double[size];
        int next = 0;
        for (int i = 0; next < size; i++) {
            if (bucket[i] < from || bucket[i] > to) continue;
            order[next] = i;
            sorted[next++] = keys[i];
        }
        sortNeighbours(sorted, order, size);
        int[] elements = new int[count];
        System.arraycopy(order, first - before, elements, 0, count);
        return elements;
    }

    /** Insertion sort: each key is near its place, and equal keys stand in the order of the list. */
    private static void sortNeighbours(double[] sorted, int[] order, int n) {
        for (int i = 1; i < n; i++) {
            double key = sorted[i];
            if (sorted[i - 1] <= key) continue;
            int element = order[i];
            int j = i - 1;
            do {
                sorted[j + 1] = sorted[j];
                order[j + 1] = order[j];
                j--;
            } while (j >= 0 && sorted[j] > key);
            sorted[j + 1] = key;
            order[j + 1] = element;
        }
    }
}
