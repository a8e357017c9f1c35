// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Count, mean and central sum of squares of u over any range of a sorted list: O(n) to make, O(log n) to ask.
 *
 * <p>A table of the ranges {@code [j 2^k, (j + 1) 2^k)}, each with its mean relative to its first element. Differences of
 * prefix sums would be shorter, but cancel on long lists.
 */
final class RangeMoments {

    /** The mean is relative to an element that the caller names; of no elements it is 0. */
    record Sums(int count, double mean, double m2) {}

    private final BlockPooling list;
    private final double[][] mean; // of level k and range j
    private final double[][] m2;

    RangeMoments(BlockPooling list, int n) {
        this.list = list;
        int levels = 32 - Integer.numberOfLeadingZeros(n);
        mean = new double[levels][];
        m2 = new double[levels][];
        for (int k = 0; k < levels; k++) {
            mean[k] = new double[n >> k];
            m2[k] = new double[n >> k];
            for (int j = 0; k > 0 && j < mean[k].length; j++) {
                int left = 2 * j;
                double fall = list.fall(left << (k - 1), (left + 1) << (k - 1));
                double apart = mean[k - 1][left + 1] - fall - mean[k - 1][left];
                mean[k][j] = mean[k - 1][left] + apart / 2;
                m2[k][j] = m2[k - 1][left] + m2[k - 1][left + 1] + apart * apart * (1 << (k - 1)) / 2;
            }
        }
    }

    /** Sums over {@code [from, to)}, the mean relative to element {@code origin}. */
    Sums of(int origin, int from, int to) {
        int count = 0;
        double total = 0;
        double squares = 0;
        for (int at = from; at < to; ) {
            int k = Math.min(Integer.numberOfTrailingZeros(at), 31 - Integer.numberOfLeadingZeros(to - at));
            int size = 1 << k;
            double apart = mean[k][at >> k] - list.fall(origin, at) - total;
            double share = (double) size / (count + size);
            squares += m2[k][at >> k] + apart * apart * count * share;
            total += apart * share;
            count += size;
            at += size;
        }
        return new Sums(count, total, squares);
    }
}
