// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Smooth projection of z / s onto the permutahedron of w: the method "smooth_sort" of softjax. Anchors as z and a list as
 * w give soft sorted values, infinitely differentiable in w; a list as z and places as w give soft ranks.
 *
 * <p>With z sorted descending it is the maximum of
 * {@code <z, y> / s + sum_k H(b_k - (y_1 + .. + y_k)) + sum_k H(y_k - y_(k+1))}, {@code H(t) = t - t log t}, over y with
 * the sum of w; the bounds are {@code b_k = t log e_k(exp(w / t))}, {@code t = min(s, 1)}, see
 * {@link ElementarySymmetric}. So every prefix sum stays below its bound, which lies above the permutahedron's, and y is
 * strictly descending, with z. Therefore y <em>jumps</em> where two elements of z change places; among equal elements
 * the earlier gets more. Slacks and gaps weigh absolutely, so y does not scale with w: where w spreads by much more than
 * 1, y is pulled together far more than s says.
 *
 * <p>The dual in the multipliers b of the gaps is, but for a constant,
 * {@code <c, b> + sum exp(-a_k) + sum exp(-b_k)} with {@code a = (z_k - z_(k+1)) / s + L b}, L the second difference
 * matrix and {@code c_k} the gaps of the soft order statistics; slacks are {@code exp(-a)}, gaps {@code exp(-b)}: see
 * {@link SmoothSortDual}. A step of its solution solves {@code (L diag(exp -a) L + diag(exp -b)) d = r} as a system in d and
 * {@code diag(exp -a) L d}, {@link SaddleSystem}. Derivatives are those of the optimum (implicit function theorem), by the
 * same system.
 *
 * <p>Time O(n^2) for the bounds and O(n) a step; memory O(n), for the vjp O(n sqrt n). The definition is that of
 * softjax 0.1.1, {@code _proj_permutahedron_smooth_sort}, whose
 * solver (L-BFGS) stops at 1e-5. A NaN or an infinity in z or w makes y NaN and gradients too.
 */
public final class SmoothSort implements PolytopeProjection {

    private static final double LARGE = 0x1p500;
    private static final int LARGEST = 900; // exponents of w and t
    private static final double LEAST = 0x1p-900;
    private static final double STEEPEST = 0x1p1000;
    private static final double SURE = 0x1p-10; // by how much better a way to sum is taken

    private final int n;
    private final double s;
    private final double[] w;
    private final int[] order;
    private final double scale; // of all lengths within: w, gaps and slacks
    private final ElementarySymmetric bounds;
    private final double[] v; // soft order statistics, largest first
    private final double[] slacks;
    private final double[] gaps;
    private final boolean finite;

    /**
     * Solves for one list.
     *
     * @param z what is projected
     * @param w whose permutations span the permutahedron
     * @param s softness
     * @throws NotConvergedException if the dual is not solved to rounding errors
     */
    public SmoothSort(double[] z, double[] w, double s) {
        this.s = s;
        this.w = w;
        n = z.length;
        order = Sorting.argsort(z, 0, n, true);
        double top = 0;
        boolean numbers = true;
        for (int i = 0; i < n; i++) {
            top = Math.max(top, Math.abs(w[i]));
            numbers &= Double.isFinite(z[i]) && Double.isFinite(w[i]);
        }
        finite = numbers;
        scale = scale(top, Math.min(s, 1));
        double t = Math.max(LEAST, Math.min(s, 1) * scale);
        double[] scaled = new double[n];
        for (int i = 0; i < n; i++) scaled[i] = w[i] * scale;
        bounds = new ElementarySymmetric(scaled, t);
        v = bounds.values();
        int m = finite ? Math.max(0, n - 1) : 0;
        double[] c = bounds.gaps();
        double[] steps = new double[m];
        double unit = Math.log(scale);
        for (int k = 0; k < m; k++) {
            // Newton's inequalities: below this a gap is a rounding error
            double least = t * Math.log1p((n + 1.0) / ((k + 1.0) * (m - k)));
            c[k] = Math.max(Math.max(c[k], least), LEAST);
            double step = (z[order[k]] - z[order[k + 1]]) / s;
            // logarithms of gaps are no more than n n / 8 times those of c apart: what is far larger leaves no slack
            if (step > 1e4 + 1e3 * n * n) step = Double.POSITIVE_INFINITY;
            // b = b' + log(scale), and slacks are scaled like gaps
            int ends = (k == 0 ? 1 : 0) + (k == m - 1 ? 1 : 0);
            steps[k] = step + unit * (ends - 1);
        }
        SmoothSortDual dual = new SmoothSortDual(c, steps, unit);
        if (m > 0 && !dual.solve()) {
            throw new NotConvergedException(
                    "smooth_sort: the optimum was not found, n = " + n + ", softness = " + s + ", largest " + top);
        }
        slacks = dual.slacks();
        gaps = dual.gaps();
    }

    /** A power of two that keeps w and t within doubles, and their products with one another. */
    private static double scale(double top, double t) {
        if (top <= LARGE && t >= 1 / LARGE) return 1;
        int below = Math.getExponent(t);
        int above = Math.max(below, Math.getExponent(top));
        return Math.scalb(1.0, Math.min(-(above + below) / 2, LARGEST - above));
    }

