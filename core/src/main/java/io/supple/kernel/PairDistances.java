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
        known = 0;
        int start = 0;
        for (int j = 0; j < n; j++) {
            int end = ends[j];
            if (c == Smoothness.SMOOTH && end > known) exponentials(j);
            values(j, j + 1, end);
            double sum = 0;
            for (int k = j + 1; k < end; k++) sum += term[k];
            for (int k = j + 1; k < end; k++) a[k] += term[k];
            a[j] += sum;
            while (ends[start] <= j) start++;
            if (start > 0 || end < n) a[j] += beyond(j, start, end);
        }
    }

    @Override
    void slopes(double[] w, double[] count, double[] weighted) {
        double[] prefixes = prefixes(w);
        Arrays.fill(count, 0);
        Arrays.fill(weighted, 0);
        known = 0;
        int start = 0;
        for (int j = 0; j < n; j++) {
            int end = ends[j];
            if (c == Smoothness.SMOOTH && end > known) exponentials(j);
            slopes(j, j + 1, end);
            double sum = 0;
            double dot = 0;
            for (int k = j + 1; k < end; k++) {
                sum += term[k];
                dot += term[k] * w[k];
            }
            double wj = w[j];
            for (int k = j + 1; k < end; k++) {
                count[k] -= term[k];
                weighted[k] -= term[k] * wj;
            }
            while (ends[start] <= j) start++;
            count[j] += sum + (n - end - start);
            weighted[j] += dot + (prefixes[n] - prefixes[end]) - prefixes[start];
        }
    }

    /** {@code E} about key j, for the keys that those within its reach reach; none is above e^80. */
    private void exponentials(int j) {
        known = ends[ends[j] - 1];
        for (int k = j; k < known; k++) term[k] = (z[k] - z[j]) / s;
        Exponential.of(term, e, j, known);
    }

    private void values(int j, int from, int to) {
        double zj = z[j];
        switch (c) {
            case SMOOTH -> {
                double ej = e[j];
                for (int k = from; k < to; k++) term[k] = (z[k] - zj) * ((e[k] - ej) / (e[k] + ej));
            }
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
            case SMOOTH -> {
                double ej = e[j];
                double twice = 2 * s;
                for (int k = from; k < to; k++) {
                    double tanh = (e[k] - ej) / (e[k] + ej);
                    term[k] = tanh + (z[k] - zj) / twice * (1 - tanh * tanh);
                }
            }
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
