// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Theorems of the regularised transport plan: it is feasible, of the form of its dual, and its derivative is exact. */
class TransportPlanTest {

    private static final TransportPlan.Options OPTIONS = TransportPlan.Options.DEFAULT;

    /** One problem; {@code kind} chooses between random costs, distances with ties on a line, and equal costs. */
    private static final class Problem {

        private final Smoothness c;
        private final double[] cost;
        private final int n;
        private final int m;
        private final double[] mu;
        private final double[] nu;
        private final double s;

        Problem(Smoothness c, double[] cost, int n, int m, double[] mu, double[] nu, double s) {
            this.c = c;
            this.cost = cost;
            this.n = n;
            this.m = m;
            this.mu = mu;
            this.nu = nu;
            this.s = s;
        }

        static Problem random(Smoothness c, int n, int m, int kind, boolean uniform, double s, long seed) {
            Random random = new Random(seed);
            double[] cost = new double[n * m];
            for (int i = 0; i < n; i++) {
                double z = random.nextInt(4) / 3.0;
                for (int j = 0; j < m; j++) {
                    double d = z - j / (double) m;
                    cost[i * m + j] = kind == 0 ? random.nextDouble() : kind == 1 ? d * d : 0.7;
                }
            }
            double[] mu = masses(n, uniform, random);
            double[] nu = masses(m, uniform, random);
            return new Problem(c, cost, n, m, mu, nu, s);
        }

        private static double[] masses(int n, boolean uniform, Random random) {
            double[] masses = new double[n];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                masses[i] = uniform ? 1 : 0.1 + random.nextDouble();
                sum += masses[i];
            }
            for (int i = 0; i < n; i++) masses[i] /= sum;
            return masses;
        }

        TransportPlan solve() {
            return new TransportPlan(c, cost, n, m, mu, nu, s, OPTIONS);
        }

