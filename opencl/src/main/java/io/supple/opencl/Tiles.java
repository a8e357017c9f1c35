// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import io.supple.device.Rows;
import java.util.Arrays;

/**
 * The rows of a batch by length: each class of lengths has its number of lanes, so that short rows share a work-group. And
 * the other rows, which the JVM computes.
 */
final class Tiles {

    /** The longest row of each class but the last. */
    private static final int[] WIDTHS = {4, 16, 64, 256, 1024};

    /** Numbers beyond this are left to kernels that scale them. */
    private static final double LARGEST = 1e100;

    private final int[][] rows = new int[WIDTHS.length + 1][];
    private final int[] counts = new int[WIDTHS.length + 1];
    private final int group;
    private int[] others = {};
    private int otherCount;

    /**
     * Sorts rows.
     *
     * @param longest the longest row that is taken
     */
    Tiles(Rows batch, int longest, int group) {
        this.group = group;
        Arrays.fill(rows, new int[] {});
        for (int r = 0; r < batch.count(); r++) {
            int n = batch.length(r);
            if (n > 0 && n <= longest && ordinary(batch, r)) take(r, n);
            else leave(r);
        }
    }

    private void take(int r, int n) {
        int k = 0;
        while (k < WIDTHS.length && n > WIDTHS[k]) k++;
        if (counts[k] == rows[k].length) rows[k] = Arrays.copyOf(rows[k], Math.max(64, 2 * counts[k]));
        rows[k][counts[k]++] = r;
    }

    private void leave(int r) {
        if (otherCount == others.length) others = Arrays.copyOf(others, Math.max(16, 2 * otherCount));
        others[otherCount++] = r;
    }

    private static boolean ordinary(Rows batch, int r) {
        int from = batch.from(r);
        int to = from + batch.length(r);
        for (int j = 0; j < batch.width(); j++) {
            double[] x = batch.column(j);
            for (int i = from; i < to; i++) if (!(Math.abs(x[i]) <= LARGEST)) return false; // nor NaN
        }
        return true;
    }

    /** How many classes of lengths there are. */
    int classes() {
        return rows.length;
    }

    /** How many rows a class has. */
    int count(int k) {
        return counts[k];
    }

    /** The rows of a class. */
    int[] rows(int k) {
        return rows[k];
    }

    /** The most numbers that a row of a class may have, a power of two; the last class has no bound. */
    int width(int k) {
        return k < WIDTHS.length ? WIDTHS[k] : Integer.MAX_VALUE;
    }

    /** The lanes that work on a row of a class. */
    int lanes(int k) {
        return k < WIDTHS.length ? Math.min(group, WIDTHS[k] / 2) : group;
    }

    /** How many rows there are for the device. */
    int count() {
        return Arrays.stream(counts).sum();
    }

    /** Those for the JVM. */
    int[] others() {
        return Arrays.copyOf(others, otherCount);
    }
}
