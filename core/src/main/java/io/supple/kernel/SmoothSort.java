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
 * matrix and {@code c_k} the gaps of the soft order statistics; slacks are {@code exp(-a)}, gaps {@code exp(-b)}. It is
 * minimised by Newton's method with backtracking from {@code b = -log c}, in five to twenty steps (some hundred for long
 * lists of equal w). A step solves {@code (L diag(exp -a) L + diag(exp -b)) d = r} as a banded system in d and
 * {@code diag(exp -a) L d}, which does not square the condition of L. Derivatives are those of the optimum (implicit
 * function theorem), by the same system.
 *
 * <p>Time O(n^2) for the bounds and O(n) a step; memory O(n), for the vjp O(n sqrt n). The definition is that of
 * softjax 0.1.1, {@code _proj_permutahedron_smooth_sort}, whose
 * solver (L-BFGS) stops at 1e-5. A NaN or an infinity in z or w makes y NaN and gradients too.
 */
public final class SmoothSort implements PolytopeProjection {

    private static final int MOST_STEPS = 300;
    private static final int MOST_HALVINGS = 60;
    private static final double MOST_GROWTH = 50; // exponent of slacks and gaps in one step
    private static final double TOLERANCE = 1e-12;
    private static final double EPSILON = Math.ulp(1.0);
    private static final double LARGE = 0x1p500;
    private static final double SHRINK = 0x1p-600;
    private static final double STEEPEST = 0x1p1000;

