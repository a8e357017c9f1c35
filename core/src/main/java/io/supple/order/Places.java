// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

/**
 * The first places of a sorted list, from one end.
 *
 * @param count how many
 * @param descending whether they begin with the largest
 */
public record Places(int count, boolean descending) {

    /** The place of the largest element. */
    public static final Places LARGEST = new Places(1, true);

    /** The place of the smallest element. */
    public static final Places SMALLEST = new Places(1, false);

    /** The same places counted from the smallest of n. */
    int[] fromSmallest(int n) {
        int[] at = new int[count];
        for (int r = 0; r < count; r++) at[r] = descending ? n - 1 - r : r;
        return at;
    }
}
