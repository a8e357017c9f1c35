// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * What is read from many rows of {@link SoftSort} at once. The same numbers as {@link SoftPermutation} gives for its rows
 * one by one, in O(n log n) for SMOOTH and O(n log n + sum of supports) for the sparse classes, memory O(n): the list is
 * sorted once, then everything is a product with {@link SortedRows}.
 *
 * <p>One object holds one list, for forward, vjp and jvp. A list of NaN has NaN everywhere.
 */
public final class SortedSoftSort {

    private final int n;
    private final boolean undefined;
    private final int[] order; // element at each place
    private final int[] at; // place of the anchor of each row; null: row r is at place r
    private final SortedRows rows;

    private SortedSoftSort(Smoothness c, double[] z, double s, boolean descending, int[] order, int[] at) {
        n = z.length;
        undefined = n > 0 && Double.isNaN(z[0]);
        this.order = order;
        this.at = at;
        rows = undefined ? null : SortedRows.of(c, gather(z), descending, s, at);
    }

    /**
     * The rows at some places.
     *
     * @param c smoothness class
     * @param z keys, all finite or all NaN
     * @param s softness
     * @param descending whether the largest key is at place 0
     * @param places the places that are read; null for all in order
     */
    public static SortedSoftSort atPlaces(Smoothness c, double[] z, double s, boolean descending, int[] places) {
        return new SortedSoftSort(c, z, s, descending, Sorting.argsort(z, 0, z.length, descending), places);
    }

    /** The rows whose anchors are the elements themselves, in the order of the list. */
    public static SortedSoftSort atElements(Smoothness c, double[] z, double s, boolean descending) {
        int[] order = Sorting.argsort(z, 0, z.length, descending);
        int[] at = new int[order.length];
        for (int i = 0; i < at.length; i++) at[order[i]] = i;
        return new SortedSoftSort(c, z, s, descending, order, at);
    }

    /** The exact place of each element, 1 for the first. */
    public double[] exactRanks() {
        double[] ranks = new double[n];
        for (int i = 0; i < n; i++) ranks[order[i]] = i + 1;
        return ranks;
    }

    /** {@code y_r = sum_j P_rj x_j}; {@code y[to..to+rows)} is written. */
    public void apply(double[] x, double[] y, int to) {
        if (undefined) {
            undefine(y, to, rows());
        } else {
            read(rows.times(gather(x)), y, to);
        }
    }

    /** Adds the vjp of {@link #apply}: to {@code gx} for the payload x unless it is null, to {@code gz} for the keys. */
    public void applyVjp(double[] x, double[] g, int from, double[] gx, double[] gz) {
        if (undefined) {
            if (gx != null) undefine(gx, 0, n);
            undefine(gz, 0, n);
            return;
        }
        double[] gAt = spread(g, from);
        if (gx != null) {
            double[] out = new double[n];
            rows.addTransposed(gAt, out);
            scatter(out, gx, 0);
        }
        double[] gt = new double[n];
        rows.addPull(gather(x), gAt, gt);
        scatter(gt, gz, 0);
    }

    /** The derivative of {@link #apply} along zDot and xDot; xDot is null for 0. {@code yDot[to..to+rows)} is written. */
    public void applyJvp(double[] zDot, double[] x, double[] xDot, double[] yDot, int to) {
        if (undefined) {
            undefine(yDot, to, rows());
            return;
        }
        double[] out = xDot == null ? new double[n] : rows.times(gather(xDot));
        rows.addPush(gather(zDot), gather(x), out);
        read(out, yDot, to);
    }

    /** Weighted sums of rows, {@code y_mj = sum_r w_mr P_rj}; added to {@code y[to..to + m n)}. */
    public void mix(double[][] w, double[] y, int to) {
        if (undefined) {
            undefine(y, to, w.length * n);
            return;
        }
        for (int m = 0; m < w.length; m++) {
            double[] out = new double[n];
            rows.addTransposed(spread(w[m], 0), out);
            scatter(out, y, to + m * n);
        }
    }

    /** Adds the vjp of {@link #mix} to {@code gz}. */
    public void mixVjp(double[][] w, double[] g, int from, double[] gz) {
        if (undefined) {
            undefine(gz, 0, n);
            return;
        }
        double[] gt = new double[n];
        for (int m = 0; m < w.length; m++) {
            double[] gm = new double[n];
            for (int i = 0; i < n; i++) gm[i] = g[from + m * n + order[i]];
            rows.addPull(gm, spread(w[m], 0), gt); // <g, P'w> = <w, P g>
        }
        scatter(gt, gz, 0);
    }

    /** The derivative of {@link #mix} along zDot; added to {@code yDot[to..to + m n)}. */
    public void mixJvp(double[] zDot, double[][] w, double[] yDot, int to) {
        if (undefined) {
            undefine(yDot, to, w.length * n);
            return;
        }
        double[] tDot = gather(zDot);
        for (int m = 0; m < w.length; m++) {
            double[] out = new double[n];
            rows.addPushTransposed(tDot, spread(w[m], 0), out);
            scatter(out, yDot, to + m * n);
        }
    }

    private int rows() {
        return at == null ? n : at.length;
    }

    private static void undefine(double[] y, int from, int length) {
        Arrays.fill(y, from, from + length, Double.NaN);
    }

    /** From the order of the list to sorted order. */
    private double[] gather(double[] x) {
        double[] sorted = new double[n];
        for (int i = 0; i < n; i++) sorted[i] = x[order[i]];
        return sorted;
    }

    private void scatter(double[] sorted, double[] y, int to) {
        for (int i = 0; i < n; i++) y[to + order[i]] += sorted[i];
    }

    /** From places to rows. */
    private void read(double[] sorted, double[] y, int to) {
        if (at == null) {
            System.arraycopy(sorted, 0, y, to, n);
        } else {
            for (int r = 0; r < at.length; r++) y[to + r] = sorted[at[r]];
        }
    }

    /** From rows to places. */
    private double[] spread(double[] w, int from) {
        if (at == null) return from == 0 && w.length == n ? w : Arrays.copyOfRange(w, from, from + n);
        double[] spread = new double[n];
        for (int r = 0; r < at.length; r++) spread[at[r]] += w[from + r];
        return spread;
    }
}
