// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.kernel.TransportPlan;
import io.supple.tensor.Derivatives;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Derivatives of projections for every argument, and the optimality of plans. */
class ProjectionDerivativesTest {

    private static final Tensor X = twice(1, 2, 3, 4);

    private static Tensor twice(int seed, int... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        double[] x = Probe.direction(seed, size);
        for (int i = 0; i < size; i++) x[i] *= 2;
        return Tensor.of(shape, x);
    }

    private static Tensor positive(int seed, int... shape) {
        Tensor x = twice(seed, shape);
        for (int i = 0; i < x.size(); i++) x.data()[i] = 0.2 + Math.abs(x.data()[i]);
        return x;
    }

    /** Forward mode against differences, reverse mode against forward mode; and that there is something to see. */
    private static void assertDerivative(UnaryOperator<Tensor> f, Tensor x, double part, String what) {
        Tensor t = Probe.direction(71, x);
        Tensor moved = Derivatives.jvp(f, x, t);
        Probe.assertClose(moved, Probe.difference(f, x, t, 1e-6), part, what);
        assertThat(Arrays.stream(moved.data()).map(Math::abs).max().orElseThrow())
                .as(what)
                .isGreaterThan(1e-4);
        Tensor g = Probe.direction(72, moved);
        double expected = Probe.dot(g, moved);
        assertThat(Probe.dot(Derivatives.vjp(f, x, g), t)).as(what).isCloseTo(expected, offset(1e-10));
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SMOOTH", "C0", "C1", "C2"})
    void regularised(Mode mode) {
        String name = mode.name();
        assertDerivative(v -> Projections.simplex(v, 0.9, mode), X, 1e-7, name);
        assertDerivative(v -> Projections.cappedSimplex(v, 2, 0.9, mode), X, 1e-7, name);
        Tensor w = Tensor.of(0.1, 0.9, 0.4, -0.3);
        Tensor each = twice(9, 2, 3, 4);
        assertDerivative(v -> Projections.permutahedron(v, w, 0.9, mode), X, 1e-7, name + " z");
        assertDerivative(v -> Projections.permutahedron(X, v, 0.9, mode), w, 1e-6, name + " w, shared");
        assertDerivative(v -> Projections.permutahedron(X, v, 0.9, mode), each, 1e-6, name + " w");
    }

    @Test
    void ballsAndTheirRadii() {
        Tensor radius = positive(2, 2, 3);
        Tensor one = Tensor.scalar(0.7);
        assertDerivative(v -> Projections.simplex(v), X, 1e-8, "simplex");
        assertDerivative(v -> Projections.scaledSimplex(v, radius), X, 1e-8, "simplex of x");
        assertDerivative(v -> Projections.scaledSimplex(X, v), radius, 1e-8, "total");
        assertDerivative(v -> Projections.scaledSimplex(X, v), one, 1e-8, "one total");
        assertDerivative(v -> Projections.l1Ball(v, radius), X, 1e-8, "l1");
        assertDerivative(v -> Projections.l1Ball(X, v), radius, 1e-8, "radius of l1");
        assertDerivative(v -> Projections.l1Ball(X, v), one, 1e-8, "one radius of l1");
        assertDerivative(v -> Projections.l2Ball(v, radius), X, 1e-8, "l2");
        assertDerivative(v -> Projections.l2Ball(X, v), radius, 1e-8, "radius of l2");
        assertDerivative(v -> Projections.l2Ball(X, v), one, 1e-8, "one radius of l2");
    }

    @Test
    void boxesAndTheirBounds() {
        Tensor lower = Tensor.of(-0.5, -0.1, 0.2, -1);
        Tensor upper = Tensor.of(0, 0.4, 0.3, 1);
        assertDerivative(v -> Projections.box(v, lower, upper), X, 1e-9, "box of x");
        assertDerivative(v -> Projections.box(X, v, upper), lower, 1e-9, "lower");
        assertDerivative(v -> Projections.box(X, lower, v), upper, 1e-9, "upper");
        assertDerivative(v -> Projections.box(X, v, Tensor.scalar(2)), Tensor.scalar(0.1), 1e-9, "one bound");
    }

    @Test
    void isotonicRegressionAndItsWeights() {
        Tensor weights = positive(3, 4);
        for (boolean increasing : new boolean[] {true, false}) {
            assertDerivative(v -> Projections.isotonic(v, weights, increasing), X, 1e-8, "y");
            assertDerivative(v -> Projections.isotonic(X, v, increasing), weights, 1e-8, "weights");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SMOOTH", "C0", "C1", "C2"})
    void plans(Mode mode) {
        Tensor cost = twice(4, 2, 3, 4);
        Tensor mu = positive(5, 2, 3);
        Tensor nu = positive(6, 4);
        TransportPlan.Options exact = new TransportPlan.Options(1e-13, 1000);
        String name = mode.name();
        assertDerivative(v -> Projections.transport(v, mu, nu, 3, mode, exact), cost, 1e-6, name + " cost");
        assertDerivative(v -> Projections.transport(cost, v, nu, 3, mode, exact), mu, 1e-6, name + " mu");
        assertDerivative(v -> Projections.transport(cost, mu, v, 3, mode, exact), nu, 1e-6, name + " nu");
        assertDerivative(v -> Projections.birkhoff(v, 1, mode), twice(7, 2, 3, 3), 1e-6, name + " birkhoff");
    }

    /**
     * The plan is {@code phi((f_i + g_j - C_ij) / s)} for some f and g, with the marginals: both conditions of the optimum.
     * Of S the mixed differences are those of the cost wherever mass flows; where none does they are no larger.
     */
    @ParameterizedTest
    @CsvSource({"SMOOTH,0.3", "C0,0.3", "C1,0.3", "C2,0.3", "SMOOTH,5", "C0,5", "C1,5", "C2,5"})
    void plansAreOptimal(Mode mode, double s) {
        int n = 3;
        int m = 5;
        Tensor cost = twice(8, 2, n, m);
        Tensor mu = positive(9, 2, n);
        Tensor nu = positive(10, 2, m);
        Tensor plan = Projections.transport(cost, mu, nu, s, mode);
        assertThat(plan.shape()).containsExactly(2, n, m);
        for (int problem = 0; problem < 2; problem++) {
            double[] p = Arrays.copyOfRange(plan.data(), problem * n * m, (problem + 1) * n * m);
            double[] c = Arrays.copyOfRange(cost.data(), problem * n * m, (problem + 1) * n * m);
            assertMarginals(p, n, m, Probe.row(mu, problem), Probe.row(nu, problem));
            // R'(P) s + C is f_i + g_j on the support: cycles of two rows and two columns close
            for (int i = 1; i < n; i++) {
                for (int j = 1; j < m; j++) {
                    int[] at = {0, j, i * m, i * m + j};
                    if (Arrays.stream(at).anyMatch(k -> p[k] < 1e-7)) continue;
                    double cycle = marginalCost(mode, s, p, c, at[0])
                            - marginalCost(mode, s, p, c, at[1])
                            - marginalCost(mode, s, p, c, at[2])
                            + marginalCost(mode, s, p, c, at[3]);
                    assertThat(cycle).as("%s %s", mode, s).isCloseTo(0, offset(1e-6));
                }
            }
            assertNoBetterPlan(mode, s, p, c, n, m);
        }
    }

    private static double marginalCost(Mode mode, double s, double[] p, double[] c, int k) {
        return c[k]
                + s
                        * switch (mode) {
                            case SMOOTH -> Math.log(p[k]);
                            case C0 -> p[k];
                            case C1 -> Math.sqrt(p[k]);
                            default -> Math.cbrt(p[k]);
                        };
    }

    private static double objective(Mode mode, double s, double[] p, double[] c) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            double r = switch (mode) {
                case SMOOTH -> p[k] == 0 ? 0 : p[k] * (Math.log(p[k]) - 1);
                case C0 -> p[k] * p[k] / 2;
                case C1 -> Math.pow(p[k], 1.5) / 1.5;
                default -> Math.pow(p[k], 4 / 3.0) * 0.75;
            };
            sum += c[k] * p[k] + s * r;
        }
        return sum;
    }

    /** Mass sent around cycles of two rows and two columns: every other plan is made of such moves. */
    private static void assertNoBetterPlan(Mode mode, double s, double[] p, double[] c, int n, int m) {
        double best = objective(mode, s, p, c);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                for (int j = 0; j < m; j++) {
                    for (int l = 0; l < m; l++) {
                        if (i == k || j == l) continue;
                        double most = Math.min(p[i * m + j], p[k * m + l]);
                        for (double share : new double[] {1e-3, 0.1, 1}) {
                            double[] q = p.clone();
                            q[i * m + j] -= share * most;
                            q[k * m + l] -= share * most;
                            q[i * m + l] += share * most;
                            q[k * m + j] += share * most;
                            assertThat(objective(mode, s, q, c)).isGreaterThanOrEqualTo(best - 1e-10);
                        }
                    }
                }
            }
        }
    }

    private static void assertMarginals(double[] p, int n, int m, double[] mu, double[] nu) {
        double rows = Arrays.stream(mu).sum();
        double columns = Arrays.stream(nu).sum();
        double[] byRow = new double[n];
        double[] byColumn = new double[m];
        for (int k = 0; k < n * m; k++) {
            assertThat(p[k]).isNotNegative();
            byRow[k / m] += p[k];
            byColumn[k % m] += p[k];
        }
        for (int i = 0; i < n; i++) assertThat(byRow[i]).isCloseTo(mu[i] / rows, offset(1e-9));
        for (int j = 0; j < m; j++) assertThat(byColumn[j]).isCloseTo(nu[j] / columns, offset(1e-9));
    }

    /** Mode c0 with softness 1 is the nearest doubly stochastic matrix: Dykstra's alternating projections find it too. */
    @ParameterizedTest
    @CsvSource({"2,1", "3,2", "5,3", "8,4"})
    void birkhoffIsTheNearestMatrix(int n, int seed) {
        Tensor x = twice(seed, 2, n, n);
        Tensor p = Projections.birkhoff(x, 1, Mode.C0);
        assertThat(p.shape()).containsExactly(2, n, n);
        for (int problem = 0; problem < 2; problem++) {
            double[] given = Arrays.copyOfRange(x.data(), problem * n * n, (problem + 1) * n * n);
            double[] got = Arrays.copyOfRange(p.data(), problem * n * n, (problem + 1) * n * n);
            assertThat(got).containsExactly(dykstra(given, n), offset(1e-7));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SMOOTH", "C0", "C1", "C2"})
    void birkhoffIsDoublyStochastic(Mode mode) {
        int n = 6;
        for (double softness : new double[] {1e-3, 0.1, 1, 100}) {
            double[] p = Projections.birkhoff(twice(11, n, n), softness, mode).data();
            double[] ones = new double[n];
            Arrays.fill(ones, 1.0 / n);
            double[] plan = Arrays.stream(p).map(each -> each / n).toArray();
            assertMarginals(plan, n, n, ones, ones);
            for (int i = 0; i < n; i++) {
                double row = 0;
                double column = 0;
                for (int j = 0; j < n; j++) {
                    row += p[i * n + j];
                    column += p[j * n + i];
                }
                assertThat(row).as("%s %s", mode, softness).isCloseTo(1, offset(1e-9));
                assertThat(column).as("%s %s", mode, softness).isCloseTo(1, offset(1e-9));
            }
        }
    }

    /** Alternating projections onto the affine set of the sums and onto the cone, with Dykstra's correction. */
    private static double[] dykstra(double[] x, int n) {
        double[] p = x.clone();
        double[] correction = new double[n * n];
        for (int sweep = 0; sweep < 20_000; sweep++) {
            double[] row = new double[n];
            double[] column = new double[n];
            double all = 0;
            for (int k = 0; k < n * n; k++) {
                row[k / n] += p[k];
                column[k % n] += p[k];
                all += p[k];
            }
            for (int k = 0; k < n * n; k++) {
                p[k] -= (row[k / n] - 1) / n + (column[k % n] - 1) / n - (all - n) / n / n;
                double moved = p[k] + correction[k];
                p[k] = Math.max(moved, 0);
                correction[k] = moved - p[k];
            }
        }
        return p;
    }

    /** Sinkhorn's scaling: {@code log P - X / s} is a sum of a row and a column term. */
    @Test
    void smoothBirkhoffScalesTheExponential() {
        Tensor x = twice(12, 4, 4);
        double[] p = Projections.birkhoff(x, 0.5, Mode.SMOOTH).data();
        double[] rest = new double[16];
        for (int k = 0; k < 16; k++) rest[k] = Math.log(p[k]) - x.data()[k] / 0.5;
        for (int i = 1; i < 4; i++) {
            for (int j = 1; j < 4; j++) {
                assertThat(rest[0] - rest[j] - rest[4 * i] + rest[4 * i + j]).isCloseTo(0, offset(1e-10));
            }
        }
    }
}
