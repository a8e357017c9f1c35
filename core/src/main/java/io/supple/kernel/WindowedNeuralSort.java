// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.List;

/**
 * NeuralSort without the n x n work: the readings of {@link SoftPermutation} for {@link NeuralSort}, to rounding errors
 * the same, with their derivatives.
 *
 * <p>The keys are sorted, sums of distances take O(n) ({@link SoftDistances}), rows are read where they are not 0
 * ({@link NeuralSortBand}): a window of about {@code sqrt(n s / density)} keys times 12 (SMOOTH) or 2 around the place.
 * Time O(n log n + rows * window), memory O(n). The vjp reads the rows once more and nothing else. In long lists of class
 * SMOOTH only every few rows are read and those between them are {@link InterpolatedRows interpolated}: O(n log n).
 *
 * <p>A number in the payload that is NaN or infinite makes all sums NaN, as 0 times it is.
 */
public final class WindowedNeuralSort {

    /** Payloads of exponents up to this are taken as they are. */
    private static final int UNSCALED = 100;

    /** Rows of a run from which some may be interpolated, by measurement. */
    private static final int LONG = 4_000;

    /** Rows at nodes over rows up to which {@link InterpolatedRows} are worth their cost, by measurement. */
    private static final double WORTH = 0.23;

    private final int[] order;
    private final int[] places;
    private final NeuralSortKeys keys;
    private final double worth;
    private List<NeuralSortPanel> panels = List.of();
    private NeuralSortBand band; // the rows that are not in panels
    private boolean cut;
    private final double s;
    private final int n;
    private double[] total = {}; // of p in each row, as apply found it
    private double[] mean = {}; // of the payload times unit under each row
    private double unit = 1;

    /**
     * The rows of one list.
     *
     * @param c class of the projection and of the soft absolute value
     * @param z keys, finite
     * @param places for each row its ascending place, 0..n-1
     * @param s softness
     */
    public WindowedNeuralSort(Smoothness c, double[] z, int[] places, double s) {
        this(c, z, places, s, worth(places), false);
    }

    /** Rows are interpolated if the nodes are not more than this part of them. */
    WindowedNeuralSort(Smoothness c, double[] z, int[] places, double s, double worth) {
        this(c, z, places, s, worth, false);
    }

    private WindowedNeuralSort(Smoothness c, double[] z, int[] places, double s, double worth, boolean columns) {
        this.places = places;
        this.s = NeuralSort.softness(z, s);
        n = z.length;
        order = Sorting.argsort(z, 0, n, false);
        keys = new NeuralSortKeys(c, sorted(z, 0, n), this.s, columns);
        this.worth = worth;
        cut = !keys.smooth() || worth == 0;
        if (cut) band = new NeuralSortBand(keys, places, null);
    }

    /**
     * The rows for sums of columns that will be divided by the columns' own sums, down to 1e-10: {@link ThinColumns} are
     * right too, from wider windows of the rows they live in.
     */
    public static WindowedNeuralSort ofColumns(Smoothness c, double[] z, int[] places, double s) {
        return new WindowedNeuralSort(c, z, places, s, worth(places), true);
    }

    private static double worth(int[] places) {
        return places.length < LONG ? 0 : WORTH;
    }

    /** Decides which rows are interpolated, reading payloads by the way; false if it was decided before. */
    private boolean cut(double[][] x) {
        if (cut) return false;
        cut = true;
        NeuralSortPanels found = new NeuralSortPanels(keys, places, worth, x);
        panels = found.panels;
        int[] others = found.others();
        int[] at = new int[others.length];
        for (int i = 0; i < at.length; i++) at[i] = places[others[i]];
        band = new NeuralSortBand(keys, at, others);
        return true;
    }

    /** How many rows are interpolated. */
    int interpolated() {
        int count = 0;
        for (NeuralSortPanel panel : panels) count += panel.count();
        return count;
    }