        Problem with(double[] otherCost, double[] otherMu, double[] otherNu) {
            return new Problem(c, otherCost, n, m, otherMu, otherNu, s);
        }
    }

    private static double[] uniform(int n) {
        double[] masses = new double[n];
        Arrays.fill(masses, 1.0 / n);
        return masses;
    }

    private static double[] weights(int n, int seed) {
        double[] w = new double[n];
        for (int i = 0; i < n; i++) w[i] = Math.sin(seed + 7.3 * i * i);
        return w;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static double[] shifted(double[] x, double[] direction, double h) {
        double[] y = x.clone();
        for (int i = 0; i < y.length; i++) y[i] += h * direction[i];
        return y;
    }

    private static void assertMarginals(Problem problem, double[] p, double tolerance) {
        double[] rows = new double[problem.n];
        double[] columns = new double[problem.m];
        for (int i = 0; i < problem.n; i++) {
            for (int j = 0; j < problem.m; j++) {
                double entry = p[i * problem.m + j];
                assertThat(entry).isBetween(0.0, 1.0 + 1e-12);
                rows[i] += entry;
                columns[j] += entry;
            }
        }
        for (int i = 0; i < problem.n; i++) assertThat(rows[i]).isCloseTo(problem.mu[i], offset(tolerance));
        for (int j = 0; j < problem.m; j++) assertThat(columns[j]).isCloseTo(problem.nu[j], offset(tolerance));
    }

    @Property(seed = "20130308", tries = 400)
    void hasItsMarginals(
            @ForAll Smoothness c,
            @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @IntRange(min = 1, max = 12) int m,
            @ForAll @IntRange(max = 2) int kind,
            @ForAll boolean uniform,
            @ForAll @DoubleRange(min = -6, max = 6) double exponent,
            @ForAll long seed) {
        Problem problem = Problem.random(c, n, m, kind, uniform, Math.pow(10, exponent), seed);
        TransportPlan plan = problem.solve();
        assertThat(plan.residual()).isLessThan(1e-11);
        assertMarginals(problem, plan.plan(), 1e-11);
        double[] g = weights(n * m, 1);
        double[] gCost = new double[n * m];
        plan.vjp(g, 0, gCost, null, null);
        for (double a : gCost) assertThat(a).isFinite();
    }

    /**
     * Optimality without duals: around any cycle (i, j, k, l) of the support C + s R'(P) adds up to 0, and an entry that is
     * 0 costs at least what the other three say.
     */
    @Property(seed = "20130308", tries = 200)
    void satisfiesTheOptimalityConditions(
            @ForAll Smoothness c,
            @ForAll @IntRange(min = 2, max = 7) int n,
            @ForAll @IntRange(min = 2, max = 7) int m,
            @ForAll @IntRange(max = 2) int kind,
            @ForAll boolean uniform,
            @ForAll @DoubleRange(min = -2, max = 2) double exponent,
            @ForAll long seed) {
        Problem problem = Problem.random(c, n, m, kind, uniform, Math.pow(10, exponent), seed);
        double[] p = problem.solve().plan();
        double[] slope = new double[n * m];
        for (int k = 0; k < slope.length; k++) {
            slope[k] = problem.cost[k] + problem.s * (p[k] > 0 ? Regulariser.slope(c, p[k]) : 0);
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                for (int j = 0; j < m; j++) {
                    for (int l = 0; l < m; l++) {
                        // entries that are not resolved say nothing
                        if (p[i * m + l] < 1e-6 || p[k * m + j] < 1e-6 || p[k * m + l] < 1e-6) continue;
                        double excess = slope[i * m + j] - slope[i * m + l] - slope[k * m + j] + slope[k * m + l];
                        double tolerance = 1e-6 * Math.max(1, problem.s);
                        if (p[i * m + j] > 1e-6) assertThat(excess).isCloseTo(0, offset(tolerance));
                        else if (p[i * m + j] == 0) assertThat(excess).isGreaterThan(-tolerance);
                    }
                }
            }
        }
    }

    @Property(seed = "20130308", tries = 100)
    void transposedProblemHasTheTransposedPlan(
            @ForAll Smoothness c, @ForAll @IntRange(min = 1, max = 6) int n, @ForAll long seed) {
        Problem problem = Problem.random(c, n, 4, 0, false, 0.05, seed);
        double[] transposed = new double[n * 4];
        for (int i = 0; i < n; i++) for (int j = 0; j < 4; j++) transposed[j * n + i] = problem.cost[i * 4 + j];
        double[] p = problem.solve().plan();
        double[] q = new TransportPlan(c, transposed, 4, n, problem.nu, problem.mu, problem.s, OPTIONS).plan();
        for (int i = 0; i < n; i++)
            for (int j = 0; j < 4; j++) assertThat(q[j * n + i]).isCloseTo(p[i * 4 + j], offset(1e-10));
    }

    @Property(seed = "20130308", tries = 300)
    void vjpIsTheTransposeOfJvp(
            @ForAll Smoothness c,
            @ForAll @IntRange(min = 1, max = 9) int n,
            @ForAll @IntRange(min = 1, max = 9) int m,
            @ForAll @IntRange(max = 2) int kind,
            @ForAll boolean uniform,
            @ForAll @DoubleRange(min = -4, max = 2) double exponent,
            @ForAll long seed) {
        Problem problem = Problem.random(c, n, m, kind, uniform, Math.pow(10, exponent), seed);
        TransportPlan plan = problem.solve();
        double[] costDot = weights(n * m, 2);
        double[] muDot = weights(n, 3);
        double[] nuDot = weights(m, 4);
        double[] planDot = new double[n * m];
        plan.jvp(costDot, muDot, nuDot, planDot);
        double[] g = weights(n * m, 5);
        double[] padded = new double[n * m + 3];
        System.arraycopy(g, 0, padded, 3, n * m);
        double[] gCost = new double[n * m];
        double[] gMu = new double[n];
        double[] gNu = new double[m];
        plan.vjp(padded, 3, gCost, gMu, gNu);
        double forward = dot(g, planDot);
        double backward = dot(gCost, costDot) + dot(gMu, muDot) + dot(gNu, nuDot);
        double size = Arrays.stream(planDot).map(Math::abs).sum();
        assertThat(backward).isCloseTo(forward, offset(1e-9 * Math.max(1, size)));
    }

    /** For costs and marginals at once: the support is connected, or C0's would change within the step. */
    @Property(seed = "20130308", tries = 100)
    void jvpIsTheDifferenceQuotient(
            @ForAll Smoothness c,
            @ForAll @IntRange(min = 2, max = 6) int n,
            @ForAll @IntRange(min = 2, max = 6) int m,
            @ForAll long seed) {
        Problem problem = Problem.random(c, n, m, 0, false, c == Smoothness.C0 ? 10 : 2, seed);
        double[] costDot = weights(n * m, 2);
        double[] muDot = weights(n, 3);
        double[] nuDot = weights(m, 4);
        double[] planDot = new double[n * m];
        problem.solve().jvp(costDot, muDot, nuDot, planDot);
        double h = 1e-6;
        double[][] sides = new double[2][];
        for (int side = 0; side < 2; side++) {
            double step = side == 0 ? -h : h;
            sides[side] = problem.with(
                            shifted(problem.cost, costDot, step),
                            shifted(problem.mu, muDot, step),
                            shifted(problem.nu, nuDot, step))
                    .solve()
                    .plan();
        }
        for (int k = 0; k < planDot.length; k++) {
            // C0 has a kink where an entry enters the support
            if (c == Smoothness.C0 && (sides[0][k] > 0) != (sides[1][k] > 0)) return;
        }
        for (int k = 0; k < planDot.length; k++) {
            assertThat(planDot[k]).isCloseTo((sides[1][k] - sides[0][k]) / (2 * h), offset(2e-5));
        }
    }

    @Property(seed = "20130308", tries = 100)
    void oneRowOrColumnIsTheMarginal(
            @ForAll Smoothness c, @ForAll @IntRange(min = 1, max = 9) int n, @ForAll long seed) {
        Problem column = Problem.random(c, n, 1, 0, false, 0.1, seed);
        Problem row = Problem.random(c, 1, n, 0, false, 0.1, seed);
        for (int i = 0; i < n; i++) {
            assertThat(column.solve().plan()[i]).isCloseTo(column.mu[i], offset(1e-15));
            assertThat(row.solve().plan()[i]).isCloseTo(row.nu[i], offset(1e-15));
        }
        double[] gCost = new double[n];
        column.solve().vjp(weights(n, 1), 0, gCost, null, null);
        for (double a : gCost) assertThat(a).isCloseTo(0, offset(1e-14));
    }

    @Example
    void smallSoftnessSorts() {
        int n = 120;
        double[] z = new double[n];
        for (int i = 0; i < n; i++) z[i] = (i * 37 % n + 0.3) / n;
        for (Smoothness c : Smoothness.values()) {
            double[] p = new TransportPlan(
                            c,
                            TransportOperatorsTest.squares(z, TransportOperatorsTest.anchors(n, false)),
                            n,
                            n,
                            uniform(n),
                            uniform(n),
                            1e-9,
                            OPTIONS)
                    .plan();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++)
                    assertThat(p[i * n + j]).isCloseTo(i * 37 % n == j ? 1.0 / n : 0, offset(1e-12));
            }
        }
    }

    @Example
    void largeSoftnessForgetsTheCosts() {
        Problem problem = Problem.random(Smoothness.SMOOTH, 5, 3, 0, false, 1e9, 1);
        double[] p = problem.solve().plan();
        for (int k = 0; k < 15; k++) assertThat(p[k]).isCloseTo(problem.mu[k / 3] * problem.nu[k % 3], offset(1e-9));
    }

    /** The log plan is f + g - C over s: exact on cycles, also where the plan itself underflows. */
    @Example
    void logPlanGoesBelowTheSmallestDouble() {
        double[] cost = {0, 1, 0.25, 0};
        TransportPlan plan = new TransportPlan(Smoothness.SMOOTH, cost, 2, 2, uniform(2), uniform(2), 1e-4, OPTIONS);
        double[] log = plan.logPlan();
        assertThat(plan.plan()[1]).isZero();
        assertThat(log[0]).isCloseTo(Math.log(0.5), offset(1e-12));
        assertThat(log[0] + log[3] - log[1] - log[2]).isCloseTo(1.25 / 1e-4, offset(1e-8));
    }

    @Property(seed = "20130308", tries = 100)
    void logPlanIsTheLogarithmOfThePlan(
            @ForAll @IntRange(min = 1, max = 6) int n, @ForAll @IntRange(min = 1, max = 6) int m, @ForAll long seed) {
        TransportPlan plan =
                Problem.random(Smoothness.SMOOTH, n, m, 0, false, 0.05, seed).solve();
        double[] p = plan.plan();
        double[] log = plan.logPlan();
        for (int k = 0; k < p.length; k++) assertThat(log[k]).isCloseTo(Math.log(p[k]), offset(1e-11));
    }

    @Example
    void massesOfZeroAreFlooredAndNormalised() {
        for (Smoothness c : Smoothness.values()) {
            Problem problem =
                    Problem.random(c, 6, 3, 0, true, 0.1, 3).with(weights(18, 1), uniform(6), new double[] {1, 0, 3});
            TransportPlan plan = problem.solve();
            double[] normalised = {0.25, 0.25e-12, 0.75};
            assertMarginals(problem.with(problem.cost, problem.mu, normalised), plan.plan(), 1e-12);
            double[] gNu = new double[3];
            plan.vjp(weights(18, 2), 0, new double[18], null, gNu);
            assertThat(gNu[1]).isZero();
            assertThat(gNu[0] * 1 + gNu[2] * 3).isCloseTo(0, offset(1e-9)); // scaling nu changes nothing
        }
    }

    @Example
    void undefinedInputIsNanWithoutIterations() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            TransportPlan plan = new TransportPlan(
                    Smoothness.C1, new double[] {0, 1, bad, 2}, 2, 2, uniform(2), uniform(2), 0.1, OPTIONS);
            assertThat(plan.plan()).containsOnly(Double.NaN);
            assertThat(plan.iterations()).isZero();
            double[] gCost = new double[4];
            plan.vjp(new double[4], 0, gCost, null, null);
            assertThat(gCost).containsOnly(Double.NaN);
        }
        assertThat(new TransportPlan(Smoothness.C0, new double[0], 0, 3, new double[0], uniform(3), 0.1, OPTIONS)
                        .plan())
                .isEmpty();
    }

    /** The plan depends on costs and softness only through their quotient, whatever their size. */
    @Example
    void costsOfAnySize() {
        for (Smoothness c : Smoothness.values()) {
            Problem problem = Problem.random(c, 7, 4, 0, true, 0x1p-4, 11);
            double[] expected = problem.solve().plan();
            for (int exponent : new int[] {1000, 300, -300, -1000}) {
                double[] cost = problem.cost.clone();
                for (int k = 0; k < cost.length; k++) cost[k] = Math.scalb(cost[k], exponent);
                double[] p = new TransportPlan(
                                c, cost, 7, 4, problem.mu, problem.nu, Math.scalb(problem.s, exponent), OPTIONS)
                        .plan();
                assertThat(p).containsExactly(expected);
            }
            double[] huge = problem.cost.clone();
            for (int k = 0; k < huge.length; k++) huge[k] = (k % 2 == 0 ? 1.7e308 : -1.7e308) * huge[k];
            Problem extreme = problem.with(huge, problem.mu, problem.nu);
            assertMarginals(extreme, extreme.solve().plan(), 1e-9);
        }
    }

    @Example
    void fewIterationsAreRefusedNotReturned() {
        Problem problem = Problem.random(Smoothness.C1, 20, 20, 0, false, 1e-3, 5);
        assertThatThrownBy(() -> new TransportPlan(
                        problem.c,
                        problem.cost,
                        20,
                        20,
                        problem.mu,
                        problem.nu,
                        1e-3,
                        new TransportPlan.Options(1e-9, 4)))
                .isInstanceOf(NotConvergedException.class)
                .hasMessageContaining("transport: did not converge within 4 iterations, marginal residual ")
                .hasMessageContaining(
                        "is above the tolerance 1.0E-9; raise the softness, or the iterations or the tolerance of TransportPlan.Options");
    }

    @Example
    void manyElementsAgainstFewAnchors() {
        int n = 100_000;
        double[] z = new double[n];
        for (int i = 0; i < n; i++) z[i] = (i * 7919L % n) / (double) n;
        double[] nu = {0.5, 1.0 / n, 0.5 - 1.0 / n};
        for (Smoothness c : Smoothness.values()) {
            TransportPlan plan = new TransportPlan(
                    c,
                    TransportOperatorsTest.squares(z, TransportOperatorsTest.anchors(3, false)),
                    n,
                    3,
                    uniform(n),
                    nu,
                    0.01,
                    OPTIONS);
            assertThat(plan.residual()).isLessThan(1e-9);
            assertThat(plan.iterations()).isLessThan(150);
        }
    }
}
