// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses of rankings: their formulas, their gradients, what they approach and what they refuse. */
class RankingLossTest {

    private static final double[] SCORES = {0.8137, -0.1171, 1.2911, -0.8353, 0.2917, 0.5381, -1.7713, 0.0239};
    private static final double[] LABELS = {1, 2, 0, 0, 1.5, 0, 1, 3};

    /** Every loss by every method in every mode that it takes, with and without standardisation. */
    static Stream<RankingLoss> losses() {
        List<RankingLoss> all = new ArrayList<>();
        for (Loss loss : Loss.values()) {
            for (Method method : loss.usesOrder() ? Method.values() : new Method[] {Method.PAIRWISE}) {
                if (loss == Loss.NEURAL_NDCG && !method.hasMatrix()) continue;
                for (Mode mode : loss.usesMode() ? Mode.values() : new Mode[] {Mode.SMOOTH}) {
                    if (mode == Mode.HARD || !method.existsIn(mode)) continue;
                    RankingLoss each = RankingLoss.of(loss).withSoftness(0.37).withMode(mode);
                    all.add(loss.usesOrder() ? each.withMethod(method) : each);
                    all.add((loss.usesOrder() ? each.withMethod(method) : each).withStandardize(true));
                }
            }
        }
        all.add(RankingLoss.of(Loss.LIST_NET).withTarget(Target.GAIN).withSoftness(0.5));
        all.add(RankingLoss.of(Loss.APPROX_NDCG).withTruncationLevel(3).withSoftness(0.5));
        all.add(RankingLoss.of(Loss.NEURAL_NDCG).withTruncationLevel(3).withSinkhorn(3));
        all.add(RankingLoss.of(Loss.LIST_MLE).withDiscounted(false));
        all.add(RankingLoss.of(Loss.LAMBDA_LOSS).withMu(0).withGain(Gain.LINEAR));
        return all.stream();
    }

    private static double value(RankingLoss loss, double[] s, double[] y) {
        return loss.add(s, y, 0, s.length, 1, new double[s.length]);
    }

