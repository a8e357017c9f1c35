// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Soft ranking metrics: limits, bounds, where their gradients lead, batches. */
class SoftRankingTest {

    private static final Soft HARD = Soft.HARD;

    static Stream<Case> soft() {
        return Cases.soft().filter(c -> Ranking.RANKING.operators().contains(c.operator()));
    }

    /** Exact at a softness of 1e-3; memberships of the smoothed permutahedron are as far off as the softness. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("soft")
    void limits(Case c) {
        double exact = c.with(HARD).value().data()[0];
        double soft = c.with(c.soft().withSoftness(1e-3)).value().data()[0];
        double tolerance = switch (c.soft().method()) {
            case OT -> 2e-2; // its costs are squares of distances, see the limit at 1e-5 in LimitContract
            case SMOOTH_SORT -> 2e-3;
            default -> 1e-5;
        };
        assertThat(soft).as(c.toString()).isCloseTo(exact, offset(tolerance));
    }

    /** What is not read of memberships is exact by smooth_sort too. */
    @Test
    void limitsBySmoothSort() {
        Soft soft = Soft.smooth(1e-3).with(Method.SMOOTH_SORT);
        Case c = Cases.calls(Ranking.NDCG).findFirst().orElseThrow();
        Tensor x = c.data()[0];
        Tensor y = c.data()[1];
        assertThat(soft.ndcg(x, y).item()).isCloseTo(HARD.ndcg(x, y).item(), offset(1e-9));
        assertThat(soft.averagePrecision(x, y).item())
                .isCloseTo(HARD.averagePrecision(x, y).item(), offset(1e-9));
        assertThat(soft.err(x, y).item()).isCloseTo(HARD.err(x, y).item(), offset(1e-9));
    }

    /** Lists with ties, with labels 0..4, of which more than a third are 0. */
    private interface Trial {
        void with(Tensor scores, Tensor labels);
    }

    private static void trials(int count, Trial trial) {
        SplittableRandom random = new SplittableRandom(20130308);
        for (int i = 0; i < count; i++) {
            int n = 2 + random.nextInt(12);
            double[] x = new double[n];
            double[] y = new double[n];
            for (int j = 0; j < n; j++) {
                x[j] = random.nextInt(4) == 0 ? 1 : random.nextGaussian();
                y[j] = Math.max(0, random.nextInt(7) - 2);
            }
            trial.with(Tensor.of(x), Tensor.of(y));
        }
    }

    static Stream<Soft> choices() {
        return Cases.choices(Ranking.NDCG, 1).stream()
                .filter(Soft::standardize)
                .filter(c -> c.method() != Method.SMOOTH_SORT) // its places and memberships leave their range
                .flatMap(c -> Stream.of(0.01, 0.1, 0.3, 1.0, 10.0).map(c::withSoftness));
    }

    /**
     * What lies in [0, 1] whatever the scores. D is convex, so over the permutahedron, where the ranks of doubly stochastic
     * matrices lie, the discounted gain is largest at a vertex, an order.
     */
    @ParameterizedTest
    @MethodSource("choices")
    void bounds(Soft soft) {
        boolean neural = soft.method() == Method.NEURALSORT;
        boolean doubly = !neural && soft.method() != Method.SOFTSORT;
        trials(40, (x, y) -> {
            String what = soft + " of " + x + " " + y;
            if (!neural || soft.mode() == Mode.SMOOTH) inUnit(soft.ndcg(x, y), what);
            inUnit(soft.mrr(x, y), what);
            inUnit(soft.err(x, y), what);
            inUnit(soft.precision(x, y, 3), what);
            if (doubly) inUnit(soft.recall(x, y, 3), what);
            assertThat(soft.dcg(x, y).item()).isNotNegative();
            assertThat(soft.averagePrecision(x, y).item()).isNotNegative();
        });
    }

    private static void inUnit(Tensor value, String what) {
        assertThat(value.item()).as(what).isBetween(0.0, 1 + 1e-9);
    }

    /** The numbers of docs/ranking-metrics.md: by how much metrics exceed 1 under the default choice. */
    @Test
    void excessByDefault() {
        Soft soft = Soft.smooth(0.1);
        double[] most = new double[4];
        trials(2000, (x, y) -> {
            double[] values = {
                soft.ndcg(x, y, 3).item(),
                soft.averagePrecision(x, y).item(),
                soft.averagePrecision(x, y, 3).item(),
                soft.recall(x, y, 3).item()
            };
            for (int i = 0; i < most.length; i++) most[i] = Math.max(most[i], values[i]);
        });
        assertThat(most[0]).isBetween(0.99, 1 + 1e-9);
        assertThat(most[1]).isBetween(1.05, 1.065);
        assertThat(most[2]).isBetween(1.08, 1.095);
        assertThat(most[3]).isBetween(1.11, 1.125);
    }

