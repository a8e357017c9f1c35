// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranking metrics: values computed by hand, means over the orders of ties, limits, bounds, batches, policies. */
class RankingTest {

    private static final Soft HARD = Soft.HARD;

    private static final Tensor LABELS = Tensor.of(0, 2, 0, 1, 3);
    private static final Tensor DESCENDING = Tensor.of(5, 4, 3, 2, 1);

    /** Gains 0 3 0 1 7 at the places 1..5, discounts 1, 1/log2(3), 1/2, 1/log2(5), 1/log2(6). */
    @Test
    void discountedGains() {
        double dcg = 3 / log2(3) + 1 / log2(5) + 7 / log2(6);
        double ideal = 7 + 3 / log2(3) + 1 / 2.0;
        assertThat(HARD.dcg(DESCENDING, LABELS).item()).isCloseTo(dcg, offset(1e-15));
        assertThat(HARD.ndcg(DESCENDING, LABELS).item()).isCloseTo(dcg / ideal, offset(1e-15));
        assertThat(HARD.dcg(DESCENDING, LABELS, 2).item()).isCloseTo(3 / log2(3), offset(1e-15));
        assertThat(HARD.ndcg(DESCENDING, LABELS, 2).item()).isCloseTo(3 / log2(3) / (7 + 3 / log2(3)), offset(1e-15));
        double linear = (2 / log2(3) + 1 / log2(5) + 3 / log2(6)) / (3 + 2 / log2(3) + 1 / 2.0);
        assertThat(HARD.ndcg(DESCENDING, LABELS, null, Gain.LINEAR, EmptyList.ONE, -1, false)
                        .item())
                .isCloseTo(linear, offset(1e-15));
        assertThat(HARD.ndcg(LABELS, LABELS).item()).isEqualTo(1);
    }

    /** The example of Jaervelin and Kekaelaeinen's measure with labels 3 2 3 0 1 2 in the order they were shown. */
    @Test
    void textbookNdcg() {
        Tensor labels = Tensor.of(3, 2, 3, 0, 1, 2);
        Tensor shown = Tensor.of(6, 5, 4, 3, 2, 1);
        double dcg = 3 + 2 / log2(3) + 3 / 2.0 + 1 / log2(6) + 2 / log2(7);
        double ideal = 3 + 3 / log2(3) + 2 / 2.0 + 2 / log2(5) + 1 / log2(6);
        assertThat(HARD.dcg(shown, labels, null, Gain.LINEAR, -1, false).item())
                .isCloseTo(6.861, offset(5e-4)) // as printed there
                .isCloseTo(dcg, offset(1e-14));
        assertThat(HARD.ndcg(shown, labels, null, Gain.LINEAR, EmptyList.ONE, -1, false)
                        .item())
                .isCloseTo(0.961, offset(5e-4))
                .isCloseTo(dcg / ideal, offset(1e-15));
    }

    @Test
    void metricsOfRelevance() {
        assertThat(HARD.mrr(DESCENDING, LABELS).item()).isEqualTo(0.5);
        assertThat(HARD.mrr(DESCENDING, LABELS, 1).item()).isEqualTo(0);
        // relevant at 2, 4, 5: precisions 1/2, 2/4, 3/5
        assertThat(HARD.averagePrecision(DESCENDING, LABELS).item()).isCloseTo((0.5 + 0.5 + 0.6) / 3, offset(1e-15));
        assertThat(HARD.averagePrecision(DESCENDING, LABELS, 4).item()).isCloseTo(1.0 / 3, offset(1e-15));
        assertThat(HARD.averagePrecision(DESCENDING, LABELS, 2).item()).isCloseTo(0.25, offset(1e-15));
        assertThat(HARD.precision(DESCENDING, LABELS, 4).item()).isEqualTo(0.5);
        assertThat(HARD.precision(DESCENDING, LABELS, 10).item()).isCloseTo(0.3, offset(1e-15));
        assertThat(HARD.recall(DESCENDING, LABELS, 4).item()).isCloseTo(2.0 / 3, offset(1e-15));
        assertThat(HARD.recall(DESCENDING, LABELS, 10).item()).isCloseTo(1, offset(1e-15));
    }

    /** Stops 0, 3/16, 0, 1/16, 7/16 at the places. */
    @Test
    void expectedReciprocalRank() {
        double err = 3 / 16.0 / 2 + 13 / 16.0 / 16 / 4 + 13 / 16.0 * 15 / 16 * 7 / 16 / 5;
        assertThat(HARD.err(DESCENDING, LABELS).item()).isCloseTo(err, offset(1e-15));
        assertThat(HARD.err(DESCENDING, LABELS, 4).item()).isCloseTo(3 / 32.0 + 13 / 1024.0, offset(1e-15));
        double three = 3 / 8.0 / 2 + 5 / 8.0 / 8 / 4 + 5 / 8.0 * 7 / 8 * 7 / 8 / 5;
        assertThat(HARD.err(DESCENDING, LABELS, null, 3, -1, false).item()).isCloseTo(three, offset(1e-15));
        assertThat(HARD.err(DESCENDING, Tensor.of(0, 1e-300, 0, 2000, 0), null, 2000, -1, false)
                        .item())
                .isEqualTo(0.25);
    }

