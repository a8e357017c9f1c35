// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Sums under the Laplace kernel, {@code sum_j w_j exp(-|t_i - t_j| / s)} for all i at once, over keys in sorted order.
 *
 * <p>The kernel is Markov: with {@code e_i = exp(-|t_i - t_(i-1)| / s)} what stands before i sums to
 * {@code L_i = e_i (w_(i-1) + L_(i-1))}, and in the same way from the other end. Time O(n), n exponentials; e never exceeds
 * 1, so nothing overflows, and no term is the difference of two larger ones. Rounding acts as if each gap between
 * neighbours were changed by {@code 1e-16 s}.
 *
 * <p>Both recurrences run in one loop, from the two ends: neither waits for the other.
 */
final class LaplaceSums {

    private final double[] t;
    private final double[] e;
    private final int n;

    /**
     * Prepares the sums.
     *
     * @param t keys in sorted order, ascending or descending
     * @param s softness
     */
    LaplaceSums(double[] t, double s) {
        this.t = t;
        n = t.length;
        e = new double[n];
        double[] gaps = new double[n];
        for (int i = 1; i < n; i++) gaps[i] = -Math.abs(t[i] - t[i - 1]) / s;
        Exponential.of(gaps, e, 1, n);
    }

    /** {@code sum_j exp(-|t_i - t_j| / s)}. */
    double[] masses() {
        double[] y = new double[n];
        double before = 0;
        double after = 0;
        for (int i = 0, j = n - 1; i < n; i++, j--) {
            before = 1 + e[i] * before;
            y[i] += before;
            y[j] += after;
            after = e[j] * (1 + after);
        }
        return y;
    }

    /** {@code sum_j w_j exp(-|t_i - t_j| / s)}, added to y. */
    void addTotals(double[] w, double[] y) {
        double before = 0;
        double after = 0;
        for (int i = 0, j = n - 1; i < n; i++, j--) {
            before = w[i] + e[i] * before;
            y[i] += before;
            y[j] += after;
            after = e[j] * (w[j] + after);
        }
    }

    /** The sum over the keys strictly before {@code t_i} less that over the keys strictly behind it. */
    double[] differences(double[] w) {
        double[] y = new double[n];
        double before = 0;
        double beforeTied = 0;
        double after = 0;
        double afterTied = 0;
        for (int i = 0, j = n - 1; i < n; i++, j--) {
            if (i > 0 && t[i] != t[i - 1]) {
                before = e[i] * (before + beforeTied);
                beforeTied = 0;
            }
            y[i] += before;
            beforeTied += w[i];
            if (i > 0 && t[j] != t[j + 1]) {
                after = e[j + 1] * (after + afterTied);
                afterTied = 0;
            }
            y[j] -= after;
            afterTied += w[j];
        }
        return y;
    }
}
