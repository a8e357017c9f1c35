// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * The regularised transport plan, {@code P = argmin <C, P> + s R(P)} over the matrices of row sums mu and column sums nu.
 *
 * <p>With duals f and g and {@code S = (f_i + g_j - C_ij) / s}, P is {@code exp(S)} (SMOOTH; Cuturi 2013,
 * <a href="https://arxiv.org/abs/1306.0895">arXiv:1306.0895</a>) or {@code S+, S+^2, S+^3} (C0, C1, C2; for C0 Blondel,
 * Seguy and Rolet 2018, <a href="https://arxiv.org/abs/1710.06276">arXiv:1710.06276</a>). It is found by Newton's method
 * on the {@link TransportDual dual} of the shorter side, along a {@link TransportPath path} of falling softness.
 *
 * <p>Marginals are floored at 1e-12 and divided by their sum. A softness below 1e-10 times the spread of the costs is
 * raised to that: the plan is then the unregularised one to about that precision. An input that is NaN or infinite makes
 * the plan NaN.
 *
 * <p>Time O(n m k + k^3) for each of some ten to a few hundred iterations, k = min(n, m); memory O(n m + k^2).
 */
public final class TransportPlan {

    private static final double MARGINAL_FLOOR = 1e-12;
    private static final double SMALLEST_SOFTNESS = 1e-10;
    private static final double LARGEST_SOFTNESS = 1e100;
    /** Links this weak, the strongest column being about 1, are rounding: they do not connect. */
    private static final double WEAK = 1e-15;

    /**
     * When to stop.
     *
     * @param tolerance largest absolute error of a marginal
     * @param maxIterations most Sinkhorn and Newton steps
     */
    public record Options(double tolerance, int maxIterations) {
        /** Tolerance 1e-9, at which Newton's next step is exact to rounding, and it is taken. */
        public static final Options DEFAULT = new Options(1e-9, 1000);
    }

    private final Smoothness c;
    /** The solver's rows are the longer side; its entry (i, j) is the caller's {@code i * rowStride + j * columnStride}. */
    private final int n;

    private final int m;
    private final int rowStride;
    private final int columnStride;
    private final boolean swapped;

    private final Marginal mu;
    private final Marginal nu;
    /** Null if an input was NaN or infinite, or if there are no entries. */
    private final TransportDual dual;

    private final boolean undefined;
    private final double softness;
    private final int iterations;

    private Laplacian laplacian;
    private int[] component;
    private double[] columnWeights;

    /**
     * Solves one problem.
     *
     * @param c class
     * @param cost C, n rows of m
     * @param n rows
     * @param m columns
     * @param mu row sums
     * @param nu column sums
     * @param s softness
     * @param options when to stop
     * @throws NotConvergedException if the marginals miss the tolerance after all iterations
     */
    public TransportPlan(
            Smoothness c, double[] cost, int n, int m, double[] mu, double[] nu, double s, Options options) {
        this.c = c;
        swapped = m > n;
        this.n = swapped ? m : n;
        this.m = swapped ? n : m;
        rowStride = swapped ? 1 : m;
        columnStride = swapped ? m : 1;
        this.mu = new Marginal(swapped ? nu : mu);
        this.nu = new Marginal(swapped ? mu : nu);
        double largest = Math.max(largest(cost), Double.MIN_NORMAL);
        undefined = !(Double.isFinite(largest) && Double.isFinite(largest(mu) + largest(nu) + s));
        if (undefined || n == 0 || m == 0) {
            dual = null;
            softness = s;
            iterations = 0;
            return;
        }
        int exponent = -Math.getExponent(largest) - 1;
        double[] oriented = new double[n * m];
        for (int i = 0; i < this.n; i++) {
            for (int j = 0; j < this.m; j++) oriented[i * this.m + j] = Math.scalb(cost[at(i, j)], exponent);
        }
        TransportPath path = new TransportPath(c, oriented, this.mu.mass, this.nu.mass, options);
        softness = Math.max(s, Math.scalb(SMALLEST_SOFTNESS * path.costSpread(), -exponent));
        // a softness beyond 1e100 times the costs is as good as infinite
        dual = path.follow(Math.min(Math.scalb(softness, exponent), LARGEST_SOFTNESS), this.nu.mass);
        iterations = path.iterations();
    }

    /** The largest magnitude, NaN if there is one. */
    private static double largest(double[] x) {
        double largest = 0;
        for (double a : x) largest = Math.max(largest, Math.abs(a));
        return largest;
    }

    private int at(int i, int j) {
        return i * rowStride + j * columnStride;
    }

