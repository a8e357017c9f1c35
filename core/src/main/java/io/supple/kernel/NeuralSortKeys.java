// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** What all rows of {@link NeuralSort} on a sorted list share: keys, sums of distances, room to compute a row in. */
final class NeuralSortKeys {

    /** SMOOTH: logits so far below the largest add nothing to a double. */
    private static final double SMOOTH_CUT = 38;

    /** SMOOTH: the same beside a column whose sum is 1e-10 and not near 1. */
    private static final double THIN_CUT = SMOOTH_CUT + 24;

    /** Other classes: no entry farther below the largest is in the support; see {@link SimplexProjection}. */
    private static final double SPARSE_CUT = 1;

    /** Places between those whose windows bound the windows of others. */
    private static final int GRID = 256;

    final Smoothness c;
    final double s;
    final double[] z; // ascending, from their middle
    final int n;
    final SoftDistances distances;
    final double[] sums;

    /** Length of arrays whose every window is one of whole vectors. */
    final int padded;

    final double[] scratch;
    final double[] p;
    final double[] w;
    final double[] factor;
    private final NeuralSortWindows windows;
    private final NeuralSortWindows wider;
    private final boolean[] thin; // places whose rows have the sums of thin columns; null if there are none
    private int[] gridLo = {};
    private int[] gridHi = {};

    /**
     * The keys of one list.
     *
     * @param c smoothness class
     * @param sorted keys, ascending
     * @param s softness, as {@link NeuralSort#softness}
     * @param columns whether columns will be divided by their sums, down to 1e-10
     */
    NeuralSortKeys(Smoothness c, double[] sorted, double s, boolean columns) {
        this.c = c;
        this.s = s;
        n = sorted.length;
        distances = SoftDistances.of(c, sorted, s);
        sums = new double[n];
        distances.sums(sums);
        z = new double[n];
        for (int j = 0; j < n; j++) z[j] = sorted[j] - sorted[n / 2];
        windows = new NeuralSortWindows(z, sums, (smooth() ? SMOOTH_CUT : SPARSE_CUT) * s);
        thin = columns && smooth() ? ThinColumns.places(z, sums, s) : null;
        wider = thin == null ? windows : new NeuralSortWindows(z, sums, THIN_CUT * s);
        padded = upward(n);
        scratch = new double[n];
        p = new double[padded];
        w = smooth() ? p : new double[n];
        factor = smooth() ? new double[padded] : scratch;
    }

    boolean smooth() {
        return c == Smoothness.SMOOTH;
    }

    static int downward(int j) {
        return j & -Lanes.USED.width();
    }

    static int upward(int j) {
        return j + Lanes.USED.width() - 1 & -Lanes.USED.width();
    }

    /** Finds windows that bound all others, so that those of a few places take the time of their own windows. */
    void bound() {
        if (gridLo.length > 0 || n == 0) return;
        int count = (n - 1) / GRID + 1;
        int[] from = new int[count];
        int[] to = new int[count];
        windows.find(0, GRID, count, 1, 0, n, from, to, 0);
        gridLo = from;
        gridHi = to;
    }

    /** The range of the keys in a window near that of a place, where windows are {@link #bound() bounded}. */
    double range(int place) {
        int at = place / GRID;
        return z[gridHi[at] - 1] - z[gridLo[at]];
    }

    /** What rounding errors of logits, the largest there is, do to a row, as a part of it. */
    double noise() {
        return windows.rounding() / s;
    }

    /** Whether the row of a place is one that {@link ThinColumns} live in. */
    boolean thin(int place) {
        return thin != null && thin[place];
    }

    /** The windows of a run of places, all or none of which {@link ThinColumns} live in: wider there. */
    void find(int first, int count, int together, int[] lo, int[] hi, int at) {
        if (thin(first)) wider.find(first, 1, count, together, 0, n, lo, hi, at);
        else find(first, 1, count, together, lo, hi, at);
    }

    /** {@link NeuralSortWindows#find} within what bounds are known. */
    void find(int first, int stride, int count, int together, int[] lo, int[] hi, int at) {
        int below = Math.min(Math.floorDiv(first, GRID), gridLo.length - 1);
        int above = Math.max(0, Math.floorDiv(first + stride * (count - 1) + GRID - 1, GRID));
        int from = below < 0 ? 0 : gridLo[below];
        int to = above >= gridHi.length ? n : gridHi[above];
        windows.find(first, stride, count, together, from, to, lo, hi, at);
    }
}