    private double[] sorted(double[] x, int from, int length) {
        double[] y = new double[length];
        for (int j = 0; j < n; j++) y[j] = x[from + order[j]];
        return y;
    }

    /** In the order of the keys, with room for whole vectors. */
    private double[] sorted(double[] x, int from) {
        return sorted(x, from, keys.padded);
    }

    private boolean smooth() {
        return keys.smooth();
    }

    /** A power of two that takes payloads so large or small that factors of rows would take them out of range near 1. */
    private static double unit(double largest) {
        int exponent = Math.getExponent(largest);
        if (largest == 0 || !Double.isFinite(largest) || Math.abs(exponent) < UNSCALED) return 1;
        return Math.scalb(1.0, Math.max(-1000, Math.min(1000, -exponent)));
    }

    private double[] scaled(double[] x) {
        double[] y = sorted(x, 0);
        if (unit != 1) for (int j = 0; j < n; j++) y[j] *= unit;
        return y;
    }

    /** {@code y_r = sum_j P_rj x_j}; {@code y[to..to+rows)} is written. */
    public void apply(double[] x, double[] y, int to) {
        double none = 0;
        double largest = 0;
        for (double value : x) {
            none += 0 * value;
            largest = Math.max(largest, Math.abs(value));
        }
        double outside = none;
        unit = unit(largest);
        double[] values = scaled(x);
        int rows = places.length;
        total = new double[rows];
        mean = new double[rows];
        double[] totals = new double[FourRows.ROWS];
        double[] means = new double[FourRows.ROWS];
        double[][] payload = {values};
        boolean read = cut(payload);
        band.walk(new NeuralSortBand.FourReader() {
            @Override
            public void read(int r, int k, int lo, int hi, double[] p, double[] w) {
                total[r] = smooth() ? Sums.of(p, lo, hi) : 1;
                mean[r] = Sums.dot(p, values, lo, hi) / total[r];
            }

            @Override
            public void four(int r, int step, int count, int k, int lo, int hi, double[] p, double[] factor) {
                Lanes.USED.means(p, factor, values, lo, hi, totals, means);
                for (int i = 0; i < count; i++) {
                    int row = r + step * i;
                    total[row] = totals[i];
                    mean[row] = means[i];
                }
            }
        });
        for (NeuralSortPanel panel : panels) panel.apply(values, read, total, mean);
        for (int r = 0; r < rows; r++) {
            mean[r] += outside;
            y[to + r] = mean[r] / unit;
        }
    }

    /** Adds the vjp of {@link #apply}, which was called before: to {@code gx} for the payload, to {@code gz} for the keys. */
    public void applyVjp(double[] x, double[] g, int from, double[] gx, double[] gz) {
        double[] values = scaled(x);
        double[] gValues = new double[keys.padded];
        NeuralSortPull pulled = new NeuralSortPull(keys, unit);
        double[] shares = new double[FourRows.ROWS];
        double[] tilts = new double[FourRows.ROWS];
        band.walk(new NeuralSortBand.FourReader() {
            @Override
            public void read(int r, int k, int lo, int hi, double[] p, double[] w) {
                double share = g[from + r] / total[r];
                double middle = smooth() ? mean[r] : Sums.dot(w, values, lo, hi) / Sums.of(w, lo, hi);
                add(share, p, gValues, lo, hi);
                pulled.row(share, 0, middle, k, lo, hi, values, w);
            }

            @Override
            public boolean weights() {
                return true;
            }

            @Override
            public void four(int r, int step, int count, int k, int lo, int hi, double[] p, double[] factor) {
                for (int i = 0; i < FourRows.ROWS; i++) {
                    int row = r + step * Math.min(i, count - 1);
                    shares[i] = i < count ? g[from + row] / total[row] : 0;
                    tilts[i] = shares[i] * (mean[row] - mean[r]);
                }
                Lanes.USED.add(shares, p, factor, gValues, lo, hi);
                pulled.four(shares, tilts, mean[r], k, lo, hi, values, p, factor);
            }

            @Override
            public void close(double coefficient, int stride, int lo, int hi) {
                pulled.close(coefficient, stride, lo, hi);
            }
        });
        for (NeuralSortPanel panel : panels) panel.applyVjp(values, g, from, mean, pulled, gValues);
        for (int j = 0; j < n; j++) gx[order[j]] += gValues[j];
        pulled.finish(order, gz);
    }

