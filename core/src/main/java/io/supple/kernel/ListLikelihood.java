// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The negative logarithm of the likelihood of an order, {@code (1/n) sum_k w_k (log sum_(j >= k) exp(s_j) - s_k)} with the
 * elements counted in that order: the model of Plackett and Luce, whose places are drawn one after the other.
 *
 * <p>Xia, Liu, Wang, Zhang and Li 2008, Listwise approach to learning to rank (ICML), for {@code w = 1}; Lan, Zhu, Guo, Niu
 * and Cheng 2014, Position-aware ListMLE (UAI), for weights that fall with the place.
 *
 * <p>{@code A_j = sum_(k <= j) w_k exp(lse_j - lse_k)}, lse the logarithms of the sums, gives the gradient
 * {@code (A_j exp(s_j - lse_j) - w_j)/n}: lse falls with k, so that no exponential is above 1.
 */
public final class ListLikelihood implements ListLoss {

    private final int[] order;
    private final double[] w;
    private final Scratch scratch;

    /** The loss of an order with the weight of each of its places. */
    public ListLikelihood(int[] order, double[] w, Scratch scratch) {
        this.order = order;
        this.w = w;
        this.scratch = scratch;
    }

    /** The logarithms of the sums of {@code exp(s)} from each place on. */
    private double[] sums(double[] s, Scratch arrays) {
        int n = order.length;
        double[] lse = arrays.doubles(n);
        double after = Double.NEGATIVE_INFINITY;
        for (int k = n - 1; k >= 0; k--) {
            double at = s[order[k]];
            after = Math.max(at, after) + Decay.log1p(Decay.of(Math.abs(at - after)));
            lse[k] = after;
        }
        return lse;
    }

    @Override
    public double add(double[] s, double[] g) {
        int n = order.length;
        double[] lse = sums(s, scratch);
        double loss = 0;
        double a = 0;
        for (int k = 0; k < n; k++) {
            double at = s[order[k]];
            loss += w[k] * (lse[k] - at) / n;
            a = (k == 0 ? 0 : a * Decay.of(lse[k - 1] - lse[k])) + w[k];
            g[order[k]] += (a * Decay.of(lse[k] - at) - w[k]) / n;
        }
        return loss;
    }

    @Override
    public void curve(double[] s, double[] v, double[] hv) {
        int n = order.length;
        double[] lse = sums(s, Scratch.FRESH);
        double[] mean = new double[n]; // of v from each place on
        for (int k = n - 1; k >= 0; k--) {
            double p = Decay.of(lse[k] - s[order[k]]);
            mean[k] = k == n - 1 ? v[order[k]] : mean[k + 1] + p * (v[order[k]] - mean[k + 1]);
        }
        double a = 0;
        double b = 0;
        for (int k = 0; k < n; k++) {
            double fall = k == 0 ? 0 : Decay.of(lse[k - 1] - lse[k]);
            a = a * fall + w[k];
            b = b * fall + w[k] * mean[k];
            hv[order[k]] += Decay.of(lse[k] - s[order[k]]) * (a * v[order[k]] - b) / n;
        }
    }
}
