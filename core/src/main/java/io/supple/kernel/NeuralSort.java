// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * NeuralSort: logits {@code -(c_r z_j + A_j) / s} with {@code c_r = n + 1 - 2 i_r} for the ascending place i_r (1..n) and
 * {@code A_j = sum_k softabs(z_k - z_j; s)}.
 *
 * <p>Grover, Wang, Zweig and Ermon 2019, <a href="https://arxiv.org/abs/1903.08850">arXiv:1903.08850</a>, eq. (5), with
 * the absolute value made soft too. Time O(n^2) for A, O(n) a row.
 */
public final class NeuralSort extends PairwiseLogits {

    private final Smoothness c;
    private final double[] z;
    private final double[] coefficients;
    private final double s;
    private final double[] distances;
    private final double[] distanceCotangents;

    /**
     * The rows of one list.
     *
     * @param c class of the soft absolute value
     * @param z keys
     * @param places for each row its ascending place, 0..n-1
     * @param s softness
     */
    public NeuralSort(Smoothness c, double[] z, int[] places, double s) {
        int n = z.length;
        this.c = c;
        this.z = z;
        this.s = s;
        coefficients = new double[places.length];
        for (int r = 0; r < places.length; r++) coefficients[r] = n - 1 - 2.0 * places[r];
        distances = new double[n];
        distanceCotangents = new double[n];
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < j; k++) {
                double d = SoftAbs.value(c, z[k] - z[j], s);
                distances[j] += d;
                distances[k] += d;
            }
        }
    }

    @Override
    int rows() {
        return coefficients.length;
    }

    @Override
    int elements() {
        return z.length;
    }

    @Override
    void row(int r, double[] v) {
        double cr = coefficients[r];
        for (int j = 0; j < z.length; j++) v[j] = -(cr * z[j] + distances[j]) / s;
    }

    @Override
    void pull(int r, double[] gv, double[] gz) {
        double cr = coefficients[r];
        for (int j = 0; j < z.length; j++) {
            gz[j] -= cr * gv[j] / s;
            distanceCotangents[j] -= gv[j] / s;
        }
    }

    @Override
    void finish(double[] gz) {
        for (int j = 0; j < z.length; j++) {
            for (int k = 0; k < j; k++) {
                double slope = SoftAbs.slope(c, z[k] - z[j], s) * (distanceCotangents[j] + distanceCotangents[k]);
                gz[k] += slope;
                gz[j] -= slope;
            }
        }
        Arrays.fill(distanceCotangents, 0);
    }
}
