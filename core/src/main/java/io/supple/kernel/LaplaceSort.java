// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * SoftSort of class SMOOTH where the list itself is what is compared, as it is or {@link Squash squashed}: its sorted values
 * and its ranks, with their gradients, from the numbers to the numbers. The list is sorted once and everything else happens in
 * sorted order, by {@link LaplaceSums}: time O(n log n), memory O(n).
 *
 * <p>The same as {@link SortedSoftSort} on the squashed list, and what most callers want of it. A list with NaN or an
 * infinite number has NaN everywhere.
 */
public final class LaplaceSort {

    private final Scratch scratch;
    private final int n;
    private final boolean descending;
    private final boolean undefined;
    private final int[] order; // element at each place
    private final double[] t; // the list in that order
    private final double[] z; // its keys
    private final Moments moments; // null for keys that are not squashed
    private final LaplaceRows rows; // null if undefined

    private LaplaceRows.Centred payload;
    private double[] mean = {}; // of the payload, under each row

    /**
     * One list.
     *
     * @param x the list
     * @param squash whether keys are the list squashed
     * @param s softness
     * @param descending whether the largest is first
     * @param scratch where arrays come from; those of a thread, if nobody asks for gradients
     */
    public LaplaceSort(double[] x, boolean squash, double s, boolean descending, Scratch scratch) {
        this.scratch = scratch;
        this.descending = descending;
        n = x.length;
        order = scratch.ints(n);
        t = scratch.doubles(n);
        Sorting.argsort(x, 0, descending, order, t, scratch);
        undefined = n > 0 && !(Double.isFinite(t[0]) && Double.isFinite(t[n - 1])); // NaN and infinity are at an end
        if (squash && !undefined) {
            moments = Moments.ofSorted(t);
            z = scratch.doubles(n);
            Squash.forward(moments, t, z, 0, n, scratch);
            sortAgain();
        } else {
            moments = null;
            z = t;
        }
        rows = undefined ? null : new LaplaceRows(z, descending, s, scratch);
    }

    /** Keys that differ by a rounding error may have changed places when they were squashed. */
    private void sortAgain() {
        double sign = descending ? -1 : 1;
        boolean sorted = true;
        for (int i = 1; i < n; i++) sorted &= descending ? z[i - 1] >= z[i] : z[i - 1] <= z[i];
        for (int i = 1; i < n && !sorted; i++) {
            for (int j = i; j > 0 && sign * z[j - 1] > sign * z[j]; j--) {
                swap(z, j);
                swap(t, j);
                int element = order[j];
                order[j] = order[j - 1];
                order[j - 1] = element;
            }
        }
    }

    private static void swap(double[] a, int j) {
        double held = a[j];
        a[j] = a[j - 1];
        a[j - 1] = held;
    }

    /** The sorted values at the first places; {@code y[to..to+count)} is written. */
    public void values(double[] y, int to, int count) {
        read(t);
        System.arraycopy(result(), 0, y, to, count);
    }

    /**
     * Adds the vjp of {@link #values}, which was called before, to gx.
     *
     * @param keys whether gradients flow through the order too, not only to the values
     */
    public void valuesVjp(double[] g, int from, int count, boolean keys, double[] gx) {
        double[] gt = new double[n];
        System.arraycopy(g, from, gt, 0, count);
        pull(gt, true, keys, gx);
    }

    /** The rank of each element, 1 for the first; {@code y[to..to+n)} is written. */
    public void ranks(double[] y, int to) {
        double[] places = scratch.doubles(n);
        for (int i = 0; i < n; i++) places[i] = i + 1;
        read(places);
        double[] ranks = result();
        for (int i = 0; i < n; i++) y[to + order[i]] = ranks[i];
    }

    /** Adds the vjp of {@link #ranks}, which was called before, to gx. */
    public void ranksVjp(double[] g, int from, double[] gx) {
        double[] gt = new double[n];
        for (int i = 0; i < n; i++) gt[i] = g[from + order[i]];
        pull(gt, false, true, gx);
    }

    private void read(double[] sorted) {
        if (undefined) return;
        payload = LaplaceRows.Centred.ofSorted(sorted);
        mean = rows.means(payload);
    }

    private double[] result() {
        if (!undefined) return payload.restored(mean);
        double[] y = new double[n];
        Arrays.fill(y, Double.NaN);
        return y;
    }

    /** From cotangents of the rows to gx: through the payload if it is the list, and through the keys. */
    private void pull(double[] g, boolean toPayload, boolean toKeys, double[] gx) {
        if (undefined) {
            for (int i = 0; i < n; i++) gx[i] = Double.NaN;
            return;
        }
        double[] out = new double[n];
        if (!toKeys) {
            rows.addTransposed(g, out);
        } else if (moments == null) {
            rows.addPull(payload, mean, rows.perMass(g), toPayload ? out : null, out);
        } else {
            double[] gz = new double[n];
            rows.addPull(payload, mean, rows.perMass(g), toPayload ? out : null, gz);
            Squash.vjp(moments, t, z, gz, out, 0, n);
        }
        for (int i = 0; i < n; i++) gx[order[i]] += out[i];
    }
}
