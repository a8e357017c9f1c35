// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Soft order statistics {@code v_k = t log(e_k / e_(k-1))}, k = 1..n, of the elementary symmetric polynomials
 * {@code e_k(exp(w / t))}: descending, symmetric in w, infinitely differentiable, with the sum of w. Their prefix sums
 * {@code t log e_k} are the soft maxima over subsets of k elements.
 *
 * <p>One element after the other is inserted,
 * {@code v'_k = v_(k-1) + softmax(v_k, x) - softmax(v_(k-1), x)} with {@code v_0 = infinity} and {@code v_(j+1) = -infinity}.
 * This is the recurrence {@code e'_k = e_k + exp(x) e_(k-1)} in quotients: it works with numbers of the size of the
 * elements, and not with sums of them, in whose differences small gaps would be lost. The derivative of a step,
 * {@code dv'_k = (1 - p_(k-1)) dv_(k-1) + p_k dv_k + (p_(k-1) - p_k) dx} with {@code p_k = logistic((v_k - x) / t)}, has
 * weights that are at least 0 and sum to 1.
 *
 * <p>Time O(n^2); memory O(n), for the vjp O(n sqrt n).
 */
final class ElementarySymmetric {

    private final double[] w;
    private final double t;

    ElementarySymmetric(double[] w, double t) {
        this.w = w;
        this.t = t;
    }

    /** All v, largest first. */
    double[] values() {
        double[] v = new double[w.length];
        for (int j = 0; j < w.length; j++) insert(v, j);
        return v;
    }

    /** Adds the vjp to gw, for the cotangent g of the values, which is lost. */
    void vjp(double[] g, double[] gw) {
        int n = w.length;
        int stretch = (int) Math.ceil(Math.sqrt(n));
        double[][] starts = new double[n == 0 ? 0 : (n - 1) / stretch + 1][];
        double[] v = new double[n];
        for (int j = 0; j < n; j++) {
            if (j % stretch == 0) starts[j / stretch] = v.clone();
            insert(v, j);
        }
        double[][] states = new double[stretch][n];
        for (int part = starts.length - 1; part >= 0; part--) {
            int first = part * stretch;
            int end = Math.min(n, first + stretch);
            double[] state = starts[part];
            for (int j = first; j < end; j++) {
                System.arraycopy(state, 0, states[j - first], 0, j);
                insert(state, j);
            }
            for (int j = end - 1; j >= first; j--) gw[j] += takeOut(states[j - first], j, g);
        }
    }

    /** The tangent of the values for a tangent of w. */
    double[] jvp(double[] wDot) {
        double[] v = new double[w.length];
        double[] dot = new double[w.length];
        for (int j = 0; j < w.length; j++) {
            for (int k = j; k >= 0; k--) {
                double p = k < j ? share(v[k], w[j]) : 0;
                double above = k > 0 ? share(v[k - 1], w[j]) : 1;
                double kept = k < j ? p * dot[k] : 0;
                double fallen = k > 0 ? (1 - above) * dot[k - 1] : 0;
                dot[k] = kept + fallen + (above - p) * wDot[j];
            }
            insert(v, j);
        }
        return dot;
    }

    /** Inserts element j into the j values that are there; from the last place, so that old neighbours are read. */
    private void insert(double[] v, int j) {
        double x = w[j];
        for (int k = j; k >= 0; k--) {
            double here = k < j ? v[k] : Double.NEGATIVE_INFINITY;
            double above = k > 0 ? v[k - 1] : Double.POSITIVE_INFINITY;
            // one of three is the exact place: above has to move down, x comes to stand here, or here stays
            double place = Math.min(above, Math.max(here, x));
            v[k] = place + excess(here, x) - excess(x, above);
        }
    }

    /** {@code t log(1 + exp(-|a - b| / t))}: by how much the soft maximum of the two is more than the maximum. */
    private double excess(double a, double b) {
        return t * Math.log1p(Math.exp(-Math.abs(a - b) / t));
    }

    private double share(double v, double x) {
        return 1 / (1 + Math.exp((x - v) / t));
    }

    /** The vjp of one insertion: g becomes the cotangent of the j values before it; returns that of the element. */
    private double takeOut(double[] v, int j, double[] g) {
        double gx = 0;
        double above = 1;
        for (int k = 0; k < j; k++) {
            double p = share(v[k], w[j]);
            gx += (above - p) * g[k];
            g[k] = p * g[k] + (1 - p) * g[k + 1];
            above = p;
        }
        gx += above * g[j];
        Arrays.fill(g, j, j + 1, 0);
        return gx;
    }
}