    private static double[] gradient(RankingLoss loss, double[] s, double[] y) {
        double[] g = new double[s.length];
        loss.add(s, y, 0, s.length, 1, g);
        return g;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void gradientsAreTheDerivatives(RankingLoss loss) {
        double[] g = gradient(loss, SCORES, LABELS);
        double step = 1e-6;
        // the pad of a network is above the largest score, held constant: a list of 2^k has none
        for (int i = 0; i < SCORES.length; i++) {
            double[] up = SCORES.clone();
            double[] down = SCORES.clone();
            up[i] += step;
            down[i] -= step;
            double difference = (value(loss, up, LABELS) - value(loss, down, LABELS)) / (2 * step);
            assertThat(g[i]).as(loss + " " + i).isCloseTo(difference, offset(3e-7 * Math.max(1, Math.abs(difference))));
        }
    }

    /** The mean negative logarithm of the chance that places are filled in the order of the labels, by hand. */
    @Test
    void listMleWithoutDiscount() {
        double[] s = {0.2, 1.1, -0.7};
        double[] y = {1, 0, 2};
        double all = Math.exp(-0.7) + Math.exp(0.2) + Math.exp(1.1);
        double rest = Math.exp(0.2) + Math.exp(1.1);
        double expected = (Math.log(all) + 0.7 + Math.log(rest) - 0.2) / 3;
        assertThat(value(RankingLoss.of(Loss.LIST_MLE).withDiscounted(false), s, y))
                .isCloseTo(expected, offset(1e-14));
        Tensor operator = Soft.smooth(1).listMleLoss(Tensor.of(s), Tensor.of(y), -1, false, false);
        assertThat(operator.item()).isCloseTo(expected, offset(1e-14));
        Tensor discounted = Soft.smooth(1).listMleLoss(Tensor.of(s), Tensor.of(y));
        double second = 1 / (Math.log(3) / Math.log(2));
        assertThat(discounted.item())
                .isCloseTo((Math.log(all) + 0.7 + second * (Math.log(rest) - 0.2)) / 3, offset(1e-14));
    }

    @Test
    void sinkhornItersAreThoseOfTheLoss() {
        for (Method method : new Method[] {Method.SOFTSORT, Method.NEURALSORT}) {
            Soft soft = Soft.smooth(0.7).withStandardize(false).with(method);
            RankingLoss loss =
                    RankingLoss.of(Loss.NEURAL_NDCG).withSoftness(0.7).withMethod(method);
            Tensor s = Tensor.of(SCORES.clone());
            Tensor y = Tensor.of(LABELS.clone());
            for (int iterations : new int[] {0, 1, 5}) {
                assertThat(soft.neuralNdcgLoss(s, y, null, Gain.EXPONENTIAL, -1, false, iterations)
                                .item())
                        .as("%s %d", method, iterations)
                        .isEqualTo(value(loss.withSinkhorn(iterations), SCORES, LABELS));
            }
            assertThat(soft.neuralNdcgLoss(s, y, null, Gain.EXPONENTIAL, -1, false, null)
                            .item())
                    .isEqualTo(value(loss, SCORES, LABELS));
        }
        Soft soft = Soft.smooth(0.7).withStandardize(false).with(Method.SOFTSORT);
        assertThat(soft.neuralNdcgLoss(Tensor.of(SCORES), Tensor.of(LABELS), null, Gain.EXPONENTIAL, -1, false, 0)
                        .item())
                .isNotEqualTo(soft.neuralNdcgLoss(Tensor.of(SCORES), Tensor.of(LABELS))
                        .item());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void doNotSeeWhereScoresAre(RankingLoss loss) {
        double[] moved = Arrays.stream(SCORES).map(s -> s + 17).toArray();
        double tolerance = loss.method() == Method.OT ? 1e-7 : 1e-11;
        assertThat(value(loss, moved, LABELS)).isCloseTo(value(loss, SCORES, LABELS), offset(tolerance));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void doNotSeeTheOrderOfRows(RankingLoss loss) {
        if (loss.loss() == Loss.LIST_MLE) return; // equal labels as they stand
        if (loss.loss().usesOrder() && loss.method() == Method.SORTING_NETWORK) return; // sees where its elements begin
        int[] from = {4, 0, 7, 2, 5, 1, 3, 6};
        double[] s = new double[from.length];
        double[] y = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            s[i] = SCORES[from[i]];
            y[i] = LABELS[from[i]];
        }
        double tolerance = loss.method() == Method.OT ? 1e-7 : 1e-11;
        assertThat(value(loss, s, y)).isCloseTo(value(loss, SCORES, LABELS), offset(tolerance));
        double[] before = gradient(loss, SCORES, LABELS);
        double[] after = gradient(loss, s, y);
        for (int i = 0; i < from.length; i++) {
            assertThat(after[i]).as(loss + " " + i).isCloseTo(before[from[i]], offset(tolerance * 100));
        }
    }

    /** Lists of other rows beside, weights, and what was in the gradient before. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void addWeightTimesTheGradientOfTheListAlone(RankingLoss loss) {
        int n = SCORES.length;
        double[] s = new double[n + 5];
        double[] y = new double[n + 5];
        double[] g = new double[n + 5];
        Arrays.fill(s, 3);
        Arrays.fill(g, 1);
        System.arraycopy(SCORES, 0, s, 2, n);
        System.arraycopy(LABELS, 0, y, 2, n);
        assertThat(loss.add(s, y, 2, 2 + n, 2.5, g)).isEqualTo(value(loss, SCORES, LABELS));
        double[] alone = gradient(loss, SCORES, LABELS);
        for (int i = 0; i < g.length; i++) {
            double expected = i < 2 || i >= n + 2 ? 1 : 1 + 2.5 * alone[i - 2];
            assertThat(g[i]).isCloseTo(expected, offset(1e-12));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void listsWithNothingToRankDoNotCount(RankingLoss loss) {
        double[][] labels = {{}, {2}, {0, 0, 0, 0}, {1, 1, 1, 1}};
        for (double[] y : labels) {
            double[] s = Arrays.copyOf(SCORES, y.length);
            assertThat(loss.counts(y, 0, y.length)).isFalse();
            assertThat(value(loss, s, y)).isZero();
            for (double each : gradient(loss, s, y)) assertThat(each).isZero();
        }
        assertThat(loss.counts(LABELS, 0, LABELS.length)).isTrue();
    }

    /** The largest numbers, subnormal ones, ties and distances below the softness. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void staysFinite(RankingLoss loss) {
        double[][] lists = {
            {1e308, -1e308, 1e308, 0, 1e307, -1e307, 1, 2},
            {1e-308, -1e-308, Double.MIN_VALUE, 0, 1e-300, 2e-308, -1e-300, 0},
            {3, 3, 3, 3, 3, 3, 3, 3},
            {0.0, -0.0, 0.0, 1, 1, 1, 1, 0},
            {800, -800, 400, 0, 1e6, -1e6, 1, 2}
        };
        for (double[] s : lists) {
            if (loss.loss().usesOrder() && loss.method() == Method.SMOOTH_SORT && s[0] == 1e308) continue;
            assertThat(value(loss, s, LABELS)).isFinite();
            for (double each : gradient(loss, s, LABELS)) assertThat(each).isFinite();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void numbersThatAreNoneAreRefused(RankingLoss loss) {
        String name = loss.loss().paramName();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            double[] s = SCORES.clone();
            s[3] = bad;
            assertThatThrownBy(() -> value(loss, s, LABELS)).hasMessage(name + ": scores must be finite, got " + bad);
        }
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -0.5}) {
            double[] y = LABELS.clone();
            y[3] = bad;
            assertThatThrownBy(() -> value(loss, SCORES, y))
                    .hasMessage(name + ": labels must be >= 0 and finite, got " + bad);
        }
    }

    /** The operator of the catalogue and the arrays say the same. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void areTheOperators(RankingLoss loss) {
        if (loss.truncationLevel() > 0 || loss.target() == Target.GAIN || loss.mu() == 0) return;
        if (loss.standardize() && !loss.loss().usesSoftness() || !loss.discounted) return;
        Operator operator = loss.loss().operator();
        Soft soft = Soft.smooth(loss.softness()).with(loss.mode()).withStandardize(loss.standardize());
        if (loss.loss().usesOrder()) soft = soft.with(loss.method());
        Tensor scores = Tensor.variable(SCORES.clone());
        Tensor result = soft.call(operator, scores, Tensor.of(LABELS.clone()));
        assertThat(result.item()).isCloseTo(value(loss, SCORES, LABELS), offset(1e-12));
        assertThat(result.backward().of(scores).data()).containsExactly(gradient(loss, SCORES, LABELS), offset(1e-11));
    }

    static Stream<RankingLoss> ofOrder() {
        return losses().filter(loss -> loss.loss().usesOrder() && loss.truncationLevel() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofOrder")
    void approachTheHardMetrics(RankingLoss loss) {
        // transport costs are squares of distances
        RankingLoss narrow = loss.withSoftness(loss.method() == Method.OT ? 1e-5 : 1e-3);
        SplittableRandom random = new SplittableRandom(20130308);
        for (int list = 0; list < 5; list++) {
            double[] s = new double[8];
            double[] y = new double[8];
            for (int i = 0; i < s.length; i++) {
                s[i] = (i * 3 % 8) * 0.5 + 0.1 * random.nextDouble();
                y[i] = random.nextInt(4) + (i == 0 ? 0.5 : 0);
            }
            Tensor scores = Tensor.of(s);
            if (loss.loss() == Loss.SOFT_SPEARMAN) {
                assertThat(value(narrow, s, s)).isCloseTo(0, offset(1e-5));
                double[] reversed = Arrays.stream(s).map(each -> 10 - each).toArray();
                assertThat(value(narrow, s, reversed)).isCloseTo(1, offset(1e-5));
            } else {
                double ndcg = Soft.HARD.ndcg(scores, Tensor.of(y)).item();
                assertThat(value(narrow, s, y)).as(loss.toString()).isCloseTo(1 - ndcg, offset(2e-5));
            }
        }
    }

    /** A list where all scores are equal holds softsort losses: the subgradient of its distances there is 0. */
    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"APPROX_NDCG", "NEURAL_NDCG", "SOFT_SPEARMAN"})
    void softsortDoesNotLeaveTies(Loss loss) {
        for (Mode mode : new Mode[] {Mode.SMOOTH, Mode.C0, Mode.C1, Mode.C2}) {
            RankingLoss softsort =
                    RankingLoss.of(loss).withMethod(Method.SOFTSORT).withMode(mode);
            assertThat(gradient(softsort, new double[8], LABELS))
                    .as(softsort.toString())
                    .containsOnly(0);
        }
        double[] moved = gradient(RankingLoss.of(loss), new double[8], LABELS); // by pairs, or neuralsort
        assertThat(Arrays.stream(moved).anyMatch(g -> Math.abs(g) > 1e-3)).isTrue();
    }