    /** The gradient points uphill: a step along it makes the soft metric larger, and in the end the order right. */
    @ParameterizedTest
    @MethodSource("judgedOperators")
    void gradientAscentFindsTheBestOrder(Operator operator) {
        Tensor labels = Tensor.of(0, 1, 0, 2, 0, 1, 0, 0, 3, 0);
        double[] x = {0.3, -0.2, 1.1, -0.6, 0.7, 0.1, -1.2, 0.5, -0.9, 0.9};
        Soft soft = Soft.smooth(0.3);
        Object[] cut = operator.params().get(2).required() ? new Object[] {4} : new Object[0];
        double before = call(Soft.HARD, operator, Tensor.of(x), labels, cut).item();
        for (int step = 0; step < 600; step++) {
            Tensor at = Tensor.variable(x.clone());
            double[] g = call(soft, operator, at, labels, cut).backward().of(at).data();
            double norm = Math.sqrt(Arrays.stream(g).map(v -> v * v).sum());
            for (int i = 0; i < x.length; i++) x[i] += 0.02 * g[i] / (norm + 1e-12);
        }
        double after = call(Soft.HARD, operator, Tensor.of(x), labels, cut).item();
        double best = call(Soft.HARD, operator, labels, labels, cut).item();
        assertThat(after).as("from %s", before).isGreaterThan(before).isCloseTo(best, offset(0.02));
    }

    static Stream<Operator> judgedOperators() {
        return Ranking.RANKING.operators().stream().filter(o -> o != Ranking.SPEARMAN);
    }

    private static Tensor call(Soft soft, Operator operator, Tensor scores, Tensor labels, Object... more) {
        Object[] arguments = new Object[2 + more.length];
        arguments[0] = scores;
        arguments[1] = labels;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return soft.call(operator, arguments);
    }

    /** Lists with different numbers of relevant elements do not know each other, along any axis. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("batched")
    void batches(Case c) {
        double[][] x = {{0.3, -0.2, 1.1, -0.6}, {1, 1, 2, 0.5}, {0.1, 0.7, -0.4, 0.2}, {3, 2, 1, 0}, {5, 1, 4, 2}};
        double[][] y = {{1, 0, 2, 0}, {0, 0, 0, 0}, {0, 2, 0, 1}, {0, 0, 0, 1}, {2, 1, 1, 1}};
        double[] flatX = Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
        double[] flatY = Arrays.stream(y).flatMapToDouble(Arrays::stream).toArray();
        int axis = c.arguments().size() - 2;
        Tensor batch = Tensor.of(new int[] {5, 4}, flatX).variable();
        Tensor labels = Tensor.of(new int[] {5, 4}, flatY);
        Tensor value = at(c, axis, -1, false, batch, labels).value();
        Tensor turned =
                at(c, axis, 0, true, batch.permute(1, 0), labels.permute(1, 0)).value();
        assertThat(value.shape()).containsExactly(5);
        assertThat(turned.shape()).containsExactly(1, 5);
        assertThat(turned.data()).isEqualTo(value.data());
        double[] g = {1, -2, 0.5, 3, 0.7};
        double[] gradient = value.backward(g).of(batch).data();
        for (int i = 0; i < 5; i++) {
            Tensor alone = Tensor.variable(x[i].clone());
            Tensor one = at(c, axis, -1, false, alone, Tensor.of(y[i])).value();
            assertThat(one.shape()).isEmpty();
            assertThat(one.data()).as("%s list %d", c, i).containsExactly(value.data()[i]);
            double[] expected = one.backward(g[i]).of(alone).data();
            for (int j = 0; j < 4; j++) {
                // what reaches an element by several ways is summed in another order
                assertThat(gradient[4 * i + j]).as("%s gradient %d", c, i).isCloseTo(expected[j], offset(1e-14));
            }
        }
    }

    static Stream<Case> batched() {
        return Stream.concat(Cases.hard(), Cases.soft())
                .filter(c -> Ranking.RANKING.operators().contains(c.operator()));
    }

    private static Case at(Case c, int axis, int lists, boolean keepdim, Tensor... data) {
        List<Object> arguments = new ArrayList<>(c.with(data).arguments());
        arguments.set(axis, lists);
        arguments.set(axis + 1, keepdim);
        return new Case(c.operator(), c.soft(), arguments);
    }

    @Test
    void noListsAtAll() {
        Tensor none = Tensor.of(new int[] {0, 3}, new double[0]);
        for (Operator operator : Ranking.RANKING.operators()) {
            for (Soft soft : new Soft[] {HARD, Soft.smooth(0.1)}) {
                Case c = Cases.calls(operator)
                        .findFirst()
                        .orElseThrow()
                        .with(soft)
                        .with(none, none);
                assertThat(c.value().shape()).as("%s", c).containsExactly(0);
            }
        }
    }
}
