// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Derivatives;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Soft indices as logarithms of probabilities. */
class LogProbabilitiesTest {

    private static final double NONE = Double.NEGATIVE_INFINITY;

    static Stream<Case> indices() {
        return Stream.concat(Cases.hard(), Cases.soft())
                .filter(c -> Cases.takes(c.operator(), Relaxation.RETURN_LOG_PROBS));
    }

    private static double tolerance(Case c) {
        return c.soft().method() == Method.OT ? 1e-9 : 1e-13;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("indices")
    void areTheLogarithmsOfTheProbabilities(Case c) {
        Tensor p = c.value();
        Tensor log = c.with(c.soft().withLogProbs()).value();
        assertThat(log.shape()).isEqualTo(p.shape());
        boolean dense = c.soft().mode() == Mode.SMOOTH;
        for (int i = 0; i < p.size(); i++) {
            if (p.data()[i] == 0 && !dense)
                assertThat(log.data()[i]).as(c.toString()).isEqualTo(NONE);
            else assertThat(Math.exp(log.data()[i])).as(c.toString()).isCloseTo(p.data()[i], offset(tolerance(c)));
        }
    }

    /** A sparse index has zeros on this list, and so has a hard one. */
    @ParameterizedTest
    @EnumSource(value = Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "SMOOTH")
    void zerosAreThere(Mode mode) {
        double[] log = Soft.smooth(0.1)
                .with(mode)
                .withLogProbs()
                .argsort(Tensor.of(1, 2, 3, 4))
                .data();
        assertThat(Arrays.stream(log).filter(v -> v == NONE).count()).isPositive();
        assertThat(Arrays.stream(log).filter(v -> v > NONE).count()).isGreaterThanOrEqualTo(4);
        double[] floored = Soft.smooth(0.1)
                .with(mode)
                .withLogProbs(1e-3)
                .argsort(Tensor.of(1, 2, 3, 4))
                .data();
        for (double each : floored) assertThat(each).isGreaterThan(Math.log(1e-3) - 0.01);
    }

    /** Where the probability itself is below the smallest double its logarithm is not. */
    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"SOFTSORT", "NEURALSORT", "OT"})
    void finiteWhereProbabilitiesVanish(Method method) {
        Soft soft = Soft.smooth(1e-5).with(method);
        Tensor x = Tensor.variable(0.8, -0.1, 1.3, -0.8, 0.3);
        for (UnaryOperator<Tensor> logs : operators(soft.withLogProbs())) {
            double[] log = logs.apply(x).data();
            assertThat(Arrays.stream(log).min().orElseThrow()).isLessThan(-800);
            for (double each : log) assertThat(each).isFinite().isLessThan(1e-9);
            double[] gradient =
                    logs.apply(x).backward(Case.weights(log.length)).of(x).data();
            for (double each : gradient) assertThat(each).isFinite();
        }
        for (UnaryOperator<Tensor> probabilities : operators(soft)) {
            assertThat(Arrays.stream(probabilities.apply(x).data()).min().orElseThrow())
                    .isZero();
        }
    }

    private static List<UnaryOperator<Tensor>> operators(Soft soft) {
        return List.of(
                soft::argsort,
                soft::argmax,
                soft::argmin,
                soft::argmedian,
                x -> soft.argtopk(x, 2),
                x -> soft.argquantile(x, 0.4),
                x -> soft.argpercentile(x, 40));
    }

    /** The gap in log probability is that of the logits: twice as far apart in units of softness, twice the gap. */
    @Test
    void gapsAreLinearInTheSoftness() {
        Tensor x = Tensor.of(0.8, -0.1, 1.3);
        Soft soft =
                Soft.smooth(1e-3).with(Method.SOFTSORT).withStandardize(false).withLogProbs();
        double[] log = soft.argmax(x).data();
        assertThat(log).containsExactly(new double[] {-500, -1400, 0}, offset(1e-9));
    }

    static Stream<Case> smoothEnough() {
        return indices()
                .filter(c -> c.soft().mode() != Mode.HARD)
                .filter(c -> c.soft().mode() == Mode.SMOOTH
                        || Arrays.stream(c.value().data()).allMatch(p -> p > 1e-3))
                // the pad of a network is a constant that the largest element sets: see GradientContract
                .filter(c -> c.soft().method() != Method.SORTING_NETWORK
                        || (c.soft().standardize() && !c.operator().random()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("smoothEnough")
    void gradients(Case c) {
        assertGradient(c.with(c.soft().withLogProbs()));
        assertGradient(c.with(c.soft().withLogProbs(0.02)));
    }

    private static void assertGradient(Case c) {
        UnaryOperator<Tensor> f = Probe.of(c, 0);
        Tensor x = c.data()[0];
        Tensor t = Probe.direction(5, x);
        Tensor difference = Probe.difference(f, x, t, 1e-6);
        Tensor g = Probe.direction(6, difference);
        double expected = Probe.dot(g, difference);
        assertThat(Probe.dot(Derivatives.vjp(f, x, g), t))
                .as(c.toString())
                .isCloseTo(expected, offset(2e-7 * Math.max(1, Math.abs(expected))));
    }

    /** {@code log(max(p, floor) / sum max(p, floor))}. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("indices")
    void floors(Case c) {
        Tensor p = c.value();
        int n = p.length(-1);
        for (double floor : new double[] {1e-300, 0.02, 1}) {
            double[] log = c.with(c.soft().withLogProbs(floor)).value().data();
            for (int from = 0; from < log.length; from += n) {
                double total = 0;
                for (int j = from; j < from + n; j++) total += Math.max(p.data()[j], floor);
                for (int j = from; j < from + n; j++) {
                    double expected = Math.log(Math.max(p.data()[j], floor) / total);
                    assertThat(log[j]).as(c.toString()).isCloseTo(expected, offset(Math.max(tolerance(c), 1e-12) * 50));
                }
            }
        }
    }

    /** An element held at the floor has no gradient of its own. */
    @Test
    void noGradientThroughTheFloor() {
        Tensor x = Tensor.variable(0, 1, 10);
        Soft soft =
                Soft.smooth(0.1).with(Method.SOFTSORT).withStandardize(false).withLogProbs(0.25);
        Tensor log = soft.argmax(x);
        assertThat(log.data())
                .containsExactly(new double[] {Math.log(1 / 6.0), Math.log(1 / 6.0), Math.log(2 / 3.0)}, offset(1e-12));
        assertThat(log.backward(1, 0, 0).of(x).data()).containsExactly(new double[3], offset(1e-12));
    }

    /** Logits of equal elements are equal, also where they share all of the mass. */
    @Test
    void ties() {
        for (Method method : Method.values()) {
            if (!method.hasMatrix() || method == Method.SORTING_NETWORK) continue;
            double[] log = Soft.smooth(0.1)
                    .with(method)
                    .withLogProbs()
                    .argmax(Tensor.of(2, 2, 2, 2))
                    .data();
            for (double each : log) assertThat(each).as(method.name()).isCloseTo(-Math.log(4), offset(1e-9));
        }
    }

    @Test
    void hardIndices() {
        Soft hard = Soft.HARD.withLogProbs();
        assertThat(hard.argmax(Tensor.of(1, 3, 2)).data()).containsExactly(NONE, 0, NONE);
        assertThat(hard.argmin(Tensor.of(1, 3, 2)).data()).containsExactly(0, NONE, NONE);
        assertThat(hard.argquantile(Tensor.of(0, 1), 0.25).data()).containsExactly(Math.log(0.75), Math.log(0.25));
        double[] floored =
                Soft.HARD.withLogProbs(0.5).argmax(Tensor.of(1, 3, 2)).data();
        assertThat(floored)
                .containsExactly(new double[] {Math.log(0.25), Math.log(0.5), Math.log(0.25)}, offset(1e-15));
    }

    /** Values and places are no probabilities: the flag does not touch them. */
    @Test
    void valuesStayAsTheyAre() {
        Tensor x = Tensor.of(0.3, 0.1, 0.7);
        for (Soft soft : new Soft[] {Soft.HARD, Soft.smooth(0.2)}) {
            Soft logs = soft.withLogProbs();
            assertThat(logs.sort(x).data()).isEqualTo(soft.sort(x).data());
            assertThat(logs.rank(x).data()).isEqualTo(soft.rank(x).data());
            assertThat(logs.max(x).data()).isEqualTo(soft.max(x).data());
            assertThat(logs.median(x).data()).isEqualTo(soft.median(x).data());
            assertThat(logs.topkMask(x, 2).data()).isEqualTo(soft.topkMask(x, 2).data());
            assertThat(logs.sortBy(x, x).data()).isEqualTo(soft.sortBy(x, x).data());
            // weights of a random index are read, but what is returned are values and counts
            assertThat(logs.choice(x, x, 1).data())
                    .isEqualTo(soft.choice(x, x, 1).data());
            assertThat(logs.multinomial(x, 1, 4).data())
                    .isEqualTo(soft.multinomial(x, 1, 4).data());
            assertThat(logs.permutation(x, 1).data())
                    .isEqualTo(soft.permutation(x, 1).data());
        }
    }

    /** Exact logarithms, -infinity among them, with finite soft gradients. */
    @Test
    void straightThrough() {
        Soft soft = Soft.smooth(0.2).withLogProbs();
        Tensor x = Tensor.variable(1, 3, 2);
        Tensor log = soft.straightThrough().argmax(x);
        assertThat(log.data()).containsExactly(NONE, 0, NONE);
        double[] gradient = log.backward(1, 2, 3).of(x).data();
        Tensor y = Tensor.variable(1, 3, 2);
        assertThat(gradient).isEqualTo(soft.argmax(y).backward(1, 2, 3).of(y).data());
        for (double each : gradient) assertThat(each).isFinite().isNotZero();
    }

    @Test
    void refusedCombinations() {
        for (double floor : new double[] {0, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Soft.smooth(0.1).withLogProbs(floor))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Soft: log_prob_eps must be in (0, 1], got " + floor);
        }
        assertThatThrownBy(() -> Soft.of(Map.of(Relaxation.LOG_PROB_EPS, 0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Soft: log_prob_eps must be left out unless return_log_probs is true, got 0.1");
        Soft soft = Soft.of(Map.of(Relaxation.LOG_PROB_EPS, 0.1, Relaxation.RETURN_LOG_PROBS, true));
        assertThat(soft).isEqualTo(Soft.smooth(0.1).withLogProbs(0.1));
        assertThat(Soft.of(soft.relaxation())).isEqualTo(soft);
        assertThat(soft.withLogProbs().logProbEps()).isNull();
        for (Method method : Method.values()) {
            if (method.hasMatrix()) continue;
            assertThatThrownBy(
                            () -> Soft.smooth(0.1).with(method).withLogProbs().argmax(Tensor.of(1, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("argmax: method must be one of ")
                    .hasMessageEndingWith("no permutation matrix that a soft index could be read from");
        }
    }
}
