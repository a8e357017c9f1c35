// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

/** Which sorted places an operator reads, counted from 0 in one direction. */
public final class Places {

    private final boolean descending;
    private final int[] at;

    private Places(boolean descending, int[] at) {
        this.descending = descending;
        this.at = at;
    }

    /** Places counted from the smallest. The array is used, not copied. */
    public static Places ascending(int... at) {
        return new Places(false, at);
    }

    /** Every place in turn. */
    public static Places all(int n, boolean descending) {
        return first(n, descending);
    }

    /** The first k places. */
    public static Places first(int k, boolean descending) {
        int[] at = new int[k];
        for (int i = 0; i < k; i++) at[i] = i;
        return new Places(descending, at);
    }

    /** The place of the largest element. */
    public static Places largest() {
        return first(1, true);
    }

    /** The place of the smallest element. */
    public static Places smallest() {
        return first(1, false);
    }

    /** Whether place 0 is the largest. */
    public boolean descending() {
        return descending;
    }

    /** Number of places read. */
    public int count() {
        return at.length;
    }

    /** The place that row r reads, counted in the {@link #descending direction}. */
    int at(int r) {
        return at[r];
    }

    /** The same places counted from the smallest. */
    int[] fromSmallest(int n) {
        int[] out = at.clone();
        if (descending) for (int i = 0; i < out.length; i++) out[i] = n - 1 - out[i];
        return out;
    }
}
