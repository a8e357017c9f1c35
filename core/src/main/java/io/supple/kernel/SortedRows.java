// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The soft permutation P of SoftSort in the sorted order of its keys, without its n x n entries: row i belongs to the
 * anchor {@code t_i}, column j to the key {@code t_j}, i and j are sorted places.
 *
 * <p>All methods are products with P and with its derivative. A row moves with {@code vDot_ij = sgn_ij (tDot_j - a_i)},
 * where {@code sgn_ij} is the sign of {@code t_i - t_j} over the softness and {@code a_i = tDot_i}, 0 at ties. The rows of
 * the largest and of the smallest key have one sign for all columns, ties too, and {@code a_i = 0}: see {@link SoftSort}.
 */
abstract sealed class SortedRows permits LaplaceRows, WindowRows {

    final double[] t;
    final int n;
    final double s;

    /** The derivative of {@code |t_i - t_j| / s} for the place i behind j. */
    final double slope;

    /** End of the places tied with the first one, and start of those tied with the last one. */
    final int firstEnd;

    final int lastStart;

    SortedRows(double[] t, boolean descending, double s) {
        this.t = t;
        this.s = s;
        n = t.length;
        slope = (descending ? -1 : 1) / s;
        int end = 0;
        while (end < n && t[end] == t[0]) end++;
        int start = n;
        while (start > 0 && t[start - 1] == t[n - 1]) start--;
        boolean allTied = end == n;
        // all tied: every key is the largest, so that ties are on the side of the smaller keys
        firstEnd = allTied && !descending ? 0 : end;
        lastStart = allTied && descending ? n : start;
    }

    /**
     * Makes the rows.
     *
     * @param c smoothness class
     * @param t keys in sorted order
     * @param descending whether the largest key is first
     * @param s softness
     * @param read the places whose rows are read; null for all
     */
    static SortedRows of(Smoothness c, double[] t, boolean descending, double s, int[] read) {
        return c == Smoothness.SMOOTH ? new LaplaceRows(t, descending, s) : new WindowRows(c, t, descending, s, read);
    }

    /** {@code P x}. */
    abstract double[] times(double[] x);

    /** Adds {@code P' w} to y. */
    abstract void addTransposed(double[] w, double[] y);

    /** Adds to gt the cotangents of the keys under {@code <g, P x>}. */
    abstract void addPull(double[] x, double[] g, double[] gt);

    /** Adds to y what {@code P x} changes by as the keys move along tDot. */
    abstract void addPush(double[] tDot, double[] x, double[] y);

    /** Adds to y what {@code P' w} changes by as the keys move along tDot. */
    abstract void addPushTransposed(double[] tDot, double[] w, double[] y);

    /** Whether any two keys are equal. */
    final boolean tied() {
        boolean equal = n < 2; // one key is all of them
        for (int i = 1; i < n; i++) equal |= t[i] == t[i - 1];
        return equal;
    }

    /** Side of the places tied with i: 1 if they count as before it, -1 as behind it, 0 as neither. */
    final int tieSide(int i) {
        if (i >= lastStart) return 1;
        return i < firstEnd ? -1 : 0;
    }

    static double sum(double[] w, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += w[i];
        return sum;
    }

    /** {@code a_i}, the tangents of the anchors. */
    final double[] anchorTangents(double[] tDot) {
        double[] a = new double[n];
        if (firstEnd < lastStart) System.arraycopy(tDot, firstEnd, a, firstEnd, lastStart - firstEnd);
        return a;
    }
}
