// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Solves a transport problem by following its solution along a softness that falls in stages from the spread of the
 * costs, where the plan is near its limit of infinite softness, to the one asked for.
 *
 * <p>A stage is a few Sinkhorn steps and then Newton steps on its {@link TransportDual}. Between stages the column duals
 * move into the costs, and the next stage starts at 0: in units of the softness its duals are small numbers, so that they
 * resolve the plan fully however small the softness is (Schmitzer 2019,
 * <a href="https://arxiv.org/abs/1610.06519">arXiv:1610.06519</a>, sections 3.1 and 3.2).
 */
final class TransportPath {

    /** The softness falls by this factor from stage to stage. */
    private static final double COOLING = 5;

    private static final int SINKHORN_STEPS = 2;
    /** Total marginal error that ends a stage before the last: loose ends, in columns of little mass, cost more later. */
    private static final double ROUGH = 1e-6;

    /** Newton steps of little gain before a Sinkhorn step; with a plan piecewise linear in the duals these are normal. */
    private static final int PATIENCE = 1;

    private static final int PATIENCE_LINEAR = 10;
    private static final int RESTARTS = 10;
    /** Most steps beyond the tolerance. */
    private static final int EXTRA = 20;
    /** Marginal errors that are aimed at where the tolerance is met, and those that are rounding. */
    private static final double GOAL = 1e-12;

    private static final double ROUNDING = 1e-15;

    private final Smoothness c;
    private final int n;
    private final int m;
    private final double[] cost;
    private final TransportPlan.Options options;
    /** Smallest cost of each row. */
    private final double[] low;
    /** What the duals of the columns have taken from the costs so far. */
    private final double[] base;
    /** Costs of the stage in units of its softness. */
    private final double[] stageCost;

    private final TransportDual dual;
    private final double spread;
    private int iterations;
    /** The residual to beat, and Newton steps since it was set. */
    private double best;

    private int stalled;
    private final int patience;

    /** One problem, n at least m, n m at least 1; all numbers finite, costs within [-1, 1]. */
    TransportPath(Smoothness c, double[] cost, double[] mu, double[] nu, TransportPlan.Options options) {
        this.c = c;
        patience = c == Smoothness.C0 ? PATIENCE_LINEAR : PATIENCE;
        this.cost = cost;
        this.options = options;
        n = mu.length;
        m = nu.length;
        low = new double[n];
        base = new double[m];
        stageCost = new double[n * m];
        dual = new TransportDual(c, stageCost, mu, nu);
        spread = spread();
    }

    /** The largest cost after what duals absorb at once: the smallest of each row, then of each column. */
    private double spread() {
        Arrays.fill(base, Double.POSITIVE_INFINITY);
        for (int i = 0; i < n; i++) {
            low[i] = Double.POSITIVE_INFINITY;
            for (int j = 0; j < m; j++) low[i] = Math.min(low[i], cost[i * m + j]);
            for (int j = 0; j < m; j++) base[j] = Math.min(base[j], cost[i * m + j] - low[i]);
        }
        double largest = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) largest = Math.max(largest, cost[i * m + j] - low[i] - base[j]);
        }
        return largest;
    }

    /** As {@link #spread}. */
    double costSpread() {
        return spread;
    }

    int iterations() {
        return iterations;
    }

    /** Follows the path to softness s. Returns the dual at its maximum. */
    TransportDual follow(double s, double[] nu) {
        double stage = Math.max(s, spread / Regulariser.scale(c, 1.0 / n));
        if (c == Smoothness.SMOOTH) for (int j = 0; j < m; j++) dual.g[j] = Math.log(nu[j]);
        enter(stage);
        while (stage > s) {
            while (dual.totalResidual() > ROUGH && step()) {}
            absorb(stage);
            stage = Math.max(s, stage / COOLING);
            enter(stage);
        }
        finish(s);
        return dual;
    }

    private void enter(double stage) {
        for (int i = 0; i < n; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < m; j++) {
                int at = i * m + j;
                stageCost[at] = (cost[at] - low[i] - base[j]) / stage;
                least = Math.min(least, stageCost[at]);
            }
            for (int j = 0; j < m; j++) stageCost[i * m + j] -= least;
        }
        dual.evaluate();
        for (int k = 0; k < SINKHORN_STEPS && iterations < options.maxIterations(); k++) {
            dual.sweep();
            iterations++;
        }
        best = dual.totalResidual();
        stalled = 0;
    }

    private void absorb(double stage) {
        for (int j = 0; j < m; j++) base[j] += stage * dual.g[j];
        Arrays.fill(dual.g, 0);
    }

    /** A Newton step; and if it, or several, did not halve the residual, a Sinkhorn step, which mends columns of little mass. */
    private boolean step() {
        if (iterations >= options.maxIterations()) return false;
        iterations++;
        boolean better = dual.step();
        if (dual.totalResidual() <= best / 2) {
            best = dual.totalResidual();
            stalled = 0;
        } else if (better && ++stalled >= patience && iterations < options.maxIterations()) {
            iterations++;
            dual.sweep();
            best = dual.totalResidual();
            stalled = 0;
        }
        return better;
    }

    private boolean polish() {
        if (iterations >= options.maxIterations()) return false;
        iterations++;
        return dual.polish();
    }

    private void reach(double s) {
        int restarts = 0;
        while (dual.residual() > options.tolerance() && iterations < options.maxIterations()) {
            if (step()) continue;
            if (restarts++ == RESTARTS) break;
            absorb(s);
            enter(s);
        }
    }

    /** Newton to the tolerance, and on from there towards rounding while it gains: that is a few steps. */
    private void finish(double s) {
        reach(s);
        for (int extra = 0;
                extra < EXTRA && dual.residual() > GOAL && dual.residual() <= options.tolerance();
                extra++) {
            if (!polish() && !step()) break;
        }
        reach(s); // a step may have gone up within the noise
        while (dual.residual() > ROUNDING && polish()) {}
        if (dual.residual() > options.tolerance()) {
            throw new NotConvergedException("transport: did not converge within " + iterations
                    + " iterations, marginal residual " + dual.residual() + " is above the tolerance "
                    + options.tolerance()
                    + "; raise the softness, or the iterations or the tolerance of TransportPlan.Options");
        }
    }
}
