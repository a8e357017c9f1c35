// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The dual of the regularised transport problem of softness 1 with its row duals maximised out: a concave function of the
 * column duals g,
 *
 * <pre>{@code D(g) = <nu, g> - sum_i max { <g - C_i, p> - R(p) : p >= 0, sum p = mu_i }}</pre>
 *
 * <p>The inner maxima are {@link SimplexProjection simplex projections} of mass mu_i, so every row of the plan has its
 * marginal, and the gradient is what the column sums lack. The Hessian is the negative {@link Laplacian} of the columns,
 * with conductances {@code sum_i w_ij w_ik / sum_j w_ij}, {@code w = 1 / R''}. With rows exact and columns free this is the
 * semi-dual of Blondel, Seguy and Rolet 2018, <a href="https://arxiv.org/abs/1710.06276">arXiv:1710.06276</a>, eq. (7).
 *
 * <p>Evaluation takes O(n m), Newton's equations O(n m^2 + m^3), for n rows and m columns.
 */
final class TransportDual {

    private static final int SEARCH_LIMIT = 100;
    private static final double NOISE = 1e-13;
    private static final double ROUNDING = 1e-14;
    /** Rows of the plan that make their part of the Hessian at once. */
    private static final int TOGETHER = 4;

    private final Smoothness c;
    private final int n;
    private final int m;
    private final double[] mu;
    private final double[] nu;
    private final double[] cost;
    /** The plan at g, row after row. */
    final double[] plan;
    /** Row and column duals. */
    final double[] f;

    final double[] g;
    /** What the column sums lack. */
    private final double[] lack;
    /** Rounding errors of that sum (Kahan): of 100,000 equal entries they would add up. */
    private final double[] lost;

    private double value;
    private double residual;
    private final double[] v;

    /** {@code cost} is kept, not copied: whoever rewrites it evaluates again. */
    TransportDual(Smoothness c, double[] cost, double[] mu, double[] nu) {
        this.c = c;
        this.cost = cost;
        this.mu = mu;
        this.nu = nu;
        n = mu.length;
        m = nu.length;
        plan = new double[n * m];
        f = new double[n];
        g = new double[m];
        lack = new double[m];
        lost = new double[m];
        v = new double[Math.max(n, m)];
    }

    /** {@code S_ij = f_i + g_j - C_ij}. */
    double reduced(int i, int j) {
        return f[i] + g[j] - cost[i * m + j];
    }

    /** The largest absolute marginal error of the plan. */
    double residual() {
        return residual;
    }

    /** The sum of the absolute marginal errors. */
    double totalResidual() {
        double sum = 0;
        for (double r : lack) sum += Math.abs(r);
        return sum;
    }

    /** Evaluates plan, value and gradient at g. */
    void evaluate() {
        double share = Regulariser.share(c);
        double sum = 0;
        for (int j = 0; j < m; j++) {
            lack[j] = nu[j];
            lost[j] = 0;
            sum += nu[j] * g[j];
        }
        for (int i = 0; i < n; i++) {
            int row = i * m;
            double a = Regulariser.scale(c, mu[i]);
            for (int j = 0; j < m; j++) v[j] = (g[j] - cost[row + j]) / a;
            f[i] = project(mu[i], a, m);
            double gain = 0;
            for (int j = 0; j < m; j++) {
                double p = mu[i] * v[j];
                plan[row + j] = p;
                double term = -p - lost[j];
                double next = lack[j] + term;
                lost[j] = next - lack[j] - term;
                lack[j] = next;
                if (p > 0) gain += p * (g[j] - cost[row + j]);
            }
            sum -= (1 - share) * gain - share * mu[i] * f[i];
        }
        value = sum;
        residual = 0;
        for (double r : lack) residual = Math.max(residual, Math.abs(r));
    }

    /**
     * Projects v, which is in units of a, onto the unit simplex in place; returns the dual f with
     * {@code R'(mass p_j) = f + a v_j} on the support.
     */
    private double project(double mass, double a, int length) {
        int best = 0;
        for (int j = 1; j < length; j++) if (v[j] > v[best]) best = j;
        double top = v[best];
        SimplexProjection.forward(c, v, v, length);
        return Regulariser.slope(c, mass * v[best]) - a * top;
    }

    /** Maximises over the column duals for the present row duals (Sinkhorn's step), then evaluates. */
    void sweep() {
        for (int j = 0; j < m; j++) {
            double a = Regulariser.scale(c, nu[j]);
            for (int i = 0; i < n; i++) v[i] = (f[i] - cost[i * m + j]) / a;
            g[j] = project(nu[j], a, n);
        }
        evaluate();
    }

