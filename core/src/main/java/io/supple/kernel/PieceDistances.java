// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * {@link SoftDistances} of the classes C0, C1 and C2 by moments: within 5 s the soft distance is an even polynomial Q of
 * degree 2, 4 or 6. Time and memory O(n).
 *
 * <p>The line is cut into cells up to 2.5 s wide. With {@code y = (z_k - centre) / 5s} and {@code x = (centre - z_j) / 5s} the
 * keys of one cell add {@code sum_m Q^(m)(x) / m! sum_k y_k^m}: Taylor's series, exact. Moments are kept as sums over the
 * first keys of a cell, so that a part of it can be read; they are small, so little cancels.
 */
final class PieceDistances extends SoftDistances {

    /** Widths of a cell within {@code 5 s}, half the transition. */
    private static final int CELLS = 2;

    private final int[] ends; // of each key the first beyond its reach
    private final double unit;
    private final double[] q; // coefficients of Q in d / 5s, over 5s
    private final double[] slope;
    private final double[] y; // of each key from the centre of its cell
    private final double[] centre;
    private final int[] cellEnd; // of each key, where its cell ends
    private double[] moments = {};

    PieceDistances(Smoothness c, double[] z, double s, int[] ends) {
        super(z, s);
        this.ends = ends;
        unit = Sigmoidal.REACH * s;
        q = switch (c) {
            case C0 -> new double[] {0, 0, 1};
            case C1 -> new double[] {0, 0, 1.5, 0, -0.5};
            case C2 -> new double[] {0, 0, 1.875, 0, -1.25, 0, 0.375};
            case SMOOTH, C1_PNORM, C2_PNORM -> throw new AssertionError("no polynomial: " + c);
        };
        slope = new double[q.length - 1];
        for (int m = 0; m < slope.length; m++) slope[m] = (m + 1) * q[m + 1];
        y = new double[n];
        centre = new double[n];
        cellEnd = new int[n];
        for (int from = 0; from < n; ) {
            int to = from;
            while (to < n && z[to] - z[from] < unit / CELLS) to++;
            // of the keys, not of the cell: y keeps their accuracy where they are close together
            double middle = z[from] + (z[to - 1] - z[from]) / 2;
            for (int k = from; k < to; k++) {
                centre[k] = middle;
                cellEnd[k] = to;
                y[k] = (z[k] - middle) / unit;
            }
            from = to;
        }
    }

    @Override
    void sums(double[] a) {
        gather(null, q.length);
        near(q, a);
        int start = 0;
        for (int j = 0; j < n; j++) {
            while (ends[start] <= j) start++;
            a[j] = a[j] * unit + (start > 0 || ends[j] < n ? beyond(j, start, ends[j]) : 0);
        }
    }

    @Override
    void slopes(double[] w, double[] count, double[] weighted) {
        double[] prefixes = prefixes(w);
        gather(null, slope.length);
        near(slope, count);
        gather(w, slope.length);
        near(slope, weighted);
        int start = 0;
        for (int j = 0; j < n; j++) {
            while (ends[start] <= j) start++;
            count[j] += n - ends[j] - start;
            weighted[j] += (prefixes[n] - prefixes[ends[j]]) - prefixes[start];
        }
    }

    /** Sums of {@code w y^m} over the keys of a cell up to each. */
    private void gather(double[] w, int terms) {
        if (moments.length < n * terms) moments = new double[n * terms];
        for (int k = 0; k < n; k++) {
            boolean starts = k == 0 || cellEnd[k - 1] == k;
            double power = w == null ? 1 : w[k];
            for (int m = 0; m < terms; m++) {
                int at = k * terms + m;
                moments[at] = (starts ? 0 : moments[at - terms]) + power;
                power *= y[k];
            }
        }
    }

    /** Writes {@code sum_k w_k f((z_k - z_j) / 5s)} over the keys within reach. */
    private void near(double[] f, double[] out) {
        int terms = f.length;
        double[] series = new double[terms];
        int start = 0;
        for (int j = 0; j < n; j++) {
            while (ends[start] <= j) start++;
            double sum = 0;
            for (int k = start; k < ends[j]; ) {
                int to = Math.min(cellEnd[k], ends[j]);
                taylor(f, (centre[k] - z[j]) / unit, series);
                int last = (to - 1) * terms;
                boolean whole = k == 0 || cellEnd[k - 1] == k;
                for (int m = 0; m < terms; m++) {
                    double moment = moments[last + m] - (whole ? 0 : moments[(k - 1) * terms + m]);
                    sum += series[m] * moment;
                }
                k = to;
            }
            out[j] = sum;
        }
    }

    /** Writes the coefficients of f about x: Horner's scheme again and again. */
    private static void taylor(double[] f, double x, double[] series) {
        System.arraycopy(f, 0, series, 0, f.length);
        for (int m = 0; m < f.length - 1; m++) {
            for (int i = f.length - 2; i >= m; i--) series[i] += x * series[i + 1];
        }
    }
}
