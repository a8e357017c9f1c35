// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.kernel.NotConvergedException;
import io.supple.kernel.TransportPlan;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Projections are in their set, and no point of it is better: random points, and the conditions of an optimum. */
class ProjectionsTest {

    private static final int N = 5;
    private static final SplittableRandom RANDOM = new SplittableRandom(20130308);

    private static Tensor wide(int seed, int... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        double[] x = Probe.direction(seed, size);
        for (int i = 0; i < size; i++) x[i] *= 2;
        return Tensor.of(shape, x);
    }

    /** Random points of a set. */
    interface Points {
        double[] next();
    }

    /** {@code |x - y|} is at most {@code |x - p|} for points p; and they are often strictly farther. */
    private static void assertNearest(double[] x, double[] y, Points set, String what) {
        double near = distance(x, y);
        for (int k = 0; k < 2000; k++) {
            double[] p = set.next();
            double t = RANDOM.nextDouble();
            for (int i = 0; i < p.length; i++) p[i] = y[i] + t * t * t * (p[i] - y[i]); // sets are convex: also nearby
            assertThat(distance(x, p)).as(what).isGreaterThanOrEqualTo(near - 1e-12);
        }
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.sqrt(sum);
    }

    private static double[] onSimplex(int n, double total) {
        double[] p = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            p[i] = -Math.log(1 - RANDOM.nextDouble());
            sum += p[i];
        }
        for (int i = 0; i < n; i++) p[i] *= total / sum;
        if (RANDOM.nextInt(4) == 0) { // corners too
            Arrays.fill(p, 0);
            p[RANDOM.nextInt(n)] = total;
        }
        return p;
    }

    private static double[] inBall(int n, double r, boolean l1) {
        double[] p = new double[n];
        double size = 0;
        for (int i = 0; i < n; i++) {
            p[i] = 2 * RANDOM.nextDouble() - 1;
            size += l1 ? Math.abs(p[i]) : p[i] * p[i];
        }
        for (int i = 0; i < n; i++) p[i] *= r / (l1 ? size : Math.sqrt(size));
        return p;
    }

    private static double[] shuffled(double[] w) {
        double[] p = w.clone();
        for (int i = p.length - 1; i > 0; i--) {
            int j = RANDOM.nextInt(i + 1);
            double swapped = p[i];
            p[i] = p[j];
            p[j] = swapped;
        }
        return p;
    }

    @Test
    void simplex() {
        Tensor x = wide(1, 2, 3, N);
        Tensor y = Projections.simplex(x);
        assertThat(y.shape()).containsExactly(2, 3, N);
        for (int list = 0; list < 6; list++) {
            double[] p = Probe.row(y, list);
            assertThat(DoubleStream.of(p).sum()).isCloseTo(1, offset(1e-14));
            for (double each : p) assertThat(each).isNotNegative();
            assertNearest(Probe.row(x, list), p, () -> onSimplex(N, 1), "simplex");
        }
        Probe.assertClose(Projections.simplex(y), y, 1e-15, "again");
        Tensor softmax = Projections.simplex(x, 0.5, Mode.SMOOTH);
        double[] v = Probe.row(x, 4);
        double sum = 0;
        for (double each : v) sum += Math.exp(each / 0.5);
        for (int i = 0; i < N; i++) {
            assertThat(Probe.row(softmax, 4)[i]).isCloseTo(Math.exp(v[i] / 0.5) / sum, offset(1e-15));
        }
    }

    @Test
    void scaledSimplex() {
        Tensor x = wide(2, 2, 3, N);
        Tensor total = Tensor.of(new int[] {2, 3}, new double[] {0, 0.3, 1, 2, 7, 100});
        Tensor y = Projections.scaledSimplex(x, total);
        for (int list = 0; list < 6; list++) {
            double r = total.data()[list];
            double[] p = Probe.row(y, list);
            assertThat(DoubleStream.of(p).sum()).isCloseTo(r, offset(1e-13 * Math.max(1, r)));
            assertNearest(Probe.row(x, list), p, () -> onSimplex(N, r), "total " + r);
        }
        Probe.assertClose(
                Projections.scaledSimplex(x, Tensor.scalar(1)), Projections.simplex(x), 1e-15, "one total for all");
        Probe.assertClose(Projections.scaledSimplex(y, total), y, 1e-14, "again");
    }

    /** {@code 0 <= y <= 1, sum y = k}: c0 with softness 1 is the nearest point; k = 1 is the simplex in every mode. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5})
    void cappedSimplex(int k) {
        Tensor x = wide(3, 2, 3, N);
        double[] ones = new double[N];
        Arrays.fill(ones, 0, k, 1);
        for (Mode mode : new Mode[] {Mode.SMOOTH, Mode.C0, Mode.C1, Mode.C2}) {
            Tensor y = Projections.cappedSimplex(x, k, 0.7, mode);
            assertThat(y.shape()).containsExactly(2, 3, N);
            for (int list = 0; list < 6; list++) {
                double[] p = Probe.row(y, list);
                assertThat(DoubleStream.of(p).sum()).as(mode.name()).isCloseTo(k, offset(1e-12));
                for (double each : p) assertThat(each).as(mode.name()).isBetween(-1e-15, 1 + 1e-12);
            }
            if (k == 1) Probe.assertClose(y, Projections.simplex(x, 0.7, mode), 1e-12, mode.name());
        }
        Tensor nearest = Projections.cappedSimplex(x, k, 1, Mode.C0);
        for (int list = 0; list < 6; list++) {
            assertNearest(
                    Probe.row(x, list), Probe.row(nearest, list), () -> between(shuffled(ones), shuffled(ones)), "k");
        }
        Probe.assertClose(Projections.cappedSimplex(nearest, k, 1, Mode.C0), nearest, 1e-14, "again");
    }

    private static double[] between(double[] a, double[] b) {
        double t = RANDOM.nextDouble();
        double[] p = new double[a.length];
        for (int i = 0; i < p.length; i++) p[i] = a[i] + t * (b[i] - a[i]);
        return p;
    }

    @Test
    void box() {
        Tensor x = wide(4, 2, 3, N);
        Tensor lower = Tensor.scalar(-0.5);
        Tensor upper = Tensor.of(-0.25, 0, 0.5, 1, Double.POSITIVE_INFINITY);
        Tensor y = Projections.box(x, lower, upper);
        assertThat(y.shape()).containsExactly(2, 3, N);
        for (int i = 0; i < x.size(); i++) {
            double expected = Math.min(Math.max(x.data()[i], -0.5), upper.data()[i % N]);
            assertThat(y.data()[i]).isEqualTo(expected);
        }
        assertThat(Projections.box(Tensor.of(1, 2), Tensor.of(1.5, 0), Tensor.of(3, 1))
                        .data())
                .containsExactly(1.5, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void balls(boolean l1) {
        Tensor x = wide(5, 2, 3, N);
        Tensor radius = Tensor.of(new int[] {2, 3}, new double[] {0, 0.3, 1, 2, 3, 100});
        Tensor y = l1 ? Projections.l1Ball(x, radius) : Projections.l2Ball(x, radius);
        assertThat(y.shape()).containsExactly(2, 3, N);
        for (int list = 0; list < 6; list++) {
            double r = radius.data()[list];
            double[] p = Probe.row(y, list);
            double size = 0;
            for (double each : p) size += l1 ? Math.abs(each) : each * each;
            assertThat(l1 ? size : Math.sqrt(size)).isLessThanOrEqualTo(r * (1 + 1e-14));
            assertNearest(Probe.row(x, list), p, () -> inBall(N, r, l1), "radius " + r);
        }
        Probe.assertClose(l1 ? Projections.l1Ball(y, radius) : Projections.l2Ball(y, radius), y, 1e-14, "again");
        assertThat(Probe.row(y, 5)).isEqualTo(Probe.row(x, 5));
    }

    /** Softness 1 in mode c0 is the nearest point of the hull of permutations; all modes keep the order of z. */
    @Test
    void permutahedron() {
        Tensor z = wide(6, 2, 3, N);
        Tensor w = Tensor.of(0.1, 0.9, 0.4, -0.3, 0.5);
        Tensor y = Projections.permutahedron(z, w, 1, Mode.C0);
        for (int list = 0; list < 6; list++) {
            double[] p = Probe.row(y, list);
            assertThat(DoubleStream.of(p).sum()).isCloseTo(1.6, offset(1e-13));
            assertNearest(
                    Probe.row(z, list), p, () -> between(shuffled(w.data()), shuffled(w.data())), "permutahedron");
        }
        Probe.assertClose(Projections.permutahedron(y, w, 1, Mode.C0), y, 1e-14, "again");
        for (Mode mode : new Mode[] {Mode.SMOOTH, Mode.C0, Mode.C1, Mode.C2}) {
            // far apart against the softness: w arranged in the order of z
            Tensor exact = Projections.permutahedron(Tensor.of(3, 1, 2, 5, 4), w, 1e-4, mode);
            Probe.assertClose(exact, Tensor.of(0.4, -0.3, 0.1, 0.9, 0.5), 1e-9, mode.name());
        }
    }

    @Test
    void isotonic() {
        Tensor y = wide(7, 2, 3, N);
        Tensor weights = Tensor.of(0.5, 2, 1, 0.1, 3);
        Tensor x = Projections.isotonic(y);
        for (int list = 0; list < 6; list++) {
            double[] p = Probe.row(x, list);
            for (int i = 1; i < N; i++) assertThat(p[i]).isGreaterThanOrEqualTo(p[i - 1]);
            assertNearest(Probe.row(y, list), p, ProjectionsTest::ascending, "isotonic");
            // of a cone: what is left is orthogonal to the projection
            double left = 0;
            for (int i = 0; i < N; i++) left += (Probe.row(y, list)[i] - p[i]) * p[i];
            assertThat(left).isCloseTo(0, offset(1e-13));
        }
        Probe.assertClose(Projections.isotonic(x), x, 1e-15, "again");
        Tensor down = Projections.isotonic(y, weights, false);
        Tensor scaled = Projections.isotonic(y.negate(), weights.times(7), true).negate();
        Probe.assertClose(down, scaled, 1e-13, "decreasing; weights are relative");
        assertThat(Projections.isotonic(Tensor.of(3, 1), Tensor.of(1, 3), true).data())
                .containsExactly(1.5, 1.5);
        assertThat(Projections.isotonic(Tensor.of(1, 3), Tensor.of(1, 3), false).data())
                .containsExactly(2.5, 2.5);
    }

    private static double[] ascending() {
        double[] p = new double[N];
        double at = 4 * RANDOM.nextDouble() - 3;
        for (int i = 0; i < N; i++) {
            at += RANDOM.nextInt(2) * RANDOM.nextDouble();
            p[i] = at;
        }
        return p;
    }

    @Test
    void emptyBatchesAndVectors() {
        Tensor none = Tensor.of(new int[] {0, 3}, new double[0]);
        Tensor empty = Tensor.of(new int[] {2, 0}, new double[0]);
        Tensor one = Tensor.scalar(1);
        for (Tensor x : new Tensor[] {none, empty}) {
            assertThat(Projections.simplex(x).shape()).isEqualTo(x.shape());
            assertThat(Projections.scaledSimplex(x, one).shape()).isEqualTo(x.shape());
            assertThat(Projections.cappedSimplex(x, 0, 1, Mode.C0).shape()).isEqualTo(x.shape());
            assertThat(Projections.box(x, one, one).shape()).isEqualTo(x.shape());
            assertThat(Projections.l1Ball(x, one).shape()).isEqualTo(x.shape());
            assertThat(Projections.l2Ball(x, one).shape()).isEqualTo(x.shape());
            assertThat(Projections.permutahedron(x, one, 1, Mode.C0).shape()).isEqualTo(x.shape());
            assertThat(Projections.isotonic(x).shape()).isEqualTo(x.shape());
            assertThat(Projections.transport(x, one, one, 1, Mode.C0).shape()).isEqualTo(x.shape());
        }
        assertThat(Projections.birkhoff(Tensor.of(new int[] {0, 0}, new double[0]), 1, Mode.C0)
                        .shape())
                .containsExactly(0, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SMOOTH", "C0", "C1", "C2"})
    void notANumberInOneListStaysThere(Mode mode) {
        Tensor x = Tensor.of(new int[] {2, 2}, new double[] {Double.NaN, 1, 2, 3});
        Tensor w = Tensor.of(0, 1);
        for (Tensor y : new Tensor[] {
            Projections.simplex(x, 1, mode),
            Projections.cappedSimplex(x, 1, 1, mode),
            Projections.permutahedron(x, w, 1, mode)
        }) {
            assertThat(Probe.row(y, 0)).containsOnly(Double.NaN);
            for (double each : Probe.row(y, 1)) assertThat(each).isFinite();
        }
    }

    @Test
    void refusals() {
        Tensor x = Tensor.of(1, 2, 3);
        Tensor minus = Tensor.scalar(-1);
        Tensor one = Tensor.scalar(1);
        assertThatThrownBy(() -> Projections.simplex(x, 0, Mode.C0))
                .hasMessage("simplex: softness must be > 0 and finite, got 0.0");
        assertThatThrownBy(() -> Projections.simplex(x, 1, Mode.HARD))
                .hasMessageStartingWith("simplex: mode must be one of 'smooth', 'c0', 'c1', 'c2', got 'hard':");
        assertThatThrownBy(() -> Projections.scaledSimplex(x, minus))
                .hasMessage("scaledSimplex: total must be >= 0, got -1.0");
        assertThatThrownBy(() -> Projections.l1Ball(x, minus)).hasMessage("l1Ball: radius must be >= 0, got -1.0");
        assertThatThrownBy(() -> Projections.l2Ball(x, minus)).hasMessage("l2Ball: radius must be >= 0, got -1.0");
        assertThatThrownBy(() -> Projections.isotonic(x, minus, true))
                .hasMessage("isotonic: weights must be >= 0, got -1.0");
        assertThatThrownBy(() -> Projections.cappedSimplex(x, 4, 1, Mode.C0))
                .hasMessage("cappedSimplex: k must be from 0 to the length of the list, 3, got 4");
        assertThatThrownBy(() -> Projections.cappedSimplex(x, -1, 1, Mode.C0))
                .hasMessage("cappedSimplex: k must be from 0 to the length of the list, 3, got -1");
        assertThatThrownBy(() -> Projections.permutahedron(x, Tensor.of(1, 2), 1, Mode.C0))
                .hasMessageContaining("must agree on every axis");
        assertThatThrownBy(() -> Projections.transport(x, one, one, 1, Mode.C0))
                .hasMessageStartingWith("transport: cost must be a tensor of at least 2 axes, got Tensor[3]");
        Tensor cost = Tensor.of(new int[] {1, 3}, x.data());
        assertThatThrownBy(() -> Projections.transport(cost, minus, one, 1, Mode.C0))
                .hasMessage("transport: mu must be >= 0, got -1.0");
        assertThatThrownBy(() -> Projections.transport(cost, one, minus, 1, Mode.C0))
                .hasMessage("transport: nu must be >= 0, got -1.0");
        assertThatThrownBy(() -> Projections.birkhoff(cost, 1, Mode.C0))
                .hasMessage("birkhoff: x must be square in its last two axes, got [1, 3]");
        Tensor many = wide(8, 6, 6);
        assertThatThrownBy(
                        () -> Projections.transport(many, one, one, 1e-3, Mode.C0, new TransportPlan.Options(1e-12, 1)))
                .isInstanceOf(NotConvergedException.class);
    }

    /** What belongs to a vector broadcasts to the batch and not beyond it, nor is it read in another order. */
    @Test
    void shapesThatDoNotBroadcast() {
        Tensor x = wide(1, 2, 3, 4);
        Tensor turned = wide(2, 3, 2).times(0);
        assertThatThrownBy(() -> Projections.scaledSimplex(x, turned)).hasMessageContaining("must agree on every axis");
        assertThatThrownBy(() -> Projections.l2Ball(x, Tensor.of(1, 2)))
                .hasMessageContaining("must agree on every axis");
        assertThatThrownBy(() -> Projections.l1Ball(Tensor.of(1, 2), Tensor.of(1, 2)))
                .hasMessage("l1Ball: radius must broadcast to shape [], got [2]");
        Tensor high = Tensor.of(new int[] {3, 2}, new double[6]);
        assertThatThrownBy(() -> Projections.box(Tensor.of(1, 2), high, Tensor.scalar(1)))
                .hasMessage("box: lower must broadcast to shape [2], got [3, 2]");
        assertThatThrownBy(() -> Projections.box(Tensor.of(1, 2), Tensor.scalar(-1), high))
                .hasMessage("box: upper must broadcast to shape [2], got [3, 2]");
        assertThatThrownBy(() -> Projections.permutahedron(Tensor.of(1, 2), high, 1, Mode.C0))
                .hasMessage("permutahedron: w must broadcast to shape [2], got [3, 2]");
        assertThatThrownBy(() -> Projections.isotonic(Tensor.of(1, 2), high, true))
                .hasMessage("isotonic: weights must broadcast to shape [2], got [3, 2]");
        assertThatThrownBy(() -> Projections.transport(turned, turned.permute(1, 0), Tensor.scalar(1), 1, Mode.C0))
                .hasMessage("transport: mu must broadcast to shape [3], got [2, 3]");
        Tensor each = Tensor.of(new int[] {2, 1}, new double[] {1, 2});
        assertThat(Probe.row(Projections.l1Ball(x, each), 3))
                .isEqualTo(Projections.l1Ball(Tensor.of(Probe.row(x, 3)), Tensor.scalar(2))
                        .data());
    }
}
