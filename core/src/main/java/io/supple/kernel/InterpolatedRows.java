// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.CentralInterpolation.BEFORE;
import static io.supple.kernel.CentralInterpolation.POINTS;

import java.util.Arrays;

/**
 * Neighbouring rows of {@link NeuralSort} of class SMOOTH from every D-th of them.
 *
 * <p>Row p is, up to a factor, {@code u_pj = e^((2 p z_j - (n - 1) z_j - A_j) / s)}: an exponential in p for each key, so
 * that {@code sum_j u_pj x_j} is an entire function of p, whatever x is. Under the softmax z_j is within some
 * {@code sqrt(s / 2 n f)} of its mean, f the density of the keys there, or u is next to nothing; so that function changes
 * over {@code sqrt(n s f)} places. Interpolation in {@link CentralInterpolation 24 nodes} a seventh of that apart has it to
 * rounding errors. Matrices of neighbouring rows have low rank, and the rows at the nodes span it.
 *
 * <p>Between two nodes a factor {@code e^(-rho p)} makes the sums of the row equal at both. The error of every row is at
 * most {@link CentralInterpolation#error} of the sums of the row times the largest |x|, whatever the keys: it is looked at
 * between any two nodes, and rows where it is too large are refused.
 *
 * <p>Time for all n rows, with windows of w = 12 sqrt(n s f) keys, {@code O(n (w / D + 24))}: n times a constant. A vjp is
 * the transpose: shares of rows go to the nodes.
 */
final class InterpolatedRows {

    /** Error of a row that is allowed besides that of its logits. */
    private static final double TOLERANCE = 1e-13;

    /** Of the {@link NeuralSortKeys#noise() noise}, which is more than sums of many keys have. */
    private static final double NOISE = 0.125;

    final NeuralSortBand band; // the rows at the nodes
    final int nodes;
    final int first; // place
    final int count;
    private final CentralInterpolation between;
    private final int intervals;
    private final double[] weights; // of the rows at nodes in an interval: [i POINTS + k]
    private final double[] masses; // those times the sums of the rows at nodes, near 1
    private final double[][] means;
    private boolean firstHalf = true;
    private boolean secondHalf = true;

    /**
     * Rows of the places {@code [first, first + count)}; reads those at the nodes, and {@link #means()} of payloads.
     *
     * @param keys of class SMOOTH
     * @param between interpolation
     * @param x payloads, any number
     */
    InterpolatedRows(NeuralSortKeys keys, CentralInterpolation between, int first, int count, double[][] x) {
        this.first = first;
        this.count = count;
        this.between = between;
        int stride = between.stride;
        intervals = (count + stride - 1) / stride;
        nodes = intervals + POINTS; // one more, for the error
        band = new NeuralSortBand(keys, first - stride * (BEFORE - 1), stride, nodes);
        weights = new double[intervals * POINTS];
        masses = new double[intervals * POINTS];
        double[] total = new double[nodes];
        means = read(x, total);
        weigh(total, keys.s, TOLERANCE + NOISE * keys.noise());
    }

    private void weigh(double[] total, double s, double tolerance) {
        double[] logs = new double[nodes];
        for (int k = 0; k < nodes; k++) logs[k] = Math.log(total[k]);
        double[] exponent = new double[POINTS + 1];
        double[] mass = new double[POINTS + 1];
        for (int i = 0; i < intervals; i++) {
            int middle = i + BEFORE - 1;
            double origin = band.height(middle);
            double rise = (band.height(middle + 1) - origin) / s + (logs[middle + 1] - logs[middle]);
            for (int k = 0; k <= POINTS; k++) {
                double height = (band.height(i + k) - origin) / s + (logs[i + k] - logs[middle]);
                exponent[k] = Math.min(height - rise * (i + k - middle), 700); // NaN stays, and is refused
            }
            Exponential.of(exponent, mass, 0, POINTS + 1);
            if (!(CentralInterpolation.error(mass, 0) <= tolerance)) {
                if (2 * i < intervals) firstHalf = false;
                else secondHalf = false;
            }
            for (int k = 0; k < POINTS; k++) {
                masses[i * POINTS + k] = mass[k];
                weights[i * POINTS + k] = mass[k] / total[i + k];
            }
        }
    }

    int stride() {
        return between.stride;
    }

    /** Whether interpolation holds in the first half of the intervals. */
    boolean firstHalf() {
        return firstHalf;
    }

    /** Whether interpolation holds in the second half of the intervals. */
    boolean secondHalf() {
        return secondHalf;
    }

    /** The sums of all rows, each up to a factor of its own. */
    double[] totals() {
        double[] y = new double[count];
        for (int i = 0; i < intervals; i++) between.values(masses, i * POINTS, y, start(i), length(i));
        return y;
    }

    private int start(int interval) {
        return interval * between.stride;
    }

    private int length(int interval) {
        return Math.min(between.stride, count - start(interval));
    }

    /** The sums {@code sum_j u_pj x_j} of all rows, with the factors of {@link #totals}, from the means at the nodes. */
    double[] sums(double[] atNodes) {
        double[] f = new double[POINTS];
        double[] y = new double[count];
        for (int i = 0; i < intervals; i++) {
            for (int k = 0; k < POINTS; k++) f[k] = masses[i * POINTS + k] * atNodes[i + k];
            between.values(f, 0, y, start(i), length(i));
        }
        return y;
    }

