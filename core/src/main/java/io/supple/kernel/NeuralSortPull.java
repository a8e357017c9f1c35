// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The way back from cotangents gv of rows of logits of {@link NeuralSort} to the keys,
 * {@code gz_j = (sum_r (B_j - c_r) gv_rj + sum_k softabs'(z_k - z_j) G_k) / s} with {@code G_k = sum_r gv_rk} and
 * {@code B_j = sum_k softabs'(z_k - z_j)}.
 *
 * <p>B_j and c_r are both near n - 1 - 2j, which is therefore taken out of both.
 */
final class NeuralSortPull {

    private final NeuralSortKeys keys;
    private final int n;
    private final double[] sums; // G
    private final double[] slopes; // sum_r (c_r - (n - 1 - 2j)) gv_rj
    private final double[] block; // sum of gv over the rows of a block
    private final double[] blockSlopes; // sum of k gv
    private final double unit;

    /** Collects cotangents that are multiplied by a unit. */
    NeuralSortPull(NeuralSortKeys keys, double unit) {
        this.keys = keys;
        this.unit = unit;
        n = keys.n;
        sums = new double[keys.padded];
        slopes = new double[keys.padded];
        block = new double[keys.padded];
        blockSlopes = new double[keys.padded];
    }

    /** Row k of a block with {@code gv = w (share (x - m) - tilt)}. */
    void row(double share, double tilt, double m, int k, int lo, int hi, double[] x, double[] w) {
        double[] all = block;
        double[] sloped = blockSlopes;
        double kth = k;
        for (int j = lo; j < hi; j++) {
            double gv = w[j] * (share * (x[j] - m) - tilt);
            all[j] += gv;
            sloped[j] += kth * gv;
        }
    }

    /** Four rows from the k-th on. */
    void four(double[] share, double[] tilt, double m, int k, int lo, int hi, double[] x, double[] p, double[] factor) {
        Lanes.USED.pull(share, tilt, m, k, p, factor, x, block, blockSlopes, lo, hi);
    }

    /** The same under two payloads, with the sum of their tilts. */
    void four(
            double[] share,
            double m,
            double[] x,
            double[] share2,
            double m2,
            double[] x2,
            double[] tilt,
            int k,
            int lo,
            int hi,
            double[] p,
            double[] factor) {
        Lanes.USED.pull(share, m, x, share2, m2, x2, tilt, k, p, factor, block, blockSlopes, lo, hi);
    }

    /** After a block whose first row has a coefficient, with places that are a stride apart. */
    void close(double coefficient, int stride, int lo, int hi) {
        double twice = 2.0 * stride;
        for (int j = lo; j < hi; j++) {
            sums[j] += block[j];
            slopes[j] += (coefficient - (n - 1 - 2.0 * j)) * block[j] - twice * blockSlopes[j];
            block[j] = 0;
            blockSlopes[j] = 0;
        }
    }

    /** Adds the cotangents of the keys to gz, where key j is number {@code order[j]}. */
    void finish(int[] order, double[] gz) {
        double[] slope = new double[n];
        double[] others = new double[n];
        keys.distances.slopes(sums, slope, others);
        for (int j = 0; j < n; j++) {
            double own = (slope[j] - (n - 1 - 2.0 * j)) * sums[j] - slopes[j];
            gz[order[j]] += (own + others[j]) / keys.s / unit;
        }
    }
}