    @Test
    void spearmanIsPearsonOfMeanPlaces() {
        Tensor x = Tensor.of(106, 86, 100, 101, 99, 103, 97, 113, 112, 110);
        Tensor y = Tensor.of(7, 0, 27, 50, 28, 29, 20, 12, 6, 17);
        assertThat(HARD.spearman(x, y).item()).isCloseTo(-29 / 165.0, offset(1e-15)); // 1 - 6 * 194 / 990
        Tensor tied = Tensor.of(1, 2, 2, 4, 2);
        Tensor other = Tensor.of(3, 1, 4, 4, 5);
        double[] a = {5, 3, 3, 1, 3};
        double[] b = {4, 5, 2.5, 2.5, 1};
        assertThat(HARD.spearman(tied, other).item()).isCloseTo(pearson(a, b), offset(1e-15));
        assertThat(HARD.spearman(x, x).item()).isCloseTo(1, offset(1e-15));
    }

    private static double pearson(double[] a, double[] b) {
        double ma = Arrays.stream(a).average().orElseThrow();
        double mb = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - ma) * (b[i] - mb);
            aa += (a[i] - ma) * (a[i] - ma);
            bb += (b[i] - mb) * (b[i] - mb);
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    // ---- ties

    static Stream<Case> judged() {
        return Ranking.RANKING.operators().stream()
                .filter(o -> o != Ranking.SPEARMAN)
                .flatMap(Cases::calls);
    }

    /** Of tied elements every order is as probable: the mean over all of them, made by tiny differences of the scores. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("judged")
    void tiesAreTheMeanOverTheirOrders(Case c) {
        double[] labels = {1, 0, 2, 0, 1.5, 1, 0};
        for (double[] tied : new double[][] {
            {3, 2, 2, 2, 1, 1, 0}, {1, 1, 1, 1, 0, 0, 0}, {2, 2, 2, 2, 2, 2, 2}, {Double.NaN, 0.0, -0.0, 5, 5, 5, 0.0}
        }) {
            double sum = 0;
            int count = 0;
            for (int[] order : permutations(tied.length)) {
                // a permutation breaks the ties; those that break them alike are counted as often as any other
                Integer[] places = IntStream.range(0, tied.length).boxed().toArray(Integer[]::new);
                Arrays.sort(places, (i, j) -> {
                    int byScore = Double.compare(tied[j] + 0.0, tied[i] + 0.0);
                    return byScore != 0 ? byScore : Integer.compare(order[i], order[j]);
                });
                double[] distinct = new double[tied.length];
                for (int r = 0; r < places.length; r++) distinct[places[r]] = -r;
                sum += metric(c, distinct, labels);
                count++;
            }
            assertThat(metric(c, tied, labels))
                    .as("%s of %s", c, Arrays.toString(tied))
                    .isCloseTo(sum / count, offset(1e-13));
        }
    }

    private static double metric(Case c, double[] scores, double[] labels) {
        return c.with(HARD).with(Tensor.of(scores), Tensor.of(labels)).value().item();
    }

    private static List<int[]> permutations(int n) {
        List<int[]> all = new ArrayList<>(List.of(new int[0]));
        for (int length = 1; length <= n; length++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] each : all) {
                for (int at = 0; at < length; at++) {
                    int[] next = new int[length];
                    for (int i = 0; i < length; i++) next[i] = i < at ? each[i] : i == at ? length - 1 : each[i - 1];
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    // ---- soft

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
        assertThat(most[0]).isBetween(1.0, 1.01);
        assertThat(most[1]).isBetween(1.01, 1.1);
        assertThat(most[2]).isBetween(1.01, 1.15);
        assertThat(most[3]).isBetween(1.01, 1.25);
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

    // ---- shapes

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

    // ---- policies

    @Test
    void listsWithNothingToFind() {
        for (Tensor labels : new Tensor[] {Tensor.of(0, 0, 0), Tensor.of()}) {
            Tensor x = labels.size() == 0 ? Tensor.of() : Tensor.of(1, 3, 2);
            for (Soft soft :
                    new Soft[] {HARD, Soft.smooth(0.1), Soft.smooth(0.1).straightThrough()}) {
                for (EmptyList policy : EmptyList.values()) {
                    double expected = policy.value();
                    Tensor at = x.variable();
                    Tensor[] values = {
                        soft.ndcg(at, labels, null, Gain.LINEAR, policy, -1, false),
                        soft.mrr(at, labels, 2, policy, -1, false),
                        soft.averagePrecision(at, labels, null, policy, -1, false),
                        soft.recall(at, labels, 2, policy, -1, false)
                    };
                    for (Tensor value : values) {
                        assertThat(value.data()).containsExactly(expected);
                        assertThat(value.backward().of(at).data()).containsOnly(new double[x.size()]);
                    }
                }
                assertThat(soft.ndcg(x, labels).item()).isEqualTo(1);
                assertThat(soft.dcg(x, labels).item()).isEqualTo(0);
                assertThat(soft.precision(x, labels, 2).item()).isEqualTo(0);
                assertThat(soft.err(x, labels).item()).isEqualTo(0);
            }
        }
    }

    @Test
    void constantListsHaveNoCorrelation() {
        Tensor x = Tensor.of(2, 2, 2);
        Tensor y = Tensor.of(1, 3, 2);
        for (Soft soft : new Soft[] {HARD, Soft.smooth(0.1)}) {
            for (Tensor[] pair :
                    new Tensor[][] {{x, y}, {y, x}, {Tensor.of(1), Tensor.of(5)}, {Tensor.of(), Tensor.of()}}) {
                Tensor a = pair[0].variable();
                Tensor b = pair[1].variable();
                Tensor value = soft.spearman(a, b);
                assertThat(value.item()).isNaN();
                assertThat(value.backward().of(a).data()).containsOnly(new double[a.size()]);
                assertThat(value.backward().of(b).data()).containsOnly(new double[a.size()]);
                assertThat(soft.spearman(a, b, EmptyList.ZERO, -1, false).item())
                        .isEqualTo(0);
            }
        }
        // a softness so large that all places are the middle one says nothing, and says it with a finite gradient
        Tensor a = Tensor.variable(1, 4, 2, 8);
        Tensor value = Soft.smooth(1e9).spearman(a, Tensor.of(1, 2, 3, 4));
        assertThat(value.item()).isCloseTo(0, offset(1e-3));
        for (double g : value.backward().of(a).data()) assertThat(g).isFinite();
    }

    /** Scores that are not finite: NaN is the largest score exactly, and softly there is no order. */
    @Test
    void scoresThatAreNotNumbers() {
        Tensor x = Tensor.of(1, Double.NaN, 2);
        Tensor y = Tensor.of(0, 1, 0);
        for (Operator operator : Ranking.RANKING.operators()) {
            Case c = Cases.calls(operator).findFirst().orElseThrow().with(x, operator == Ranking.SPEARMAN ? x : y);
            boolean whole = operator == Ranking.PRECISION || operator == Ranking.RECALL; // k = 3 reads no order
            if (!whole)
                assertThat(c.with(Soft.smooth(0.1)).value().item()).as("%s", c).isNaN();
            assertThat(c.with(HARD).value().item()).as("%s", c).isFinite();
        }
        assertThat(HARD.mrr(x, y).item()).isEqualTo(1);
        assertThat(Soft.smooth(0.1).recall(x, y, 2).item()).isNaN();
    }