    /** The projection, in the order of z; {@code y[to..to+n)} is written. */
    @Override
    public void value(double[] y, int to) {
        if (!finite) {
            Arrays.fill(y, to, to + n, Double.NaN);
            return;
        }
        double[] sorted = sorted();
        for (int i = 0; i < n; i++) y[to + order[i]] = clamped(sorted[i] / scale, Double.MAX_VALUE);
    }

    /** Adds the vjp of {@link #value} to gz and gw, either of which may be null; in gz an entry stops at {@code 2^1000}. */
    @Override
    public void vjp(double[] g, int from, double[] gz, double[] gw) {
        if (!finite) {
            for (double[] gradient : new double[][] {gz, gw}) {
                if (gradient != null) Arrays.fill(gradient, 0, n, Double.NaN);
            }
            return;
        }
        double mean = 0;
        for (int i = 0; i < n; i++) mean += g[from + i] / n;
        for (int i = 0; i < n && gw != null; i++) gw[i] += mean;
        if (n < 2) return;
        double[] d = new double[n - 1];
        double[] e = new double[n - 1];
        double head = 0; // of the cotangents of the tails
        for (int k = 0; k < d.length; k++) {
            head += g[from + order[k]] - mean;
            d[k] = -gaps[k] * head;
        }
        new SaddleSystem(gaps, slacks).solve(d, e);
        double[] gv = new double[n];
        for (int k = 0; k < d.length; k++) {
            gv[k] -= d[k];
            gv[k + 1] += d[k];
            double towards = clamped(e[k] / scale / s, STEEPEST);
            if (gz == null) continue;
            gz[order[k]] -= towards;
            gz[order[k + 1]] += towards;
        }
        // v sums to the sum of w, whose part is in the mean already: here only differences of v count
        if (gw != null) bounds.vjp(gv, gw);
    }

    /** The jvp for tangents of z and w, either of which may be null; {@code yDot[to..to+n)} is written. */
    @Override
    public void jvp(double[] zDot, double[] wDot, double[] yDot, int to) {
        if (!finite) {
            Arrays.fill(yDot, to, to + n, Double.NaN);
            return;
        }
        double total = 0;
        double[] gapsDot = new double[gaps.length];
        if (wDot != null) {
            for (double weight : wDot) total += weight;
            gapsAlong(bounds.jvp(wDot), gapsDot);
        }
        if (zDot != null) gapsAlongZ(zDot, gapsDot);
        double[] sorted = tails(gapsDot, total);
        for (int i = 0; i < n; i++) yDot[to + order[i]] = sorted[i];
    }

    private void gapsAlong(double[] vDot, double[] gapsDot) {
        double[] d = new double[gaps.length];
        for (int k = 0; k < d.length; k++) d[k] = vDot[k + 1] - vDot[k];
        new SaddleSystem(gaps, slacks).solve(d, new double[d.length]);
        for (int k = 0; k < d.length; k++) gapsDot[k] -= gaps[k] * d[k];
    }

    private void gapsAlongZ(double[] zDot, double[] gapsDot) {
        double[] d = new double[gaps.length];
        double[] q = new double[gaps.length];
        double largest = Double.MIN_NORMAL;
        for (int k = 0; k < q.length; k++) {
            if (slacks[k] > 0) q[k] = clamped((zDot[order[k + 1]] - zDot[order[k]]) / s, STEEPEST);
            largest = Math.max(largest, Math.abs(q[k]));
        }
        for (int k = 0; k < q.length; k++) q[k] /= largest; // or their products with slacks might overflow
        new SaddleSystem(gaps, slacks).solve(d, q);
        for (int k = 0; k < d.length; k++) gapsDot[k] -= clamped(gaps[k] * d[k] / scale * largest, STEEPEST);
    }

    /**
     * The sequence with the gaps and the sum of w, largest first. Where w is wide its sum does not know the small elements;
     * they are {@code v_k + slack_(k-1) - slack_k}, and the others follow from the one of these that is known best.
     */
    private double[] sorted() {
        double total = 0;
        double top = 0;
        for (double weight : w) {
            total += weight * scale;
            top = Math.max(top, Math.abs(weight * scale));
        }
        int best = -1;
        double least = SURE * top;
        for (int k = 0; k < n; k++) {
            double size = Math.abs(v[k]) + slack(k - 1) + slack(k);
            if (size < least) {
                best = k;
                least = size;
            }
        }
        if (best < 0) return tails(gaps, total);
        double[] y = new double[n];
        y[best] = v[best] + slack(best - 1) - slack(best);
        for (int k = best; k > 0; k--) y[k - 1] = y[k] + gaps[k - 1];
        for (int k = best; k < n - 1; k++) y[k + 1] = y[k] - gaps[k];
        return y;
    }

    private double slack(int k) {
        return k < 0 || k == slacks.length ? 0 : slacks[k];
    }

    /** The sequence with these gaps and this sum, largest first. */
    private double[] tails(double[] between, double total) {
        double[] y = new double[n];
        double mean = 0;
        for (int k = n - 2; k >= 0; k--) {
            y[k] = y[k + 1] + between[k];
            mean += y[k] / n;
        }
        for (int i = 0; i < n; i++) y[i] += total / n - mean;
        return y;
    }

    private static double clamped(double x, double most) {
        return Math.max(-most, Math.min(most, x));
    }
}
