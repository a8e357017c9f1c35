// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The elements of a list by label, the highest first: those below an element stand behind the end of its run of equal
 * labels. Numbers a, b count elements in this order.
 */
public final class LabelOrder {

    final int[] order; // element at each number
    final int[] ends; // for each number the first one with a lower label
    final int runs;

    /** The order of the labels of one list. */
    public LabelOrder(double[] labels, Scratch scratch) {
        int n = labels.length;
        order = scratch.ints(n);
        double[] sorted = scratch.doubles(n);
        Sorting.argsort(labels, 0, true, order, sorted, scratch);
        ends = scratch.ints(n);
        int found = 0;
        for (int a = n - 1; a >= 0; a--) {
            boolean last = a == n - 1 || sorted[a] != sorted[a + 1];
            ends[a] = last ? a + 1 : ends[a + 1];
            if (last) found++;
        }
        runs = found;
    }

    int n() {
        return order.length;
    }
}
