// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Where the columns of {@link NeuralSort} of class SMOOTH that have hardly a sum have it. Ranks divide by such sums: what is
 * next to nothing in its row, and left out of the row's window, may be all that a column has.
 *
 * <p>The highest logit of row p, {@code L_p = max_j v_pj}, is a convex function of p, as {@code v_pj} is linear in it; so
 * {@code L_p - v_pj} is convex too, it is least in one place p, and what it is there, {@code gap_j}, is how far the column
 * stays below the rows: its sum is about {@code e^-gap_j}. It is 0 if {@code (z_j, A_j)} is on the lower convex hull of
 * these points. Soft distances are not convex, so that keys between clusters, or far from the others, may lie above the
 * hull by many softnesses.
 *
 * <p>Time O(n + thin log n), memory O(n).
 */
final class ThinColumns {

    /** Gaps from which a column is thin. */
    private static final double THIN = 4;

    /** Entries so far below the largest of a column add nothing to its sum. */
    private static final double REACH = 38;

    private final double[] z;
    private final double[] a;
    private final int n;
    private final double s;
    private final double[] top; // L_p times s

    private ThinColumns(double[] z, double[] a, double s) {
        this.z = z;
        this.a = a;
        this.s = s;
        n = z.length;
        top = new double[n];
        highest();
    }

    /**
     * The places whose rows have what matters to a thin column; null if no column is thin.
     *
     * @param z sorted keys
     * @param a their sums of distances
     * @param s softness
     */
    static boolean[] places(double[] z, double[] a, double s) {
        return new ThinColumns(z, a, s).zones();
    }

    private double logit(int p, int j) {
        return -((n - 1 - 2.0 * p) * z[j] + a[j]);
    }

    /** How far entry j of row p is below the highest, in softnesses. */
    private double below(int p, int j) {
        return (top[p] - logit(p, j)) / s;
    }

    /** Highest logits lie on the hull, from left to right as places rise. */
    private void highest() {
        int[] hull = new int[n];
        int size = 0;
        for (int j = 0; j < n; j++) {
            while (size > 1 && !turnsUp(hull[size - 2], hull[size - 1], j)) size--;
            hull[size++] = j;
        }
        int at = 0;
        for (int p = 0; p < n; p++) {
            while (at + 1 < size && logit(p, hull[at + 1]) >= logit(p, hull[at])) at++;
            top[p] = logit(p, hull[at]);
        }
    }

    private boolean turnsUp(int i, int j, int k) {
        return (a[j] - a[i]) * (z[k] - z[j]) < (a[k] - a[j]) * (z[j] - z[i]);
    }

    private boolean[] zones() {
        int[] begun = null; // how many zones begin at a place, less those that end there
        int p = 0;
        for (int j = 0; j < n; j++) {
            while (p + 1 < n && below(p + 1, j) <= below(p, j)) p++;
            double gap = below(p, j);
            if (!(gap > THIN)) continue;
            if (begun == null) begun = new int[n + 1];
            begun[first(0, p, j, gap + REACH)]++;
            begun[end(p, n, j, gap + REACH)]--;
        }
        if (begun == null) return null;
        boolean[] zones = new boolean[n];
        int open = 0;
        for (int r = 0; r < n; r++) {
            open += begun[r];
            zones[r] = open > 0;
        }
        return zones;
    }

    /** The first place from which on, up to p, entry j is within reach. */
    private int first(int from, int p, int j, double reach) {
        int out = from - 1;
        int in = p;
        while (in - out > 1) {
            int m = (out + in) >>> 1;
            if (below(m, j) <= reach) in = m;
            else out = m;
        }
        return in;
    }

    /** The end of the places from p on in which entry j is within reach. */
    private int end(int p, int to, int j, double reach) {
        int in = p;
        int out = to;
        while (out - in > 1) {
            int m = (in + out) >>> 1;
            if (below(m, j) <= reach) in = m;
            else out = m;
        }
        return out;
    }
}
