// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exact ranking metrics: values computed by hand, means over the orders of ties; policies and refusals, softly too. */
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
            assertThat(c.with(Soft.smooth(0.1)).value().item()).as("%s", c).isNaN();
            assertThat(c.with(HARD).value().item()).as("%s", c).isFinite();
        }
        assertThat(HARD.mrr(x, y).item()).isEqualTo(1);
        // a list with nothing to find has its value by policy, or none
        assertThat(Soft.smooth(0.1).recall(x, Tensor.of(0, 0, 0), 2).item()).isEqualTo(1);
        assertThat(Soft.smooth(0.1).mrr(x, Tensor.of(0, 0, 0)).item()).isEqualTo(1);
        assertThat(Soft.smooth(0.1).err(x, Tensor.of(0, 0, 0)).item()).isNaN();
        assertThat(Soft.smooth(0.1).precision(x, Tensor.of(0, 0, 0), 5).item()).isNaN();
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