    /** With the places of reference scores held, lambdaLoss is a function and its gradient the derivative. */
    @Test
    void referenceScoresHoldThePlaces() {
        RankingLoss loss = RankingLoss.of(Loss.LAMBDA_LOSS);
        double[] reference = {3, 1, 2, 0, 4, -1, 5, 0.5};
        double[] g = new double[8];
        double held = loss.add(SCORES, reference, LABELS, 0, 8, 1, g);
        assertThat(held).isNotEqualTo(value(loss, SCORES, LABELS));
        double[] other = reference.clone();
        Arrays.setAll(other, i -> Math.exp(reference[i])); // the same places
        assertThat(loss.add(SCORES, other, LABELS, 0, 8, 1, new double[8])).isEqualTo(held);
    }

    @Test
    void labelGains() {
        double[] y = {0, 2, 1, 0, 3};
        double[] s = {0.3, 0.1, -0.4, 0.9, 0.2};
        RankingLoss loss = RankingLoss.of(Loss.APPROX_NDCG);
        assertThat(value(loss.withLabelGain(0, 1, 3, 7), s, y)).isEqualTo(value(loss, s, y));
        RankingLoss linear = loss.withGain(Gain.LINEAR);
        assertThat(value(loss.withLabelGain(0, 1, 2, 3), s, y)).isEqualTo(value(linear, s, y));
        assertThat(loss.withLabelGain(0, 0, 0, 0).counts(y, 0, 5)).isFalse();
        assertThatThrownBy(() -> value(loss.withLabelGain(0, 1), s, y))
                .hasMessage("approxNDCG: labels must be whole numbers < 2, got 2.0, for labelGain");
        assertThatThrownBy(() -> loss.withLabelGain(0, 2, 1))
                .hasMessage("approxNDCG: labelGain must be numbers >= 0 and finite that do not fall, got 1.0");
    }

