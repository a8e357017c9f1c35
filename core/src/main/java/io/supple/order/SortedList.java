// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;

/** What is read from lists that a method has sorted as a whole: (lists, n), ascending. */
final class SortedList {

    private SortedList() {}

    /** The first places: (lists, places). */
    static Tensor places(Tensor sorted, Places places) {
        return pick(sorted, places.fromSmallest(sorted.length(1)));
    }

    /** Quantiles: (lists, levels). */
    static Tensor quantiles(Tensor sorted, Levels levels) {
        return pick(sorted, levels.places()).combineLast(levels.weights());
    }

    private static Tensor pick(Tensor sorted, int[] at) {
        int lists = sorted.length(0);
        int n = sorted.length(1);
        int[] index = new int[lists * at.length];
        for (int i = 0; i < index.length; i++) index[i] = i / at.length * n + at[i % at.length];
        return sorted.gather(new int[] {lists, at.length}, index);
    }

    /** Rows of matrices, (lists, n, m) to (lists, rows, m). */
    static Tensor rows(Tensor matrices, int[] at) {
        int lists = matrices.length(0);
        int n = matrices.length(1);
        int m = matrices.length(2);
        int[] index = new int[lists * at.length * m];
        for (int i = 0; i < index.length; i++) {
            int row = i / m;
            index[i] = (row / at.length * n + at[row % at.length]) * m + i % m;
        }
        return matrices.gather(new int[] {lists, at.length, m}, index);
    }
}
