// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The logarithm of an entropic plan, its derivatives, and what a plan says of its iteration. */
class LogPlanTest {

    private static final int N = 6;
    private static final int M = 4;
    private static final double STEP = 1e-6;

    private final SplittableRandom random = new SplittableRandom(20130308);

    private double[] numbers(int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = random.nextDouble();
        return x;
    }

    private static TransportPlan plan(double[] cost, int n, int m, double s) {
        double[] mu = new double[n];
        double[] nu = new double[m];
        Arrays.fill(mu, 1.0 / n);
        Arrays.fill(nu, 1.0 / m);
        return new TransportPlan(Smoothness.SMOOTH, cost, n, m, mu, nu, s, TransportPlan.Options.DEFAULT);
    }

    private static double weighted(double[] cost, int n, int m, double s, double[] g) {
        double[] log = plan(cost, n, m, s).logPlan();
        double sum = 0;
        for (int k = 0; k < g.length; k++) sum += g[k] * log[k];
        return sum;
    }

    /** Both orientations: the solver's rows are the longer side. */
    @Test
    void derivativesAreDifferences() {
        for (int[] shape : new int[][] {{N, M}, {M, N}}) {
            double[] cost = numbers(N * M);
            double[] g = numbers(N * M);
            double[] t = numbers(N * M);
            TransportPlan plan = plan(cost, shape[0], shape[1], 0.1);
            double[] p = plan.plan();
            double[] log = plan.logPlan();
            for (int k = 0; k < p.length; k++) assertThat(Math.exp(log[k])).isCloseTo(p[k], offset(1e-13));
            double[] gCost = new double[N * M];
            plan.logVjp(g, gCost);
            double[] logDot = new double[N * M];
            plan.logJvp(t, logDot);
            double forward = 0;
            double backward = 0;
            for (int k = 0; k < g.length; k++) {
                double[] up = cost.clone();
                double[] down = cost.clone();
                up[k] += STEP;
                down[k] -= STEP;
                double difference =
                        (weighted(up, shape[0], shape[1], 0.1, g) - weighted(down, shape[0], shape[1], 0.1, g))
                                / (2 * STEP);
                assertThat(gCost[k]).isCloseTo(difference, offset(1e-6));
                forward += g[k] * logDot[k];
                backward += gCost[k] * t[k];
            }
            assertThat(forward).isCloseTo(backward, offset(1e-9));
        }
    }

    @Test
    void undefinedCostsHaveUndefinedLogarithms() {
        double[] cost = numbers(N * M);
        cost[3] = Double.NaN;
        assertThat(plan(cost, N, M, 0.1).logPlan()).containsOnly(Double.NaN);
        assertThat(plan(cost, N, M, 0.1).residual()).isNaN();
    }

    @Test
    void aPlanSaysHowItWasFound() {
        TransportPlan plan = plan(numbers(N * M), N, M, 0.01);
        assertThat(plan.iterations()).isBetween(1, TransportPlan.Options.DEFAULT.maxIterations());
        double[] p = plan.plan();
        double worst = 0;
        for (int j = 0; j < M; j++) {
            double sum = 0;
            for (int i = 0; i < N; i++) sum += p[i * M + j];
            worst = Math.max(worst, Math.abs(sum - 1.0 / M));
        }
        assertThat(worst).isLessThanOrEqualTo(plan.residual() + 1e-15);
        assertThat(plan.residual()).isLessThanOrEqualTo(TransportPlan.Options.DEFAULT.tolerance());
    }
}