    @Test
    void labelsOfAnySize() {
        Tensor x = Tensor.of(0.3, 1.1, -0.5);
        for (double big : new double[] {1e-308, 1e-20, 900, 1e308}) {
            for (Soft soft : new Soft[] {HARD, Soft.smooth(0.1)}) {
                Tensor at = x.variable();
                Tensor y = Tensor.of(big, 0, big);
                Gain gain = big > 900 ? Gain.LINEAR : Gain.EXPONENTIAL;
                Tensor value = soft.ndcg(at, y, null, gain, EmptyList.ONE, -1, false);
                assertThat(value.item()).as("%s", big).isBetween(0.5, 1.0);
                for (double g : value.backward().of(at).data()) assertThat(g).isFinite();
            }
        }
    }

    /** Labels are data: a variable among them has no gradient. */
    @Test
    void labelsHaveNoGradient() {
        Tensor y = Tensor.variable(1, 0, 2);
        Tensor x = Tensor.variable(0.3, 1.1, -0.5);
        assertThat(Ranking.NDCG.differentiable()).extracting(Param::name).containsExactly("scores");
        assertThat(Ranking.SPEARMAN.differentiable()).extracting(Param::name).containsExactly("x", "y");
        assertThat(Soft.smooth(0.1).ndcg(x, y).backward().of(y).data()).containsOnly(0);
    }

    @Test
    void refusals() {
        Tensor x = Tensor.of(1, 2);
        refused(() -> HARD.ndcg(x, Tensor.of(1)), "ndcg: labels must be of the shape of scores, [2], got [1]");
        refused(
                () -> HARD.mrr(x, Tensor.of(0, -0.5)),
                "mrr: labels must be an array of numbers >= 0 and finite, got -0.5");
        refused(
                () -> HARD.dcg(x, Tensor.of(0, 901)),
                "dcg: labels must be at most 900 where gain is 'exponential', got 901.0");
        refused(() -> HARD.err(x, Tensor.of(5, 0)), "err: labels must be at most max_label, 4, got 5.0");
        refused(() -> HARD.err(x, Tensor.of(5, 0), 0), "err: k must be a whole number >= 1, got 0");
        refused(() -> HARD.call(Ranking.PRECISION, x, x), "precision: k must be a whole number >= 1, got null");
        refused(() -> HARD.spearman(x, Tensor.of(1)), "spearman: y must be of the shape of x, [2], got '[1]'");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
