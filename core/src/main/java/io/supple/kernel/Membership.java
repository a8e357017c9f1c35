// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Soft membership among the k largest of one list: the regularised projection of {@code z / s} onto the hull of the 0-1
 * vectors with k ones, {@code y in [0,1]^n, sum y = k}.
 *
 * <p>C0, C1 and C2 are the {@link Permutahedron} of k ones and n - k zeros. SMOOTH is the entropic projection
 * {@code y_i = min(1, c e^(z_i/s))}: the permutahedron's own SMOOTH is left in the log domain and would not lie between
 * 0 and 1. For k = 1 it is softmax.
 *
 * <p>Time O(n log n), the derivative O(n). The Jacobian is symmetric, so {@link #vjp} and {@link #jvp} multiply by the
 * same matrix. For k = 0 and k = n the result is constant. Where a z is not finite, all is NaN.
 *
 * <p>Sander, Puigcerver, Djolonga, Peyre, Blondel 2023, <a href="https://arxiv.org/abs/2302.01425">arXiv:2302.01425</a>;
 * Blondel et al. 2020, <a href="https://arxiv.org/abs/2002.08871">arXiv:2002.08871</a>.
 */
public final class Membership {

    private final Permutahedron projection; // null for SMOOTH
    private final double s;
    private final double[] y; // of SMOOTH
    private final double[] free; // y where it is below 1, else 0
    private final double mass; // sum of free

    /**
     * Solves.
     *
     * @param c class
     * @param z scores
     * @param k how many, from 0 to n
     * @param s softness
     */
    public Membership(Smoothness c, double[] z, int k, double s) {
        int n = z.length;
        this.s = s;
        if (c != Smoothness.SMOOTH) {
            double[] w = new double[n];
            Arrays.fill(w, 0, k, 1);
            projection = new Permutahedron(c, z, w, s);
            y = null;
            free = null;
            mass = 0;
            return;
        }
        projection = null;
        y = new double[n];
        free = new double[n];
        boolean finite = true;
        for (double each : z) finite &= Double.isFinite(each);
        if (!finite) {
            Arrays.fill(y, Double.NaN);
            Arrays.fill(free, Double.NaN);
            mass = Double.NaN;
        } else if (k == 0 || k == n) {
            Arrays.fill(y, k == 0 ? 0 : 1);
            mass = 1;
        } else {
            mass = entropic(z, k);
        }
    }

    /**
     * With m entries at 1 the others share k - m in proportion to e^u, and m is the smallest for which the largest of
     * them is no more than 1. Sums of e^u run from the smallest up, relative to their own largest.
     */
    private double entropic(double[] z, int k) {
        int n = z.length;
        int[] order = Sorting.argsort(z, 0, n, true);
        double[] tail = new double[n + 1];
        for (int i = n - 1; i >= 0; i--) {
            double ratio = i + 1 < n ? Math.exp((z[order[i + 1]] - z[order[i]]) / s) : 0;
            tail[i] = 1 + ratio * tail[i + 1];
        }
        int m = 0;
        while (k - m > tail[m]) m++; // ends at k - 1 at the latest: tails are at least 1
        double first = z[order[m]];
        for (int i = 0; i < m; i++) y[order[i]] = 1;
        double sum = 0;
        for (int i = m; i < n; i++) {
            double p = Math.min((k - m) * (Math.exp((z[order[i]] - first) / s) / tail[m]), 1);
            y[order[i]] = p;
            free[order[i]] = p;
            sum += p;
        }
        return sum;
    }

    /** The membership of every element; {@code y[to..to+n)} is written. */
    public void value(double[] y, int to) {
        if (projection != null) projection.value(y, to);
        else System.arraycopy(this.y, 0, y, to, this.y.length);
    }

    /** Adds {@code J g} to gz for {@code g[from..from+n)}. */
    public void vjp(double[] g, int from, double[] gz) {
        if (projection != null) {
            projection.vjp(g, from, gz, null);
        } else {
            double mean = mean(g, from);
            for (int i = 0; i < free.length; i++) gz[i] += free[i] * (g[from + i] - mean) / s;
        }
    }

    /** {@code J t} for the tangent of z; {@code yDot[to..to+n)} is written. */
    public void jvp(double[] zDot, double[] yDot, int to) {
        if (projection != null) {
            projection.jvp(zDot, null, yDot, to);
        } else {
            double mean = mean(zDot, 0);
            for (int i = 0; i < free.length; i++) yDot[to + i] = free[i] * (zDot[i] - mean) / s;
        }
    }

    /** Under the weights {@code free}. */
    private double mean(double[] g, int from) {
        double dot = 0;
        for (int i = 0; i < free.length; i++) dot += free[i] * g[from + i];
        return dot / mass;
    }
}
