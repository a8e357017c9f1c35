// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * {@link SoftDistances} by pairs: each pair within the reach once. Time O(n + pairs), memory O(n).
 *
 * <p>Smoothly {@code softabs(d) = d tanh(d / 2s) = d (E_k - E_j) / (E_k + E_j)}, {@code E = exp(z / s)}: one division a
 * pair. The exponentials are made anew for every stretch of keys as long as the reach, so that none overflows.
 */
final class PairDistances extends SoftDistances {

    /** Up to so many distances one loop is faster than three that become vector instructions. */
    private static final int SHORT = 16;

    private final Smoothness c;
    private final int[] ends;
    private final double[] e;
    private final double[] term;
    private int known; // exponentials are there for the keys before this one

    PairDistances(Smoothness c, double[] z, double s, int[] ends) {
        super(z, s);
        this.c = c;
        this.ends = ends;
        e = new double[c == Smoothness.SMOOTH ? n : 0];
        term = new double[n];
    }

    @Override
    void sums(double[] a) {
        Arrays.fill(a, 0);
        if (allPairs()) {
            exponentials(0);
            Lanes.USED.distances(z, e, n, term, a);
            return;
        }
        known = 0;
        int start = 0;
        for (int j = 0; j < n; j++) {
            int end = ends[j];
            if (c == Smoothness.SMOOTH && end > known) exponentials(j);
            if (c == Smoothness.SMOOTH) {
                Lanes.USED.distances(z, e, j, end, term, a);
            } else {
                values(j, j + 1, end);
                double sum = 0;
                for (int k = j + 1; k < end; k++) sum += term[k];
                for (int k = j + 1; k < end; k++) a[k] += term[k];
                a[j] += sum;
            }
            while (ends[start] <= j) start++;
            if (start > 0 || end < n) a[j] += beyond(j, start, end);
        }
    }

    @Override
    void slopes(double[] w, double[] count, double[] weighted) {
        Arrays.fill(count, 0);
        Arrays.fill(weighted, 0);
        if (allPairs()) {
            exponentials(0);
            Lanes.USED.slopes(z, e, 2 * s, w, n, term, count, weighted);
            return;
        }
        double[] prefixes = prefixes(w);
        known = 0;
        int start = 0;
        for (int j = 0; j < n; j++) {
            int end = ends[j];
            if (c == Smoothness.SMOOTH && end > known) exponentials(j);
            if (c == Smoothness.SMOOTH) {
                Lanes.USED.slopes(z, e, 2 * s, w, j, end, term, count, weighted);
            } else {
                slopes(j, j + 1, end);
                addSlopes(w, j, j + 1, end, term, count, weighted);
            }
            while (ends[start] <= j) start++;
            count[j] += n - end - start;
            weighted[j] += (prefixes[n] - prefixes[end]) - prefixes[start];
        }
    }

    private boolean allPairs() {
        return c == Smoothness.SMOOTH && n > 0 && ends[0] == n;
    }

    /** {@code E} about key j, for the keys that those within its reach reach; none is above e^80. */
    private void exponentials(int j) {
        known = ends[ends[j] - 1];
        Exponential.of(z, z[j], 1, s, term, e, j, known);
    }

    /** SMOOTH: adds the distances of key j from those from {@code from} up to {@code end} to the sums of both. */
    static void smoothSums(double[] z, double[] e, int j, int from, int end, double[] term, double[] a) {
        double zj = z[j];
        double ej = e[j];
        double sum = 0;
        if (end - from < SHORT) {
            for (int k = from; k < end; k++) {
                double distance = (z[k] - zj) * ((e[k] - ej) / (e[k] + ej));
                sum += distance;
                a[k] += distance;
            }
        } else {
            for (int k = from; k < end; k++) term[k] = (z[k] - zj) * ((e[k] - ej) / (e[k] + ej));
            for (int k = from; k < end; k++) sum += term[k];
            for (int k = from; k < end; k++) a[k] += term[k];
        }
        a[j] += sum;
    }

    /** SMOOTH: adds the slopes of the distances of key j from those from {@code from} up to {@code end} to the sums of both. */
    static void smoothSlopes(
            double[] z,
            double[] e,
            double twice,
            double[] w,
            int j,
            int from,
            int end,
            double[] term,
            double[] count,
            double[] weighted) {
        double zj = z[j];
        double ej = e[j];
        for (int k = from; k < end; k++) {
            double tanh = (e[k] - ej) / (e[k] + ej);
            term[k] = tanh + (z[k] - zj) / twice * (1 - tanh * tanh);
        }
        addSlopes(w, j, from, end, term, count, weighted);
    }

    private static void addSlopes(
            double[] w, int j, int from, int end, double[] term, double[] count, double[] weighted) {
        double sum = 0;
        double dot = 0;
        for (int k = from; k < end; k++) {
            sum += term[k];
            dot += term[k] * w[k];
        }
        double wj = w[j];
        for (int k = from; k < end; k++) {
            count[k] -= term[k];
            weighted[k] -= term[k] * wj;
        }
        count[j] += sum;
        weighted[j] += dot;
    }

    private void values(int j, int from, int to) {
        double zj = z[j];
        switch (c) {
            case SMOOTH -> throw new AssertionError("summed at once");
            case C0 -> {
                double reach = Sigmoidal.REACH * s;
                for (int k = from; k < to; k++) {
                    double d = z[k] - zj;
                    term[k] = d * (d / reach);
                }
            }
            case C1 -> {
                double reach = Sigmoidal.REACH * s;
                for (int k = from; k < to; k++) {
                    double d = z[k] - zj;
                    double u = d / reach;
                    term[k] = d * (u * (1.5 - 0.5 * (u * u)));
                }
            }
            case C2 -> {
                double reach = Sigmoidal.REACH * s;
                for (int k = from; k < to; k++) {
                    double d = z[k] - zj;
                    double u = d / reach;
                    double v = u * u;
                    term[k] = d * (u * (1.875 - v * (1.25 - 0.375 * v)));
                }
            }
            case C1_PNORM, C2_PNORM -> {
                for (int k = from; k < to; k++) term[k] = SoftAbs.value(c, z[k] - zj, s);
            }
        }
    }

    private void slopes(int j, int from, int to) {
        double zj = z[j];
        switch (c) {
            case SMOOTH -> throw new AssertionError("summed at once");
            case C0 -> {
                double reach = Sigmoidal.REACH * s;
                for (int k = from; k < to; k++) term[k] = 2 * ((z[k] - zj) / reach);
            }
            case C1 -> {
                double reach = Sigmoidal.REACH * s;
                for (int k = from; k < to; k++) {
                    double u = (z[k] - zj) / reach;
                    term[k] = u * (3 - 2 * (u * u));
                }
            }
            case C2 -> {
                double reach = Sigmoidal.REACH * s;
                for (int k = from; k < to; k++) {
                    double u = (z[k] - zj) / reach;
                    double v = u * u;
                    term[k] = u * (3.75 - v * (5 - 2.25 * v));
                }
            }
            case C1_PNORM, C2_PNORM -> {
                for (int k = from; k < to; k++) term[k] = SoftAbs.slope(c, z[k] - zj, s);
            }
        }
    }
}