    /** One damped Newton step. Returns whether it found a better point; if not, everything is as before. */
    boolean step() {
        double[] direction = direction();
        double[] start = g.clone();
        double startValue = value;
        double startSlope = slope(direction);
        double low = 0;
        double lowSlope = startSlope;
        double high = Double.POSITIVE_INFINITY;
        double t = 1;
        for (int trial = 0; trial < SEARCH_LIMIT && startSlope > 0; trial++) {
            move(start, direction, t);
            double slope = slope(direction);
            boolean noLower = value >= startValue - NOISE * (1 + Math.abs(startValue));
            if (slope > startSlope / 2 && noLower) { // still rising steeply: a longer step
                low = t;
                lowSlope = slope;
                t = high == Double.POSITIVE_INFINITY ? 4 * t : (low + high) / 2;
                continue;
            }
            // where the gain drowns in rounding, slopes tell what values cannot (Hager and Zhang 2005, eq. (4.1))
            boolean higher = value >= startValue + 1e-4 * t * startSlope;
            if (higher || noLower && slope >= -0.8 * startSlope) return true;
            high = t;
            double crossing = lowSlope / (lowSlope - slope);
            t = low + (high - low) * Math.min(Math.max(crossing, 0.1), 0.9);
        }
        move(start, direction, low);
        return low > 0;
    }

    /** One full Newton step, undone unless it halves the residual at least. Returns whether it did. */
    boolean polish() {
        double before = residual;
        double[] start = g.clone();
        double[] direction = direction();
        move(start, direction, 1);
        if (residual <= before / 2) return true;
        move(start, direction, 0);
        return false;
    }

    private void move(double[] start, double[] direction, double t) {
        for (int j = 0; j < m; j++) g[j] = start[j] + t * direction[j];
        evaluate();
    }

    private double slope(double[] direction) {
        double sum = 0;
        for (int j = 0; j < m; j++) sum += lack[j] * direction[j];
        return sum;
    }

    /** Newton's direction. The ground, in proportion to the residual, bounds it where the support falls apart. */
    private double[] direction() {
        double[] weights = new double[m];
        Laplacian laplacian = laplacian(weights);
        double largest = 0;
        for (double w : weights) largest = Math.max(largest, w);
        double epsilon = Math.min(totalResidual(), 0.1);
        double[] direction = balanced(laplacian.components(epsilon * largest));
        for (int j = 0; j < m; j++) laplacian.earth(j, epsilon * Math.max(weights[j], 1e-6 * largest));
        laplacian.eliminate();
        laplacian.solve(direction);
        return direction;
    }

    /**
     * What the columns lack, less the rounding errors of each component's sum: divided by the ground alone they would shift
     * whole components against each other.
     */
    private double[] balanced(int[] component) {
        double[] excess = new double[m];
        double[] mass = new double[m];
        for (int j = 0; j < m; j++) {
            excess[component[j]] += lack[j];
            mass[component[j]] += nu[j];
        }
        double[] r = lack.clone();
        for (int j = 0; j < m; j++) {
            int k = component[j];
            if (Math.abs(excess[k]) <= ROUNDING) r[j] -= excess[k] * nu[j] / mass[k];
        }
        return r;
    }

    /** The negative Hessian; {@code weights}, written, gets the sums {@code sum_i w_ij}. */
    Laplacian laplacian(double[] weights) {
        Laplacian laplacian = new Laplacian(m);
        double[][] full = new double[TOGETHER][m]; // rows without a zero
        double[] totals = new double[TOGETHER];
        int waiting = 0;
        for (int i = 0; i < n; i++) {
            double[] w = full[waiting];
            int from = m;
            int to = 0;
            int size = 0;
            double total = 0;
            for (int j = 0; j < m; j++) {
                double p = plan[i * m + j];
                w[j] = p == 0 ? 0 : Regulariser.weight(c, p);
                if (p == 0) continue;
                weights[j] += w[j];
                total += w[j];
                size++;
                from = Math.min(from, j);
                to = j + 1;
            }
            if (size < m) {
                laplacian.linkAll(w, from, to, total);
            } else {
                totals[waiting++] = total;
                if (waiting == TOGETHER) {
                    laplacian.linkAll(full, totals);
                    waiting = 0;
                }
            }
        }
        for (int k = 0; k < waiting; k++) laplacian.linkAll(full[k], 0, m, totals[k]);
        return laplacian;
    }
}