    /** The derivative of {@link #apply} along the tangents; {@code yDot[to..to+rows)} is written. */
    public void applyJvp(double[] zDot, double[] x, double[] xDot, double[] yDot, int to) {
        double[] values = sorted(x, 0);
        double[] valuesDot = sorted(xDot, 0);
        tangents(
                zDot,
                (r, lo, hi, p, pDot) -> yDot[to + r] = Sums.dot(pDot, values, lo, hi) + Sums.dot(p, valuesDot, lo, hi));
    }

    /** Weighted sums of rows, {@code y_mj = sum_r w_mr P_rj}; added to {@code y[to..to + m n)}. */
    public void mix(double[][] weights, double[] y, int to) {
        cut(new double[0][]);
        double[][] mixed = new double[weights.length][keys.padded];
        double[] totals = new double[FourRows.ROWS];
        double[] shares = new double[FourRows.ROWS];
        band.walk(new NeuralSortBand.FourReader() {
            @Override
            public void read(int r, int k, int lo, int hi, double[] p, double[] w) {
                double share = smooth() ? 1 / Sums.of(p, lo, hi) : 1;
                for (int m = 0; m < mixed.length; m++) add(weights[m][r] * share, p, mixed[m], lo, hi);
            }

            @Override
            public void four(int r, int step, int count, int k, int lo, int hi, double[] p, double[] factor) {
                Lanes.USED.sums(p, factor, lo, hi, totals);
                for (int m = 0; m < mixed.length; m++) {
                    for (int i = 0; i < FourRows.ROWS; i++) {
                        shares[i] = i < count ? weights[m][r + step * i] / totals[i] : 0;
                    }
                    Lanes.USED.add(shares, p, factor, mixed[m], lo, hi);
                }
            }
        });
        for (NeuralSortPanel panel : panels) panel.mix(weights, mixed);
        scatter(mixed, y, to);
    }

    private void scatter(double[][] mixed, double[] y, int to) {
        for (int m = 0; m < mixed.length; m++) {
            int at = to + m * n;
            for (int j = 0; j < n; j++) y[at + order[j]] += mixed[m][j];
        }
    }

    private static void add(double f, double[] p, double[] y, int lo, int hi) {
        if (f == 0) return;
        for (int j = lo; j < hi; j++) y[j] += f * p[j];
    }

    /** The weights of up to four rows over their totals, and the tilts towards the first mean; none if there is no row. */
    private static void share(
            double[] weights,
            int r,
            int step,
            int count,
            double[] totals,
            double[] means,
            double[] shares,
            double[] tilts) {
        for (int i = 0; i < FourRows.ROWS; i++) {
            shares[i] = i < count ? weights[r + step * i] / totals[i] : 0;
            tilts[i] = i < count ? shares[i] * (means[i] - means[0]) : 0;
        }
    }

