// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Minima that are known, and the conditions that every minimum and every step satisfies. */
class LbfgsTest {

    /** {@code 1/2 w A w - b w}, A = M M' + I of a random M. */
    private static final class Quadratic implements Objective {
        final double[][] a;
        final double[] b;

        Quadratic(int n, long seed) {
            Random random = new Random(seed);
            double[][] m = new double[n][n];
            a = new double[n][n];
            b = new double[n];
            for (int i = 0; i < n; i++) {
                b[i] = random.nextGaussian();
                for (int j = 0; j < n; j++) m[i][j] = random.nextGaussian();
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) a[i][j] = Point.dot(m[i], m[j]) + (i == j ? 1 : 0);
            }
        }

        @Override
        public double value(double[] w, double[] gradient) {
            double value = 0;
            for (int i = 0; i < w.length; i++) {
                double aw = Point.dot(a[i], w);
                gradient[i] = aw - b[i];
                value += w[i] * (aw / 2 - b[i]);
            }
            return value;
        }
    }

    /** Rosenbrock's valley in every pair of coordinates. */
    private static double valley(double[] w, double[] gradient) {
        double value = 0;
        for (int i = 0; i < w.length; i += 2) {
            double up = w[i + 1] - w[i] * w[i];
            double off = 1 - w[i];
            value += 100 * up * up + off * off;
            gradient[i] = -400 * w[i] * up - 2 * off;
            gradient[i + 1] = 200 * up;
        }
        return value;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 40})
    void quadraticsAreSolved(int n) {
        Quadratic f = new Quadratic(n, n);
        Minimum minimum = new Lbfgs(500, 1e-12).minimize(f, new double[n], Watch.NOBODY);
        double[] w = minimum.point().w();
        // values of 16 digits tell gradients of 8
        for (int i = 0; i < n; i++) assertThat(Point.dot(f.a[i], w)).isCloseTo(f.b[i], within(1e-5));
    }

    @Test
    void theValleyIsFollowedToItsEnd() {
        double[] start = new double[10];
        for (int i = 0; i < 10; i += 2) {
            start[i] = -1.2;
            start[i + 1] = 1;
        }
        Minimum minimum = new Lbfgs(500, 1e-10).minimize(LbfgsTest::valley, start, Watch.NOBODY);
        assertThat(minimum.stop().converged()).isTrue();
        assertThat(minimum.point().w()).containsExactly(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, within(1e-6));
        assertThat(start[0]).isEqualTo(-1.2);
    }

    @Test
    void everyStepSatisfiesTheStrongWolfeConditions() {
        List<Point> points = new ArrayList<>();
        new Lbfgs(200, 1e-8).minimize(LbfgsTest::valley, new double[] {-1.2, 1, 3, -4}, (i, at, step) -> {
            assertThat(i).isEqualTo(points.size());
            points.add(at);
            return true;
        });
        assertThat(points).hasSizeGreaterThan(20);
        for (int i = 1; i < points.size(); i++) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            double[] move = to.w().clone();
            Point.add(-1, from.w(), move);
            double slope = Point.dot(from.gradient(), move);
            assertThat(slope).isNegative();
            assertThat(to.value()).isLessThanOrEqualTo(from.value() + WolfeSearch.C1 * slope * (1 - 1e-6));
            assertThat(Math.abs(Point.dot(to.gradient(), move)))
                    .isLessThanOrEqualTo(-WolfeSearch.C2 * slope * (1 + 1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 3, 100})
    void withA1NormTheMinimumHasASubgradientOfZero(double c) {
        int n = 20;
        Quadratic f = new Quadratic(n, 7);
        double[] l1 = new double[n];
        for (int i = 0; i < n; i++) l1[i] = i == 0 ? 0 : c;
        Minimum minimum = new Lbfgs(2000, 1e-12).withL1(l1).minimize(f, new double[n], Watch.NOBODY);
        double[] w = minimum.point().w();
        double[] g = new double[n];
        double smooth = f.value(w, g);
        double norm = 0;
        int zeros = 0;
        for (int i = 0; i < n; i++) {
            norm += l1[i] * Math.abs(w[i]);
            if (w[i] == 0) {
                zeros++;
                assertThat(Math.abs(g[i])).isLessThanOrEqualTo(l1[i] + 1e-6);
            } else {
                assertThat(g[i]).isCloseTo(-l1[i] * Math.signum(w[i]), within(1e-4));
            }
        }
        assertThat(minimum.point().value()).isCloseTo(smooth + norm, within(1e-12));
        assertThat(w[0]).isNotZero(); // which has no 1-norm
        if (c >= 1) assertThat(zeros).isPositive();
        if (c == 100) assertThat(zeros).isEqualTo(n - 1);
    }

    @Test
    void withoutWeightThe1NormChangesNothing() {
        Quadratic f = new Quadratic(12, 3);
        double[] with = new Lbfgs(1000, 1e-12)
                .withL1(new double[12])
                .minimize(f, new double[12], Watch.NOBODY)
                .point()
                .w();
        double[] without = new Lbfgs(1000, 1e-12)
                .minimize(f, new double[12], Watch.NOBODY)
                .point()
                .w();
        assertThat(with).containsExactly(without, within(1e-6));
    }

    @Test
    void itIsToldWhyItEnded() {
        Lbfgs lbfgs = new Lbfgs(3, 1e-9);
        double[] far = {-1.2, 1};
        assertThat(lbfgs.minimize(LbfgsTest::valley, far, Watch.NOBODY).stop()).isEqualTo(Stop.ITERATIONS);
        assertThat(lbfgs.minimize(LbfgsTest::valley, far, (i, at, step) -> i < 1)
                        .iterations())
                .isEqualTo(1);
        assertThat(lbfgs.minimize(LbfgsTest::valley, far, (i, at, step) -> false)
                        .stop())
                .isEqualTo(Stop.WATCH);
        Minimum there = lbfgs.minimize(LbfgsTest::valley, new double[] {1, 1}, Watch.NOBODY);
        assertThat(there.stop()).isEqualTo(Stop.GRADIENT);
        assertThat(there.evaluations()).isEqualTo(1);
        Objective wrong = (w, g) -> {
            g[0] = 1; // the function falls the other way
            return -w[0];
        };
        assertThat(lbfgs.minimize(wrong, new double[1], Watch.NOBODY).stop()).isEqualTo(Stop.NO_STEP);
        assertThatThrownBy(() -> lbfgs.minimize((w, g) -> Double.NaN, new double[1], Watch.NOBODY))
                .hasMessageContaining("finite");
    }

    @Test
    void wallsAreNotCrossed() {
        Objective barrier = (w, g) -> {
            g[0] = 1 - 1 / w[0];
            return w[0] > 0 ? w[0] - Math.log(w[0]) : Double.NaN;
        };
        double[] w = new Lbfgs(100, 1e-10)
                .minimize(barrier, new double[] {50}, Watch.NOBODY)
                .point()
                .w();
        assertThat(w[0]).isCloseTo(1, within(1e-8));
    }

    /** Where the value cannot fall by more than a rounding there is no step, and no long search for one. */
    @Test
    void theSearchEndsWhereRoundingsBegin() {
        int[] evaluations = {0};
        Objective flat = (w, gradient) -> {
            evaluations[0]++;
            gradient[0] = 2e-18 * w[0];
            return 1 + 1e-18 * w[0] * w[0];
        };
        Point start = Point.of(flat, new double[] {1});
        assertThat(WolfeSearch.search(flat, start, new double[] {-1}, 1)).isNull();
        assertThat(evaluations[0]).isLessThanOrEqualTo(3);
    }
}
