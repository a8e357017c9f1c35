// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.kernel.Smoothness;
import io.supple.kernel.TransportPlan;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists that are short, long, wide, or hold what is no number. */
class EdgesTest {

    static Stream<Case> orders() {
        return Stream.concat(Cases.hard(), Cases.soft()).filter(c -> Cases.orders(c.operator()));
    }

    /** Relevant and irrelevant in turn. */
    private static double[] labels(int n) {
        double[] labels = new double[n];
        for (int i = 0; i < n; i++) labels[i] = i % 2 == 1 ? 0 : i % 4 == 0 ? 1 : 2;
        return labels;
    }

    /** The call on another list; counts are cut to its length, where there is one. */
    private static Case on(Case c, double... list) {
        List<Object> arguments = new ArrayList<>(c.arguments());
        for (int i = 0; i < c.data().length; i++) {
            boolean labels = c.operator().data().get(i).form() == Param.Form.LABELS;
            arguments.set(i, Tensor.of(labels ? labels(list.length) : list.clone()));
        }
        for (int i = 0; i < arguments.size(); i++) {
            boolean counted = c.operator().params().get(i) instanceof Param.Count count && count.varies();
            if (counted) arguments.set(i, Math.max(1, Math.min(list.length, 2)));
            if (list.length == 1 && Integer.valueOf(2).equals(arguments.get(i)))
                arguments.set(i, 1); // draws without replacement
        }
        return new Case(c.operator(), c.soft(), arguments);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void shortLists(Case c) {
        for (double[] list : new double[][] {{2.5}, {2, 1}, {1, 2}, {1, 1}, {0, -0.0}}) assertFinite(on(c, list));
    }

    private static void assertFinite(Case given) {
        Case c = given.defined();
        for (double value : c.value().data()) assertThat(value).as(c.toString()).isFinite();
        for (double[] gradient : c.gradients()) {
            for (double each : gradient)
                assertThat(each).as("gradient of %s", c).isFinite();
        }
    }

    /** Nothing has no value at a place, and an index over nothing is empty; what asks for k elements is refused. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("orders")
    void emptyLists(Case c) {
        Case empty = on(c);
        boolean first = c.operator().params().stream().anyMatch(p -> p instanceof Param.Count count && count.varies());
        boolean drawn = c.arguments().contains(false) && c.operator().random();
        if (first || drawn) {
            assertThatThrownBy(empty::value)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be at most the length of the list, 0");
            return;
        }
        boolean metric = Ranking.RANKING.operators().contains(c.operator())
                || Losses.LOSSES.operators().contains(c.operator());
        if (metric) assertThat(empty.value().shape()).hasSizeLessThan(2); // the value is by policy: RankingTest
        for (double value : empty.value().data())
            assertThat(Double.isNaN(value) || metric).as(c.toString()).isTrue();
        for (double[] gradient : empty.gradients()) assertThat(gradient).isEmpty();
    }

    static Stream<Case> softOrders() {
        return orders().filter(c -> c.soft().mode() != Mode.HARD);
    }

    /**
     * A list with NaN or infinity has no soft order under any method. Two differ, since what they order is not the list:
     * permutation orders noise, and its values come through as in any weighted sum; and weights of -infinity are weights
     * of elements that are never drawn.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("softOrders")
    void whatIsNoNumber(Case c) {
        double inf = Double.POSITIVE_INFINITY;
        for (double[] list : new double[][] {{1, Double.NaN, 2}, {1, inf, 2}, {-inf, 3, 1}, {Double.NaN}, {inf}}) {
            boolean possible = c.operator().random() && list[0] == -inf;
            boolean loss = Losses.LOSSES.operators().contains(c.operator()); // lists of one do not count
            if (list.length == 1 && (loss || c.operator() == Ranking.SPEARMAN))
                continue; // constant: its value is by policy
            if (possible || (c.operator() == Sampling.PERMUTATION && !Double.isNaN(list[list.length / 2]))) continue;
            assertThat(on(c, list).value().data()).as("%s of %s", c, list).containsOnly(Double.NaN);
        }
    }

    private static final double[] WIDE = {1, -1, 1, 0, 0.1, -0.1, 1e-300};
    private static final double[] SMALL = {1e-308, -1e-308, Double.MIN_VALUE, 0, 1e-300, 2e-308, -1e-300};

    static Stream<Case> raw() {
        return Catalogue.operators().stream()
                .filter(o -> Cases.orders(o) && !o.random())
                .flatMap(o -> Stream.of(1e-6, 0.1, 1e6)
                        .flatMap(s -> Cases.choices(o, s).stream())
                        .filter(c -> !c.standardize())
                        .flatMap(c -> Cases.calls(o).limit(1).map(call -> call.with(c))));
    }

    private static double[] times(double factor, double[] list) {
        return Arrays.stream(list).map(v -> v * factor).toArray();
    }

    /** Without standardisation, which would bring them into (0, 1). */
    @ParameterizedTest(name = "{0}")
    @MethodSource("raw")
    void wideAndSmallListsAsTheyAre(Case c) {
        assertFinite(on(c, SMALL));
        assertFinite(on(c, times(1e300, WIDE)));
    }

    /** Near the largest double differences overflow; values stay finite all the same. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("raw")
    void theWidestLists(Case c) {
        Case widest = on(c, times(1e308, WIDE));
        for (double value : widest.value().data())
            assertThat(value).as(c.toString()).isFinite();
    }

    private static Tensor normal(int n) {
        SplittableRandom random = new SplittableRandom(20130308);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = random.nextGaussian();
        return Tensor.of(x);
    }

    private static final Tensor LONG = normal(100_000);

    private static void assertNear(Tensor got, double exact, String what) {
        assertThat(got.item()).as(what).isCloseTo(exact, offset(0.25));
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SMOOTH", "C0", "C1", "C2"})
    void longListsByProjection(Mode mode) {
        Soft soft = Soft.smooth(1e-7).with(mode).with(Method.FAST_SOFT_SORT);
        Tensor x = LONG.variable();
        int n = x.size();
        assertNear(soft.max(x), Soft.HARD.max(x).item(), "max");
        assertNear(soft.quantile(x, 0.9), Soft.HARD.quantile(x, 0.9).item(), "quantile");
        Tensor top = soft.topk(x, 5);
        for (int r = 1; r < 5; r++) assertThat(top.data()[r]).isLessThanOrEqualTo(top.data()[r - 1]);
        Tensor ranks = soft.rank(x);
        assertThat(Arrays.stream(ranks.data()).sum()).isCloseTo(n * (n + 1.0) / 2, offset(1.0));
        double[] gradient = ranks.backward(Case.weights(n)).of(x).data();
        for (double each : gradient) assertThat(Double.isFinite(each)).isTrue();
    }

    /** Places are read one by one, by one row of SoftSort and by two or three anchors of a transport plan. */
    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"SOFTSORT", "OT"})
    void longListsByFewPlaces(Method method) {
        Soft soft = Soft.smooth(method == Method.OT ? 0.1 : 1e-3).with(method);
        Tensor x = LONG.variable();
        assertThat(soft.max(x).item()).isBetween(1.0, Soft.HARD.max(x).item());
        assertThat(soft.quantile(x, 0.9).item()).isBetween(0.5, Soft.HARD.max(x).item());
        Tensor median = soft.median(x);
        assertNear(median, Soft.HARD.median(x).item(), "median");
        // a weighted mean of the values: moved together, they move it by as much
        assertThat(Arrays.stream(median.backward().of(x).data()).sum()).isCloseTo(1, offset(1e-6));
    }

    /** Masses of both sides have one sum, however many: else the iteration would never reach its goal. */
    @Test
    void massesOfManyElements() {
        int n = LONG.size();
        double[] cost = new double[2 * n];
        double[] mu = new double[n];
        Arrays.fill(mu, 1.0 / n);
        for (int i = 0; i < n; i++) cost[2 * i] = Math.tanh(LONG.data()[i]);
        double[] nu = {1.0 / n, 1 - 1.0 / n};
        TransportPlan plan =
                new TransportPlan(Smoothness.SMOOTH, cost, n, 2, mu, nu, 0.05, TransportPlan.Options.DEFAULT);
        assertThat(plan.residual()).isLessThan(1e-12);
        assertThat(plan.iterations()).isLessThan(50);
    }

    @ParameterizedTest
    @EnumSource(value = Method.class, mode = EnumSource.Mode.EXCLUDE, names = "PAIRWISE")
    void sortsOfAThousand(Method method) {
        Tensor x = normal(1000);
        double[] exact = Soft.HARD.sort(x).data();
        if (method == Method.OT) { // narrow softness takes it minutes at this length
            double[] sorted = Soft.smooth(0.1).with(method).sort(x).data();
            assertThat(Arrays.stream(sorted).sum())
                    .isCloseTo(Arrays.stream(exact).sum(), offset(1e-4));
            for (int i = 1; i < 1000; i++) assertThat(sorted[i]).isGreaterThanOrEqualTo(sorted[i - 1] - 1e-6);
            return;
        }
        double[] sorted = Soft.smooth(1e-4).with(method).sort(x).data();
        for (int i = 0; i < sorted.length; i++) assertThat(sorted[i]).isCloseTo(exact[i], offset(0.3));
    }

    @Test
    void choosingFromNothing() {
        Tensor none = Tensor.of();
        for (Soft soft : new Soft[] {Soft.HARD, Soft.smooth(0.1)}) {
            assertThat(soft.choice(none, none, 1, 3, true, -1).data())
                    .hasSize(3)
                    .containsOnly(Double.NaN);
            assertThat(soft.permutation(none, 1).data()).isEmpty();
            assertThat(soft.multinomial(none, 1, 3).data()).isEmpty();
            assertThat(soft.categorical(none, 1).shape()).containsExactly(1, 0);
        }
    }
}
