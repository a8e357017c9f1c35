// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** The mean square of scores less labels, both less their means: {@code (1/n) sum_i (s_i - mean(s) - y_i + mean(y))^2}. */
public final class CentredSquares implements ListLoss {

    private final double[] y;

    /** The loss of a list of labels. */
    public CentredSquares(double[] y) {
        this.y = y;
    }

    @Override
    public double add(double[] s, double[] g) {
        int n = y.length;
        double mean = mean(s, y);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double off = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, s[i] - y[i] - mean));
            sum += off * (off / n);
            g[i] += 2 * (off / n);
        }
        return sum;
    }

    @Override
    public void curve(double[] s, double[] v, double[] hv) {
        int n = y.length;
        double mean = 0;
        for (int i = 0; i < n; i++) mean += v[i] / n;
        for (int i = 0; i < n; i++) hv[i] += 2 * ((v[i] - mean) / n);
    }

    /** The mean of the differences; sums of numbers near the largest double would overflow. */
    private static double mean(double[] s, double[] y) {
        int n = y.length;
        double mean = 0;
        for (int i = 0; i < n; i++) mean += s[i] / n - y[i] / n;
        return mean;
    }
}