    @Test
    void settingsThatAreNoneAreRefused() {
        RankingLoss loss = RankingLoss.of(Loss.APPROX_NDCG);
        assertThatThrownBy(() -> loss.withMode(Mode.HARD))
                .hasMessage("approxNDCG: mode must be a soft one, got 'hard': " + Losses.NO_GRADIENT);
        assertThatThrownBy(() -> loss.withSoftness(0))
                .hasMessage("approxNDCG: softness must be > 0 and finite, got 0.0");
        assertThatThrownBy(() -> RankingLoss.of(Loss.NEURAL_NDCG).withMethod(Method.PAIRWISE))
                .hasMessageStartingWith(
                        "neuralNDCG: method must be one that makes a permutation matrix, got 'pairwise': ");
        assertThatThrownBy(() -> loss.withMethod(Method.SMOOTH_SORT).withMode(Mode.C1))
                .hasMessage("approxNDCG: mode must be 'smooth' with method 'smooth_sort', got 'c1'");
        assertThatThrownBy(() -> Loss.of("ndcg"))
                .hasMessageStartingWith("Loss: loss must be one of 'leastSquares', 'rankNet', ")
                .hasMessageEndingWith("got 'ndcg'");
        for (Loss each : Loss.values()) assertThat(Loss.of(each.paramName())).isEqualTo(each);
        Tensor x = Tensor.of(1, 2);
        assertThatThrownBy(() -> Soft.HARD.approxNdcgLoss(x, x))
                .hasMessage("approx_ndcg_loss: mode must be a soft one, got 'hard': " + Losses.NO_GRADIENT);
        assertThatThrownBy(() -> Soft.smooth(1).straightThrough().rankNetLoss(x, x))
                .hasMessage("rank_net_loss: straight_through must be false, got true: " + Losses.NO_GRADIENT);
        assertThatThrownBy(() -> Soft.smooth(1).with(Method.PAIRWISE).sort(x))
                .hasMessageStartingWith("sort: method must be one of ")
                .hasMessageEndingWith(Method.RANKS_ALONE);
    }

    @Test
    void serialise() throws IOException, ClassNotFoundException {
        RankingLoss loss = RankingLoss.of(Loss.LAMBDA_LOSS).withSoftness(0.3).withLabelGain(0, 1, 2, 4, 8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(loss);
        }
        double[] y = {0, 2, 1, 0, 3, 4, 0, 1};
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(value((RankingLoss) in.readObject(), SCORES, y)).isEqualTo(value(loss, SCORES, y));
        }
    }
}