    /** Adds the vjp of {@link #mix} to {@code gz}. */
    public void mixVjp(double[][] weights, double[] g, int from, double[] gz) {
        double[][] cotangents = new double[weights.length][];
        for (int m = 0; m < weights.length; m++) cotangents[m] = sorted(g, from + m * n);
        boolean read = cut(cotangents);
        NeuralSortPull pulled = new NeuralSortPull(keys, 1);
        double[] totals = new double[FourRows.ROWS];
        double[] shares = new double[FourRows.ROWS];
        double[] means = new double[FourRows.ROWS];
        double[] shares2 = new double[FourRows.ROWS];
        double[] means2 = new double[FourRows.ROWS];
        double[] tilts = new double[FourRows.ROWS];
        double[] tilts2 = new double[FourRows.ROWS];
        band.walk(new NeuralSortBand.FourReader() {
            @Override
            public void read(int r, int k, int lo, int hi, double[] p, double[] w) {
                double mass = Sums.of(w, lo, hi);
                for (int m = 0; m < cotangents.length; m++) {
                    double share = smooth() ? weights[m][r] / mass : weights[m][r];
                    double middle = Sums.dot(w, cotangents[m], lo, hi) / mass;
                    pulled.row(share, 0, middle, k, lo, hi, cotangents[m], w);
                }
            }

            @Override
            public boolean weights() {
                return true;
            }

            @Override
            public void four(int r, int step, int count, int k, int lo, int hi, double[] p, double[] factor) {
                int m = 0;
                for (; m + 1 < cotangents.length; m += 2) {
                    double[] x = cotangents[m];
                    double[] x2 = cotangents[m + 1];
                    Lanes.USED.means(p, factor, x, x2, lo, hi, totals, means, means2);
                    share(weights[m], r, step, count, totals, means, shares, tilts);
                    share(weights[m + 1], r, step, count, totals, means2, shares2, tilts2);
                    for (int i = 0; i < FourRows.ROWS; i++) tilts[i] += tilts2[i];
                    pulled.four(shares, means[0], x, shares2, means2[0], x2, tilts, k, lo, hi, p, factor);
                }
                if (m == cotangents.length) return;
                Lanes.USED.means(p, factor, cotangents[m], lo, hi, totals, means);
                share(weights[m], r, step, count, totals, means, shares, tilts);
                pulled.four(shares, tilts, means[0], k, lo, hi, cotangents[m], p, factor);
            }

            @Override
            public void close(double coefficient, int stride, int lo, int hi) {
                pulled.close(coefficient, stride, lo, hi);
            }
        });
        for (NeuralSortPanel panel : panels) panel.mixVjp(weights, cotangents, read, pulled);
        pulled.finish(order, gz);
    }

    /** The derivative of {@link #mix} along the tangent of the keys; added to {@code yDot[to..to + m n)}. */
    public void mixJvp(double[] zDot, double[][] weights, double[] yDot, int to) {
        double[][] mixed = new double[weights.length][keys.padded];
        tangents(zDot, (r, lo, hi, p, pDot) -> {
            for (int m = 0; m < mixed.length; m++) add(weights[m][r], pDot, mixed[m], lo, hi);
        });
        scatter(mixed, yDot, to);
    }

    /** What is done with row r and its tangent. */
    private interface TangentReader {
        void read(int r, int lo, int hi, double[] p, double[] pDot);
    }

    /** Rows as the keys move: {@code vDot_rj = -(c_r z'_j + A'_j) / s}, {@code A'_j = sum_k softabs' (z'_k - z'_j)}. */
    private void tangents(double[] zDot, TangentReader reader) {
        double[] direction = sorted(zDot, 0);
        double[] slope = new double[n];
        double[] others = new double[n];
        keys.distances.slopes(direction, slope, others);
        double[] pDot = new double[n];
        double[] share = new double[n];
        NeuralSortBand all = band != null && panels.isEmpty() ? band : new NeuralSortBand(keys, places, null);
        all.walk(new NeuralSortBand.Reader() {
            @Override
            public void read(int r, int k, int lo, int hi, double[] p, double[] w) {
                double coefficient = n - 1 - 2.0 * places[r];
                for (int j = lo; j < hi; j++) {
                    pDot[j] = -((coefficient - slope[j]) * direction[j] + others[j]) / s;
                }
                double mass = Sums.of(w, lo, hi);
                double middle = Sums.dot(w, pDot, lo, hi) / mass;
                double f = smooth() ? 1 / mass : 1;
                for (int j = lo; j < hi; j++) {
                    pDot[j] = f * w[j] * (pDot[j] - middle);
                    share[j] = f * p[j];
                }
                reader.read(r, lo, hi, share, pDot);
            }

            @Override
            public boolean weights() {
                return true;
            }
        });
    }
}