    /** P, n rows of m. */
    public double[] plan() {
        double[] p = new double[n * m];
        if (undefined) Arrays.fill(p, Double.NaN);
        else if (dual != null) {
            for (int i = 0; i < n; i++) for (int j = 0; j < m; j++) p[at(i, j)] = dual.plan[i * m + j];
        }
        return p;
    }

    /**
     * {@code log P = S} of SMOOTH, finite where P is far below the smallest double. Parts of the plan that exchange less
     * mass than rounding, 1e-16, determine the logarithms between them only up to a shift, d from one part to the other and
     * -d back.
     */
    public double[] logPlan() {
        double[] log = new double[n * m];
        if (undefined) Arrays.fill(log, Double.NaN);
        else if (dual != null) {
            for (int i = 0; i < n; i++) for (int j = 0; j < m; j++) log[at(i, j)] = dual.reduced(i, j);
        }
        return log;
    }

    /** Sinkhorn and Newton steps taken. */
    public int iterations() {
        return iterations;
    }

    /** The largest absolute error of a marginal. */
    public double residual() {
        return undefined ? Double.NaN : dual == null ? 0 : dual.residual();
    }

    /**
     * Adds the vjp for the cotangent {@code gPlan[from..from + n m)}.
     *
     * <p>The marginals' cotangents are the duals of the derivative's equations. They are defined up to a constant for each
     * connected component of the support, as mass can move only within one: taken is the solution of minimum norm in the
     * metric of the weights. The derivative of flooring and normalising is included.
     */
    public void vjp(double[] gPlan, int from, double[] gCost, double[] gMu, double[] gNu) {
        double[] g = Arrays.copyOfRange(gPlan, from, from + n * m);
        double[] u = new double[n];
        double[] y = new double[m];
        respond(g, 1, u, y);
        for (int k = 0; k < g.length; k++) gCost[k] += g[k] / softness;
        double[] gRows = swapped ? gNu : gMu;
        double[] gColumns = swapped ? gMu : gNu;
        if (gRows != null) mu.vjp(u, gRows);
        if (gColumns != null) nu.vjp(y, gColumns);
    }

    /** The jvp: {@code planDot[0..n m)} is written; a tangent that is null is 0. */
    public void jvp(double[] costDot, double[] muDot, double[] nuDot, double[] planDot) {
        Arrays.fill(planDot, 0, n * m, 0);
        if (costDot != null) System.arraycopy(costDot, 0, planDot, 0, n * m);
        double[] rowDot = swapped ? nuDot : muDot;
        double[] columnDot = swapped ? muDot : nuDot;
        double[] u = rowDot == null ? new double[n] : mu.jvp(rowDot);
        double[] y = columnDot == null ? new double[m] : nu.jvp(columnDot);
        respond(planDot, softness, u, y);
    }

