// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Sums of soft distances of each key of a sorted list from all, {@code A_j = sum_k softabs(z_k - z_j; s)}, and what their
 * derivatives are made of, {@code sum_k softabs'(z_k - z_j) w_k}.
 *
 * <p>Soft distances are {@code |d|} beyond a reach R of some softnesses: exactly (5 s) for the piecewise classes, to
 * rounding errors (40 s) for SMOOTH. Keys beyond it are summed by prefix sums. Keys within it are summed in pairs where
 * those are few ({@link PairDistances}); else with moments of the keys in cells of a grid, in O(n):
 * {@link GridDistances} for SMOOTH, {@link PieceDistances} for the polynomials C0, C1 and C2.
 */
abstract sealed class SoftDistances permits PairDistances, GridDistances, PieceDistances {

    /** Pairs for each key from which moments are worth their cost, by measurement: SMOOTH, if cells are few too. */
    private static final int SMOOTH_PAIRS = 50;

    /** As {@link #SMOOTH_PAIRS}, for polynomials. */
    private static final int PIECE_PAIRS = 110;

    /** Distance in softnesses from which a soft one is the plain one to rounding errors. */
    private static final double SMOOTH_REACH = 40;

    final double[] z;
    final double s;
    final int n;
    private double[] below = {}; // sums of the keys before each, from the middle one

    SoftDistances(double[] z, double s) {
        this.z = z;
        this.s = s;
        n = z.length;
    }

    /** The way that suits the list; z ascending and finite. */
    static SoftDistances of(Smoothness c, double[] z, double s) {
        int[] ends = ends(c, z, s);
        long pairs = 0;
        for (int j = 0; j < z.length; j++) pairs += ends[j] - j - 1;
        return switch (c) {
            case SMOOTH -> {
                if (pairs > (long) SMOOTH_PAIRS * z.length) {
                    GridDistances grid = new GridDistances(z, s);
                    if (grid.products() < pairs) yield grid;
                }
                yield new PairDistances(c, z, s, ends);
            }
            case C0, C1, C2 ->
                pairs > (long) PIECE_PAIRS * z.length
                        ? new PieceDistances(c, z, s, ends)
                        : new PairDistances(c, z, s, ends);
            case C1_PNORM, C2_PNORM -> new PairDistances(c, z, s, ends);
        };
    }

    /** For each key the first one above it beyond the reach. */
    static int[] ends(Smoothness c, double[] z, double s) {
        double reach = c == Smoothness.SMOOTH ? SMOOTH_REACH * s : Sigmoidal.REACH * s;
        int n = z.length;
        int[] ends = new int[n];
        int end = 0;
        for (int j = 0; j < n; j++) {
            while (end < n && !((z[end] - z[j]) / reach >= 1)) end++;
            ends[j] = end;
        }
        return ends;
    }

    /** Writes {@code A} to a. */
    abstract void sums(double[] a);

    /** Writes {@code sum_k softabs'(z_k - z_j)} to count and {@code sum_k softabs'(z_k - z_j) w_k} to weighted. */
    abstract void slopes(double[] w, double[] count, double[] weighted);

    /** {@code sum |z_k - z_j|} over the keys before {@code from} and those from {@code to} on. */
    final double beyond(int j, int from, int to) {
        if (below.length == 0) {
            below = new double[n + 1];
            for (int k = 0; k < n; k++) below[k + 1] = below[k] + (z[k] - z[n / 2]);
        }
        double at = z[j] - z[n / 2];
        return (from * at - below[from]) + ((below[n] - below[to]) - (n - to) * at);
    }

    /** Sums of the first numbers of w: n + 1 of them. */
    static double[] prefixes(double[] w) {
        double[] sums = new double[w.length + 1];
        for (int k = 0; k < w.length; k++) sums[k + 1] = sums[k] + w[k];
        return sums;
    }
}