    private final int n;
    private final double s;
    private final double[] w;
    private final int[] order;
    private final double scale; // of all lengths within: w, gaps and slacks
    private final ElementarySymmetric bounds;
    private final double[] c;
    private final double[] steps; // a - L b
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
        int m = Math.max(0, n - 1);
        c = new double[m];
        steps = new double[m];
        slacks = new double[m];
        gaps = new double[m];
        double top = 0;
        boolean numbers = true;
        for (int i = 0; i < n; i++) {
            top = Math.max(top, Math.abs(w[i]));
            numbers &= Double.isFinite(z[i]) && Double.isFinite(w[i]);
        }
        finite = numbers;
        scale = top > LARGE ? SHRINK : 1;
        double t = Math.min(s, 1) * scale;
        double[] scaled = new double[n];
        for (int i = 0; i < n; i++) scaled[i] = w[i] * scale;
        bounds = new ElementarySymmetric(scaled, t);
        if (m == 0 || !finite) return;
        double[] v = bounds.values();
        for (int k = 0; k < m; k++) {
            // Newton's inequalities: below this a gap is a rounding error
            double least = t * Math.log1p((n + 1.0) / ((k + 1.0) * (m - k)));
            c[k] = Math.max(v[k] - v[k + 1], least);
            double step = Math.min((z[order[k]] - z[order[k + 1]]) / s, 1e300);
            // b = b' + log(scale), and slacks are scaled like gaps
            int ends = (k == 0 ? 1 : 0) + (k == m - 1 ? 1 : 0);
            steps[k] = step + Math.log(scale) * (ends - 1);
        }
        solve();
    }

    /** The projection, in the order of z; {@code y[to..to+n)} is written. */
    @Override
    public void value(double[] y, int to) {
        if (!finite) {
            Arrays.fill(y, to, to + n, Double.NaN);
            return;
        }
        double total = 0;
        for (double weight : w) total += weight * scale;
        double[] sorted = tails(gaps, total);
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
        double[] r = new double[2 * c.length];
        double head = 0; // of the cotangents of the tails
        for (int k = 0; k < c.length; k++) {
            head += g[from + order[k]] - mean;
            r[2 * k] = -gaps[k] * head;
        }
        double[] solution = solution(r);
        double[] gv = new double[n];
        for (int k = 0; k < c.length; k++) {
            gv[k] -= solution[2 * k];
            gv[k + 1] += solution[2 * k];
            double towards = clamped(solution[2 * k + 1] / scale / s, STEEPEST);
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
        for (int i = 0; i < n && wDot != null; i++) total += wDot[i];
        double[] vDot = wDot == null ? new double[n] : bounds.jvp(wDot);
        double[] r = new double[2 * c.length];
        for (int k = 0; k < c.length; k++) {
            r[2 * k] = vDot[k + 1] - vDot[k];
            if (zDot == null) continue;
            double zStep = (zDot[order[k]] - zDot[order[k + 1]]) / s;
            r[2 * k + 1] = clamped(slacks[k] * zStep / scale, STEEPEST);
        }
        double[] solution = solution(r);
        double[] gapsDot = new double[c.length];
        for (int k = 0; k < c.length; k++) gapsDot[k] = -gaps[k] * solution[2 * k];
        double[] sorted = tails(gapsDot, total);
        for (int i = 0; i < n; i++) yDot[to + order[i]] = sorted[i];
    }

    /** Newton's method for the multipliers; leaves slacks and gaps. */
    private void solve() {
        int m = c.length;
        double[] b = start();
        double value = dual(b);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] r = new double[2 * m];
            boolean found = residual(b, r);
            double[] solution = solution(r.clone());
            double[] direction = new double[m];
            double decrease = 0;
            for (int k = 0; k < m; k++) {
                direction[k] = solution[2 * k];
                decrease += direction[k] * r[2 * k];
            }
            if (found) {
                polish(b, direction);
                return;
            }
            value = search(b, direction, value, decrease);
        }
        throw new NotConvergedException("smooth_sort: no optimum after " + MOST_STEPS + " Newton steps, n = " + n);
    }

    /** One more whole step, as its error is the square of the last, unless rounding errors are all that is left. */
    private void polish(double[] b, double[] direction) {
        double[] next = new double[b.length];
        for (int k = 0; k < b.length; k++) next[k] = b[k] + direction[k];
        double[] r = new double[2 * b.length];
        dual(next);
        if (!residual(next, r)) dual(b);
    }

    /** {@code -log c}, or as many halves nearer to 0 as make the dual least: slacks of wide lists are far below c. */
    private double[] start() {
        double[] b = new double[c.length];
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double share = 1; share > 1e-3; share /= 2) {
            for (int k = 0; k < b.length; k++) b[k] = (share - 1) * Math.log(scale) - share * Math.log(c[k]);
            double value = dual(b);
            if (best == null || value < least) {
                best = b.clone();
                least = value;
            }
        }
        return best;
    }

    /** Goes along the direction until the dual is lower by a share of the promised decrease; b is moved. */
    private double search(double[] b, double[] direction, double value, double decrease) {
        double noise = 1e-13 * magnitude(b);
        double[] next = new double[b.length];
        double growth = 0;
        for (int k = 0; k < b.length; k++) growth = Math.max(growth, -Math.min(direction[k], bend(direction, k)));
        double length = growth > MOST_GROWTH ? MOST_GROWTH / growth : 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
            for (int k = 0; k < b.length; k++) next[k] = b[k] + length * direction[k];
            double there = dual(next);
            if (there <= value - 1e-4 * length * decrease + noise) {
                System.arraycopy(next, 0, b, 0, b.length);
                return there;
            }
        }
        throw new NotConvergedException("smooth_sort: no descent from a point that is not the optimum, n = " + n);
    }

    /** {@code <c, b> + sum slacks + sum gaps}; slacks and gaps are left as they are at b. */
    private double dual(double[] b) {
        double sum = 0;
        for (int k = 0; k < b.length; k++) {
            slacks[k] = Math.exp(-(steps[k] + bend(b, k)));
            gaps[k] = Math.exp(-b[k]);
            sum += c[k] * b[k] + slacks[k] + gaps[k];
        }
        return sum;
    }

    private double magnitude(double[] b) {
        double sum = 0;
        for (int k = 0; k < b.length; k++) sum += Math.abs(c[k] * b[k]) + slacks[k] + gaps[k];
        return sum;
    }

    /** Writes {@code L slacks + gaps - c}, the dual's descent, to the even places; whether that is rounding errors only. */
    private boolean residual(double[] b, double[] r) {
        double largest = 0;
        for (double multiplier : b) largest = Math.max(largest, Math.abs(multiplier));
        double tolerance = TOLERANCE + 32 * EPSILON * largest; // an exponent's error is its result's relative one
        boolean small = true;
        for (int k = 0; k < b.length; k++) {
            r[2 * k] = bend(slacks, k) + gaps[k] - c[k];
            double terms = c[k] + gaps[k] + 4 * slacks[k] - bend(slacks, k) + 2 * slacks[k];
            small &= Math.abs(r[2 * k]) <= tolerance * terms;
        }
        return small;
    }

    /** {@code (L x)_k = 2 x_k - x_(k-1) - x_(k+1)}, with zeros beyond the ends. */
    private static double bend(double[] x, int k) {
        double before = k > 0 ? x[k - 1] : 0;
        double after = k < x.length - 1 ? x[k + 1] : 0;
        return (x[k] - before) + (x[k] - after);
    }

    /** Solves {@code gaps d + L e = r_even, e - slacks L d = r_odd}; writes d over the even places, e over the odd ones. */
    private double[] solution(double[] r) {
        int m = c.length;
        BandedSystem system = new BandedSystem(2 * m);
        for (int k = 0; k < m; k++) {
            double even = 1 / Math.max(1, gaps[k]); // rows of like size, or the pivots would be chosen by units
            double odd = 1 / Math.max(1, slacks[k]);
            system.set(2 * k, 2 * k, even * gaps[k]);
            system.set(2 * k, 2 * k + 1, even * 2);
            system.set(2 * k + 1, 2 * k + 1, odd);
            system.set(2 * k + 1, 2 * k, -odd * slacks[k] * 2);
            if (k > 0) {
                system.set(2 * k, 2 * k - 1, -even);
                system.set(2 * k + 1, 2 * k - 2, odd * slacks[k]);
            }
            if (k < m - 1) {
                system.set(2 * k, 2 * k + 3, -even);
                system.set(2 * k + 1, 2 * k + 2, odd * slacks[k]);
            }
            r[2 * k] *= even;
            r[2 * k + 1] *= odd;
        }
        system.solve(r);
        return r;
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