    /** Shares of the rows at the nodes that make the same sum as shares of all rows. */
    double[] gathered(double[] shares) {
        double[] f = new double[POINTS];
        double[] y = new double[nodes];
        for (int i = 0; i < intervals; i++) {
            between.transposed(shares, start(i), length(i), f);
            for (int k = 0; k < POINTS; k++) y[i + k] += f[k] * weights[i * POINTS + k];
        }
        return y;
    }

    /** Means of the payloads at the nodes as they were read first. */
    double[][] means() {
        return means;
    }

    /** Means of other payloads at the nodes. */
    double[][] means(double[][] x) {
        return read(x, new double[nodes]);
    }

    private double[][] read(double[][] x, double[] total) {
        double[][] found = new double[x.length][nodes];
        double[][] four = new double[x.length][FourRows.ROWS];
        double[] totals = new double[FourRows.ROWS];
        band.walk(new NeuralSortBand.FourReader() {
            @Override
            public void read(int r, int k, int lo, int hi, double[] p, double[] w) {
                total[r] = Sums.of(p, lo, hi);
                for (int m = 0; m < x.length; m++) found[m][r] = Sums.dot(p, x[m], lo, hi) / total[r];
            }

            @Override
            public void four(int r, int step, int count, int k, int lo, int hi, double[] p, double[] factor) {
                int m = 0;
                for (; m + 1 < x.length; m += 2) {
                    Lanes.USED.means(p, factor, x[m], x[m + 1], lo, hi, totals, four[m], four[m + 1]);
                }
                if (m < x.length) Lanes.USED.means(p, factor, x[m], lo, hi, totals, four[m]);
                if (x.length == 0) Lanes.USED.sums(p, factor, lo, hi, totals);
                System.arraycopy(totals, 0, total, r, count);
                for (m = 0; m < x.length; m++) System.arraycopy(four[m], 0, found[m], r, count);
            }
        });
        return found;
    }

    /** Adds {@code sum_r shares_mr u_rj} over the nodes to y_mj. */
    void add(double[][] shares, double[][] y) {
        double[] share = new double[FourRows.ROWS];
        band.walk(new NeuralSortBand.FourReader() {
            @Override
            public void read(int r, int k, int lo, int hi, double[] p, double[] w) {
                for (int m = 0; m < y.length; m++) {
                    for (int j = lo; j < hi; j++) y[m][j] += shares[m][r] * p[j];
                }
            }

            @Override
            public void four(int r, int step, int count, int k, int lo, int hi, double[] p, double[] factor) {
                for (int m = 0; m < y.length; m++) {
                    take(shares[m], r, count, share);
                    Lanes.USED.add(share, p, factor, y[m], lo, hi);
                }
            }
        });
    }

    /**
     * Pulls {@code u_rj (shares_mr (x_mj - centre_m) - tilts_mr)} over the nodes, and adds the sum of shares to y if it is not null: that of
     * the first payload.
     */
    void pull(double[][] shares, double[][] tilts, double[] centre, double[][] x, NeuralSortPull pulled, double[] y) {
        double[] share = new double[FourRows.ROWS];
        double[] share2 = new double[FourRows.ROWS];
        double[] tilt = new double[FourRows.ROWS];
        double[] tilt2 = new double[FourRows.ROWS];
        band.walk(new NeuralSortBand.FourReader() {
            @Override
            public void read(int r, int k, int lo, int hi, double[] p, double[] w) {
                if (y != null) for (int j = lo; j < hi; j++) y[j] += shares[0][r] * p[j];
                for (int m = 0; m < x.length; m++) {
                    pulled.row(shares[m][r], tilts[m][r], centre[m], k, lo, hi, x[m], w);
                }
            }

            @Override
            public void four(int r, int step, int count, int k, int lo, int hi, double[] p, double[] factor) {
                int m = 0;
                for (; m + 1 < x.length; m += 2) {
                    take(shares[m], r, count, share);
                    take(shares[m + 1], r, count, share2);
                    take(tilts[m], r, count, tilt);
                    take(tilts[m + 1], r, count, tilt2);
                    for (int i = 0; i < FourRows.ROWS; i++) tilt[i] += tilt2[i];
                    pulled.four(share, centre[m], x[m], share2, centre[m + 1], x[m + 1], tilt, k, lo, hi, p, factor);
                }
                if (m < x.length) {
                    take(shares[m], r, count, share);
                    take(tilts[m], r, count, tilt);
                    pulled.four(share, tilt, centre[m], k, lo, hi, x[m], p, factor);
                }
                if (y == null) return;
                take(shares[0], r, count, share);
                Lanes.USED.add(share, p, factor, y, lo, hi);
            }

            @Override
            public void close(double c, int stride, int lo, int hi) {
                pulled.close(c, stride, lo, hi);
            }
        });
    }

    private static void take(double[] x, int r, int count, double[] four) {
        Arrays.fill(four, 0);
        System.arraycopy(x, r, four, 0, count);
    }
}
