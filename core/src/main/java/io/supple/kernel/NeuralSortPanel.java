// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** The readings of {@link WindowedNeuralSort} for {@link InterpolatedRows}; its t-th row is number {@code row + step t}. */
final class NeuralSortPanel {

    private final InterpolatedRows rows;
    private final int first;
    private final int step;

    NeuralSortPanel(InterpolatedRows rows, int first, int step) {
        this.rows = rows;
        this.first = first;
        this.step = step;
    }

    int count() {
        return rows.count;
    }

    private int row(int t) {
        return first + step * t;
    }

    private double[][] means(double[][] x, boolean read) {
        return read ? rows.means() : rows.means(x);
    }

    private double[] shares(double[] weights, int from, double[] totals) {
        double[] shares = new double[totals.length];
        for (int t = 0; t < shares.length; t++) shares[t] = weights[from + row(t)] / totals[t];
        return shares;
    }

    /** Writes sums of rows, up to factors, to total, and means of x to mean; read says if the nodes were read with x. */
    void apply(double[] x, boolean read, double[] total, double[] mean) {
        double[] totals = rows.totals();
        double[] sums = rows.sums(means(new double[][] {x}, read)[0]);
        for (int t = 0; t < sums.length; t++) {
            total[row(t)] = totals[t];
            mean[row(t)] = sums[t] / totals[t];
        }
    }

    /** Adds to gx and pulled what cotangents g of means of x, which {@link #apply} wrote, are for x and for the logits. */
    void applyVjp(double[] x, double[] g, int from, double[] mean, NeuralSortPull pulled, double[] gx) {
        double[] share = shares(g, from, rows.totals());
        double[] tilt = new double[share.length];
        double centre = mean[row(tilt.length / 2)];
        for (int t = 0; t < tilt.length; t++) tilt[t] = share[t] * (mean[row(t)] - centre);
        double[][] shares = {rows.gathered(share)};
        double[][] tilts = {rows.gathered(tilt)};
        rows.pull(shares, tilts, new double[] {centre}, new double[][] {x}, pulled, gx);
    }

    /** Adds weighted sums of the rows to mixed. */
    void mix(double[][] weights, double[][] mixed) {
        double[] totals = rows.totals();
        double[][] shares = new double[weights.length][];
        for (int m = 0; m < shares.length; m++) shares[m] = rows.gathered(shares(weights[m], 0, totals));
        rows.add(shares, mixed);
    }

    /** Adds to pulled what cotangents of {@link #mix} are for the logits; read says if the nodes were read with them. */
    void mixVjp(double[][] weights, double[][] cotangents, boolean read, NeuralSortPull pulled) {
        double[] totals = rows.totals();
        double[][] means = means(cotangents, read);
        double[][] shares = new double[weights.length][];
        double[][] tilts = new double[weights.length][];
        double[] centre = new double[weights.length];
        for (int m = 0; m < weights.length; m++) {
            double[] share = shares(weights[m], 0, totals);
            double[] tilt = rows.sums(means[m]);
            centre[m] = tilt[tilt.length / 2] / totals[tilt.length / 2];
            for (int t = 0; t < tilt.length; t++) tilt[t] = share[t] * (tilt[t] / totals[t] - centre[m]);
            shares[m] = rows.gathered(share);
            tilts[m] = rows.gathered(tilt);
        }
        rows.pull(shares, tilts, centre, cotangents, pulled, null);
    }
}