    /**
     * Adds the vjp of {@link #logPlan}, {@code (p (u' + y') - g) / s} with u' and y' the response to the sums of g: no
     * division by an entry that has vanished.
     */
    public void logVjp(double[] g, double[] gCost) {
        double[] u = new double[n];
        double[] y = new double[m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                u[i] += g[at(i, j)];
                y[j] += g[at(i, j)];
            }
        }
        double[] z = new double[n * m];
        respond(z, 1, u, y);
        for (int k = 0; k < z.length; k++) gCost[k] += (z[k] - g[k]) / softness;
    }

    /** The jvp of {@link #logPlan} for a tangent of the cost; {@code logDot[0..n m)} is written. */
    public void logJvp(double[] costDot, double[] logDot) {
        double[] u = new double[n];
        double[] y = new double[m];
        respond(costDot.clone(), softness, u, y);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) logDot[at(i, j)] = u[i] + y[j] - costDot[at(i, j)] / softness;
        }
    }

    /**
     * The linear response, its own transpose but for the scaling: for {@code X = x / unit} solves
     * {@code sum_j Z_ij = u_i, sum_i Z_ij = y_j} for {@code Z_ij = w_ij (u'_i + y'_j - X_ij)}, {@code w = 1 / R''(P)}.
     * Z is written to x, and the solution u', y' to u and y.
     */
    private void respond(double[] x, double unit, double[] u, double[] y) {
        if (dual == null) {
            if (undefined) for (double[] z : new double[][] {x, u, y}) Arrays.fill(z, Double.NaN);
            return;
        }
        if (laplacian == null) factorize();
        balance(u, y);
        double[] w = new double[m];
        double[] mean = new double[n]; // of x in each row
        double[] total = new double[n];
        for (int i = 0; i < n; i++) {
            total[i] = weights(i, w);
            for (int j = 0; j < m; j++) {
                int at = at(i, j);
                x[at] /= unit;
                mean[i] += w[j] * x[at];
            }
            mean[i] /= total[i];
            for (int j = 0; j < m; j++) y[j] += w[j] * (x[at(i, j)] - mean[i] - u[i] / total[i]);
        }
        laplacian.solve(y);
        for (int i = 0; i < n; i++) {
            weights(i, w);
            double meanY = 0;
            for (int j = 0; j < m; j++) meanY += w[j] * y[j];
            meanY /= total[i];
            double own = u[i] / total[i];
            for (int j = 0; j < m; j++) {
                int at = at(i, j);
                x[at] = w[j] * (y[j] - meanY + own - (x[at] - mean[i]));
            }
            u[i] = own + mean[i] - meanY;
        }
        center(u, y);
    }

    private double weights(int i, double[] w) {
        double total = 0;
        for (int j = 0; j < m; j++) {
            w[j] = Regulariser.weight(c, dual.plan[i * m + j]);
            total += w[j];
        }
        return total;
    }

    private void factorize() {
        columnWeights = new double[m];
        laplacian = dual.laplacian(columnWeights);
        laplacian.cut(WEAK * largest(columnWeights));
        component = laplacian.components(0);
        laplacian.eliminate();
    }

    /** Projects changes of the marginals onto those that every component can follow: equal mass in rows and columns. */
    private void balance(double[] u, double[] y) {
        double[] excess = new double[m];
        for (int i = 0; i < n; i++) excess[componentOf(i)] += u[i];
        for (int j = 0; j < m; j++) excess[component[j]] -= y[j];
        shift(excess, u, y, true);
    }

    /** Chooses among the solutions, which differ by a constant in each component: the transpose of {@link #balance}. */
    private void center(double[] u, double[] y) {
        double[] w = new double[m];
        double[] excess = new double[m];
        for (int i = 0; i < n; i++) excess[componentOf(i)] += weights(i, w) * u[i];
        for (int j = 0; j < m; j++) excess[component[j]] -= columnWeights[j] * y[j];
        shift(excess, u, y, false);
    }

    private void shift(double[] excess, double[] u, double[] y, boolean weighted) {
        double[] w = new double[m];
        double[] norm = new double[m];
        for (int j = 0; j < m; j++) norm[component[j]] += columnWeights[j];
        for (int i = 0; i < n; i++) norm[componentOf(i)] += weights(i, w);
        for (int i = 0; i < n; i++) {
            int k = componentOf(i);
            u[i] -= excess[k] / norm[k] * (weighted ? weights(i, w) : 1);
        }
        for (int j = 0; j < m; j++) {
            int k = component[j];
            y[j] += excess[k] / norm[k] * (weighted ? columnWeights[j] : 1);
        }
    }

    /** A row belongs to the component of its largest entry. */
    private int componentOf(int i) {
        int best = 0;
        for (int j = 1; j < m; j++) if (dual.plan[i * m + j] > dual.plan[i * m + best]) best = j;
        return component[best];
    }

    /** Masses made positive and of sum 1. */
    private static final class Marginal {

        private final double[] given;
        private final double total;
        private final double[] mass;

        Marginal(double[] given) {
            this.given = given.clone();
            mass = new double[given.length];
            double sum = 0;
            double lost = 0; // Kahan's, so that both sides have the same mass to rounding
            for (int i = 0; i < mass.length; i++) {
                mass[i] = Math.max(given[i], MARGINAL_FLOOR);
                double term = mass[i] - lost;
                double next = sum + term;
                lost = next - sum - term;
                sum = next;
            }
            total = sum;
            for (int i = 0; i < mass.length; i++) mass[i] /= total;
        }

        /** Adds to gGiven; floored entries have derivative 0. */
        void vjp(double[] g, double[] gGiven) {
            double mean = 0;
            for (int i = 0; i < mass.length; i++) mean += mass[i] * g[i];
            for (int i = 0; i < mass.length; i++) {
                if (given[i] >= MARGINAL_FLOOR) gGiven[i] += (g[i] - mean) / total;
            }
        }

        double[] jvp(double[] dot) {
            double sum = 0;
            double[] massDot = new double[mass.length];
            for (int i = 0; i < mass.length; i++) {
                massDot[i] = given[i] >= MARGINAL_FLOOR ? dot[i] / total : 0;
                sum += massDot[i];
            }
            for (int i = 0; i < mass.length; i++) massDot[i] -= mass[i] * sum;
            return massDot;
        }
    }
}
