// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * NeuralSort: logits {@code -(c_r z_j + A_j) / s} with {@code c_r = n + 1 - 2 i_r} for the ascending place i_r (1..n) and
 * {@code A_j = sum_k softabs(z_k - z_j; s)}.
 *
 * <p>Grover, Wang, Zweig and Ermon 2019, <a href="https://arxiv.org/abs/1903.08850">arXiv:1903.08850</a>, eq. (5), with
 * the absolute value made soft too, or left as it is ({@link #plain}). Time O(n^2) for A, O(n) a row.
 */
public final class NeuralSort extends PairwiseLogits {

    /** Range of the keys in softnesses up to which their exponentials and sums of two are finite and not 0. */
    private static final double WIDEST = 600;

    /**
     * Softness for the largest key below which sums of distances over the softness overflow; their rounding errors alone
     * are far more than this.
     */
    private static final double NARROWEST = 0x1p-900;

    private final Smoothness c; // null for distances as they are
    private final double[] z;
    private final double[] coefficients;
    private final double s;
    private final double[] e;
    private final double[] distances;
    private final double[] distanceCotangents;
    private double[] zDot = {};
    private double[] distanceTangents = {};
    private double[] distanceCotangentTangents = {};

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
        this.s = softness(z, s);
        coefficients = new double[places.length];
        for (int r = 0; r < places.length; r++) coefficients[r] = n - 1 - 2.0 * places[r];
        e = exponentials(c, z, this.s);
        distances = new double[n];
        distanceCotangents = new double[n];
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < j; k++) {
                double d = distance(k, j);
                distances[j] += d;
                distances[k] += d;
            }
        }
    }

    /**
     * The rows of one list by its distances as they are: those of the paper. Rows do not crowd on the ends of a list that is
     * narrow beside the softness, where soft distances vanish faster than the list.
     */
    public static NeuralSort plain(double[] z, int[] places, double s) {
        return new NeuralSort(null, z, places, s);
    }

    /** The softness that is used: raised where the keys are so far apart that sums over it would overflow. */
    public static double softness(double[] z, double s) {
        double largest = 0;
        for (double key : z) largest = Math.max(largest, Math.abs(key));
        return Math.max(s, largest * NARROWEST);
    }

    /** {@code e^(z_j / s)} about the middle of the keys; null where a pair needs more than a double can hold. */
    private static double[] exponentials(Smoothness c, double[] z, double s) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double key : z) {
            least = Math.min(least, key);
            most = Math.max(most, key);
        }
        if (c != Smoothness.SMOOTH || !((most - least) / s < WIDEST)) return null;
        double[] e = new double[z.length];
        double middle = least + (most - least) / 2;
        for (int j = 0; j < e.length; j++) e[j] = Math.exp((z[j] - middle) / s);
        return e;
    }

    /** {@code softabs(z_k - z_j)}; smoothly it is {@code d tanh(d / 2s)}, a division where the exponentials are known. */
    private double distance(int k, int j) {
        double d = z[k] - z[j];
        if (c == null) return Math.abs(d);
        if (e == null) return SoftAbs.value(c, d, s);
        return d * ((e[k] - e[j]) / (e[k] + e[j]));
    }

    private double slope(int k, int j) {
        double d = z[k] - z[j];
        if (c == null) return Math.signum(d);
        if (e == null) return SoftAbs.slope(c, d, s);
        double tanh = (e[k] - e[j]) / (e[k] + e[j]);
        return tanh + d * (1 - tanh * tanh) / (2 * s);
    }

    private double curvature(int k, int j) {
        double d = z[k] - z[j];
        if (c == null) return 0;
        if (e == null) return SoftAbs.curvature(c, d, s);
        double sum = e[k] + e[j];
        double tanh = (e[k] - e[j]) / sum;
        double rise = 2 * (e[k] / sum) * (e[j] / sum) / s; // (1 - tanh^2) / 2s without the difference
        return rise * (2 - d / s * tanh);
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
                double slope = slope(k, j) * (distanceCotangents[j] + distanceCotangents[k]);
                gz[k] += slope;
                gz[j] -= slope;
            }
        }
        Arrays.fill(distanceCotangents, 0);
    }

    @Override
    void along(double[] direction) {
        zDot = direction;
        distanceTangents = new double[z.length];
        distanceCotangentTangents = new double[z.length];
        for (int j = 0; j < z.length; j++) {
            for (int k = 0; k < j; k++) {
                double tangent = slope(k, j) * (zDot[k] - zDot[j]);
                distanceTangents[j] += tangent;
                distanceTangents[k] += tangent;
            }
        }
    }

    @Override
    void rowTangent(int r, double[] vDot) {
        double cr = coefficients[r];
        for (int j = 0; j < z.length; j++) vDot[j] = -(cr * zDot[j] + distanceTangents[j]) / s;
    }

    @Override
    void pullTangent(int r, double[] gv, double[] gvDot, double[] gzDot) {
        double cr = coefficients[r];
        for (int j = 0; j < z.length; j++) {
            gzDot[j] -= cr * gvDot[j] / s;
            distanceCotangents[j] -= gv[j] / s;
            distanceCotangentTangents[j] -= gvDot[j] / s;
        }
    }

    @Override
    void finishTangent(double[] gzDot) {
        for (int j = 0; j < z.length; j++) {
            for (int k = 0; k < j; k++) {
                double bend = curvature(k, j) * (zDot[k] - zDot[j]) * (distanceCotangents[j] + distanceCotangents[k]);
                double slope = slope(k, j) * (distanceCotangentTangents[j] + distanceCotangentTangents[k]);
                gzDot[k] += bend + slope;
                gzDot[j] -= bend + slope;
            }
        }
        Arrays.fill(distanceCotangents, 0);
        Arrays.fill(distanceCotangentTangents, 0);
    }
}
