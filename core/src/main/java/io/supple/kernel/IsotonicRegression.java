// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Weighted least-squares isotonic regression of one list: the non-decreasing (or non-increasing) x that minimises
 * {@code sum_i w_i (x_i - y_i)^2}.
 *
 * <p>x is constant on blocks of neighbours, where it is the weighted mean of y. Pool adjacent violators, time and memory
 * O(n): Ayer et al. 1955; Best and Chakravarti 1990. Only strict violations are pooled, so at equal neighbours the
 * derivative is that of the list as it is. A block of weight 0 has the plain mean, the limit of small equal weights.
 * Where a y or w is not finite, all of x is NaN.
 */
public final class IsotonicRegression {

    private final double[] y;
    private final double[] share; // of each element in the weight of its block
    private final int[] start;
    private final double[] mean;
    private final double[] weight; // of the block
    private int blocks;

    /**
     * Solves.
     *
     * @param y values in the order of the fit
     * @param w weights, at least 0; null for equal ones
     * @param increasing whether x must not decrease; else it must not increase
     */
    public IsotonicRegression(double[] y, double[] w, boolean increasing) {
        int n = y.length;
        this.y = y;
        share = new double[n];
        start = new int[n + 1];
        mean = new double[n];
        weight = new double[n];
        double largest = 0;
        boolean finite = true;
        for (int i = 0; i < n; i++) {
            double wi = w == null ? 1 : w[i];
            finite &= Double.isFinite(y[i]) && Double.isFinite(wi);
            largest = Math.max(largest, wi);
        }
        if (!finite) {
            for (double[] all : new double[][] {share, mean, weight}) Arrays.fill(all, Double.NaN);
            blocks = 1;
            start[1] = n;
            return;
        }
        // only ratios of weights count in x; sums of scaled ones stay finite
        double unit = largest > 0 ? Math.scalb(1.0, -Math.max(-1000, Math.min(Math.getExponent(largest), 1000))) : 1;
        for (int i = 0; i < n; i++) share[i] = w == null ? 1 : w[i] * unit;
        pool(increasing);
        for (int b = 0; b < blocks; b++) settle(b, unit);
    }

    private void pool(boolean increasing) {
        for (int i = 0; i < y.length; i++) {
            start[blocks] = i;
            start[blocks + 1] = i + 1;
            mean[blocks] = y[i];
            weight[blocks] = share[i];
            blocks++;
            while (blocks > 1 && violates(mean[blocks - 2], mean[blocks - 1], increasing)) {
                int b = blocks - 2;
                double total = weight[b] + weight[b + 1];
                double count = start[b + 2] - start[b];
                double left = total > 0 ? weight[b] / total : (start[b + 1] - start[b]) / count;
                double right = total > 0 ? weight[b + 1] / total : (start[b + 2] - start[b + 1]) / count;
                mean[b] = left * mean[b] + right * mean[b + 1];
                weight[b] = total;
                start[b + 1] = start[b + 2];
                blocks--;
            }
        }
    }

    private static boolean violates(double left, double right, boolean increasing) {
        return increasing ? left > right : left < right;
    }

    /** Weights become shares, and the mean is summed afresh, without the rounding of the merges. */
    private void settle(int b, double unit) {
        int count = start[b + 1] - start[b];
        double total = 0;
        for (int i = start[b]; i < start[b + 1]; i++) total += share[i];
        double sum = 0;
        for (int i = start[b]; i < start[b + 1]; i++) {
            share[i] = total > 0 ? share[i] / total : 1.0 / count;
            sum += share[i] * y[i];
        }
        mean[b] = count == 1 ? y[start[b]] : sum;
        weight[b] = total / unit;
    }

    /** The fit; {@code x[to..to+n)} is written. */
    public void value(double[] x, int to) {
        for (int b = 0; b < blocks; b++) Arrays.fill(x, to + start[b], to + start[b + 1], mean[b]);
    }

    /** Adds {@code J'g} for {@code g[from..from+n)}: to gy and to gw, either of which may be null. */
    public void vjp(double[] g, int from, double[] gy, double[] gw) {
        for (int b = 0; b < blocks; b++) {
            double sum = 0;
            for (int i = start[b]; i < start[b + 1]; i++) sum += g[from + i];
            for (int i = start[b]; i < start[b + 1]; i++) {
                if (gy != null) gy[i] += share[i] * sum;
                if (gw != null) gw[i] += byWeight(b, i) * sum;
            }
        }
    }

    /** {@code J t} for the tangents of y and w, either of which may be null; {@code xDot[to..to+n)} is written. */
    public void jvp(double[] yDot, double[] wDot, double[] xDot, int to) {
        for (int b = 0; b < blocks; b++) {
            double sum = 0;
            for (int i = start[b]; i < start[b + 1]; i++) {
                if (yDot != null) sum += share[i] * yDot[i];
                if (wDot != null) sum += byWeight(b, i) * wDot[i];
            }
            Arrays.fill(xDot, to + start[b], to + start[b + 1], sum);
        }
    }

    /** {@code (y_i - x_i) / W}; 0 in a block without weight, where the mean jumps with its first weight. */
    private double byWeight(int b, int i) {
        return weight[b] == 0 ? 0 : (y[i] - mean[b]) / weight[b];
    }
}
