// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Derivatives;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operators: where their numbers come from, and what becomes of them hard, soft and backwards. */
class SamplingTest {

    private static final Tensor LOGITS = Tensor.of(0.3, -1.2, 0.9, 0.1);
    private static final Tensor P = Tensor.of(0.1, 0.4, 0.3, 0.2);
    private static final Tensor X = Tensor.of(2, 3, 5, 7);
    private static final long SEED = 20130308;

    static Stream<Case> random() {
        return Stream.concat(Cases.hard(), Cases.soft())
                .filter(c -> c.operator().random() && seedOf(c) == SEED);
    }

    private static int seedAt(Case c) {
        int at = 0;
        while (!(c.operator().params().get(at) instanceof Param.Seed)) at++;
        return at;
    }

    private static long seedOf(Case c) {
        return (Long) c.arguments().get(seedAt(c));
    }

    private static Case seeded(Case c, long seed) {
        Object[] arguments = c.arguments().toArray();
        arguments[seedAt(c)] = seed;
        return new Case(c.operator(), c.soft(), Arrays.asList(arguments));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("random")
    void theSameSeedDrawsTheSameAndOthersDraw(Case c) {
        double[] drawn = c.value().data();
        assertThat(c.value().data()).isEqualTo(drawn);
        Set<String> values = new HashSet<>();
        for (long seed : new long[] {SEED, SEED + 1, -SEED, 0, 1L << 40, Long.MIN_VALUE}) {
            values.add(Arrays.toString(seeded(c, seed).value().data()));
        }
        // of one draw of an element there are few results; of noise that is added every seed has its own
        boolean few = c.soft().mode() != Mode.SMOOTH;
        assertThat(values).as(c.toString()).hasSizeGreaterThanOrEqualTo(few ? 2 : 6);
    }

    static Stream<Case> hard() {
        return random().filter(c -> c.soft().mode() == Mode.HARD);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hard")
    void hardDrawsAreChoices(Case c) {
        double[] y = c.value().data();
        Operator operator = c.operator();
        if (operator == Sampling.CATEGORICAL) {
            int n = c.data()[0].size();
            for (int from = 0; from < y.length; from += n) {
                double[] row = Arrays.copyOfRange(y, from, from + n);
                assertThat(row).containsOnly(0, 1);
                assertThat(Arrays.stream(row).sum()).isEqualTo(1);
            }
        } else if (operator == Sampling.BERNOULLI) {
            assertThat(y).containsOnly(0, 1);
        } else if (operator == Sampling.RADEMACHER) {
            assertThat(y).containsOnly(-1, 1);
        } else if (operator == Sampling.CHOICE) {
            for (double each : y) assertThat(c.data()[0].data()).contains(each);
        } else if (operator == Sampling.PERMUTATION) {
            assertThat(y).containsExactlyInAnyOrder(c.data()[0].data());
        } else {
            for (double each : y) assertThat(each).isEqualTo(Math.rint(each)).isNotNegative();
        }
    }

    /** Exact values and soft gradients of one and the same noise. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("random")
    void straightThrough(Case c) {
        if (c.soft().mode() == Mode.HARD) return;
        Case straight = c.with(c.soft().straightThrough());
        assertThat(straight.value().data()).isEqualTo(c.with(Soft.HARD).value().data());
        assertThat(straight.gradients()).isDeepEqualTo(c.gradients());
    }

    /** The noise is that of the hard draw, so that it is the limit of the soft ones. */
    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FAST_SOFT_SORT", "SMOOTH_SORT", "PAIRWISE"})
    void softDrawsGoToHardOnes(Method method) {
        for (long seed = 0; seed < 10; seed++) {
            double last = Double.POSITIVE_INFINITY;
            double[] hard = Soft.HARD.categorical(LOGITS, seed, 3, false, -1).data();
            for (double softness : new double[] {1, 1e-2, 1e-5}) {
                Tensor soft = Soft.smooth(softness).with(method).categorical(LOGITS, seed, 3, false, -1);
                double error = 0;
                for (int i = 0; i < hard.length; i++) error = Math.max(error, Math.abs(hard[i] - soft.data()[i]));
                assertThat(error).as("%s at %s", method, softness).isLessThanOrEqualTo(last + 1e-12);
                last = error;
            }
            assertThat(last).as("%s seed %d", method, seed).isLessThan(1e-6);
        }
    }

    /** The first list of a batch draws as it would alone; the others have noise of their own. */
    @Test
    void listsOfABatch() {
        Tensor three = Tensor.of(new int[] {3, 4}, repeat(LOGITS, 3));
        Tensor p = Tensor.of(new int[] {3, 4}, repeat(P, 3));
        Tensor x = Tensor.of(new int[] {3, 4}, repeat(X, 3));
        Soft soft = Soft.smooth(0.2);
        for (int draws : new int[] {1, 4}) {
            assertFirstAlone(
                    soft.categorical(three, SEED, draws, true, -1), soft.categorical(LOGITS, SEED, draws, true, -1));
            assertFirstAlone(
                    soft.categorical(three, SEED, draws, false, -1), soft.categorical(LOGITS, SEED, draws, false, -1));
            assertFirstAlone(soft.choice(x, p, SEED, draws, true, -1), soft.choice(X, P, SEED, draws, true, -1));
            assertFirstAlone(soft.multinomial(p, SEED, draws), soft.multinomial(P, SEED, draws));
            assertFirstAlone(soft.binomial(p, SEED, draws), soft.binomial(P, SEED, draws));
        }
        assertFirstAlone(soft.permutation(x, SEED), soft.permutation(X, SEED));
        assertFirstAlone(soft.bernoulli(p, SEED), soft.bernoulli(P, SEED));
        assertFirstAlone(soft.rademacher(p, SEED), soft.rademacher(P, SEED));
    }

    private static double[] repeat(Tensor x, int times) {
        double[] all = new double[times * x.size()];
        for (int i = 0; i < all.length; i++) all[i] = x.data()[i % x.size()];
        return all;
    }

    private static void assertFirstAlone(Tensor batch, Tensor alone) {
        int each = alone.size();
        assertThat(batch.size()).isEqualTo(3 * each);
        double[][] lists = new double[3][];
        for (int i = 0; i < 3; i++) lists[i] = Arrays.copyOfRange(batch.data(), i * each, (i + 1) * each);
        assertThat(lists[0]).isEqualTo(alone.data());
        assertThat(Arrays.equals(lists[0], lists[1])).isFalse();
        assertThat(Arrays.equals(lists[1], lists[2])).isFalse();
    }

    /** Lists along an axis in front draw as those along the last one. */
    @Test
    void axes() {
        Tensor p = Tensor.of(new int[] {3, 4}, repeat(P, 3));
        Tensor x = Tensor.of(new int[] {3, 4}, repeat(X, 3));
        Soft soft = Soft.smooth(0.2);
        Tensor turned = soft.choice(x.permute(1, 0), p.permute(1, 0), SEED, 5, true, 0);
        assertThat(turned.shape()).containsExactly(5, 3);
        assertThat(turned.permute(1, 0).data())
                .isEqualTo(soft.choice(x, p, SEED, 5, true, -1).data());
        assertThat(soft.categorical(p.permute(1, 0), SEED, 5, true, 0).shape()).containsExactly(5, 3, 4);
        assertThat(soft.multinomial(p.permute(1, 0), SEED, 5, 0).permute(1, 0).data())
                .isEqualTo(soft.multinomial(p, SEED, 5).data());
        assertThat(soft.permutation(x.permute(1, 0), SEED, 0).permute(1, 0).data())
                .isEqualTo(soft.permutation(x, SEED).data());
    }

    @Test
    void withoutReplacementNothingComesTwice() {
        for (long seed = 0; seed < 200; seed++) {
            double[] values = Soft.HARD.choice(X, P, seed, 4, false, -1).data();
            assertThat(values).containsExactlyInAnyOrder(X.data());
        }
        assertThatThrownBy(() -> Soft.HARD.choice(X, P, SEED, 5, false, -1))
                .hasMessage("choice: draws must be at most the length of the list, 4, without replacement, got 5");
        assertThatThrownBy(() -> Soft.smooth(0.1).categorical(X, SEED, 5, false, -1))
                .hasMessage("categorical: draws must be at most the length of the list, 4, without replacement, got 5");
        assertThat(Soft.HARD.choice(X, P, SEED, 5, true, -1).shape()).containsExactly(5);
        assertThatThrownBy(() -> Soft.HARD.choice(X, Tensor.of(1, 2), SEED))
                .hasMessage("choice: p must be of the shape of x, with 4 weights, got 2");
    }

    /** What has probability 0 is not drawn, hard or soft, and takes no gradient. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 700, -1e6, 1e300})
    void impossibleElementsAreNeverDrawn(double shift) {
        double none = Double.NEGATIVE_INFINITY;
        Tensor logits = Tensor.of(none, 0.3 + shift, none, shift - 1);
        for (long seed = 0; seed < 300; seed++) {
            double[] one = Soft.HARD.categorical(logits, seed).data();
            assertThat(one[0] + one[2]).isZero();
            double[] two = Soft.HARD.categorical(logits, seed, 2, false, -1).data();
            assertThat(two[0] + two[2] + two[4] + two[6]).isZero();
        }
        for (Soft soft : new Soft[] {Soft.smooth(0.1), Soft.smooth(0.1).with(Mode.C1)}) {
            Tensor variable = logits.variable();
            Tensor drawn = soft.categorical(variable, SEED);
            assertThat(drawn.data()[0]).isZero();
            assertThat(drawn.data()[2]).isZero();
            double[] gradient = drawn.backward(1, 2, 3, 4).of(variable).data();
            assertThat(gradient[0]).isZero();
            assertThat(gradient[2]).isZero();
            for (double each : gradient) assertThat(each).isFinite();
        }
        Tensor p = Tensor.of(0, 0.5, -1, 0.5);
        for (long seed = 0; seed < 300; seed++) {
            assertThat(Soft.HARD.choice(X, p, seed).item()).isIn(3.0, 7.0);
            double[] counts = Soft.HARD.multinomial(p, seed, 5).data();
            assertThat(counts[0] + counts[2]).isZero();
            assertThat(counts[1] + counts[3]).isEqualTo(5);
        }
    }

    @Test
    void certainties() {
        for (long seed = 0; seed < 300; seed++) {
            assertThat(Soft.HARD.bernoulli(Tensor.of(0, 1), seed).data()).containsExactly(0, 1);
            assertThat(Soft.HARD.rademacher(Tensor.of(0, 1), seed).data()).containsExactly(-1, 1);
            assertThat(Soft.HARD.binomial(Tensor.of(0, 1), seed, 7).data()).containsExactly(0, 7);
        }
    }

    /** To logits, p and x: against differences, with the noise held by the seed. */
    @Test
    void gradientsFlow() {
        Soft soft = Soft.smooth(0.5);
        assertGradient(v -> soft.categorical(v, SEED, 3, true, -1), LOGITS);
        assertGradient(v -> soft.categorical(v, SEED, 3, false, -1), LOGITS);
        assertGradient(v -> soft.choice(X, v, SEED, 3, true, -1), P);
        assertGradient(v -> soft.choice(v, P, SEED, 3, false, -1), X);
        assertGradient(v -> soft.multinomial(v, SEED, 3), P);
        assertGradient(v -> soft.permutation(v, SEED), X);
        assertGradient(v -> soft.bernoulli(v, SEED), P);
        assertGradient(v -> soft.rademacher(v, SEED), P);
        assertGradient(v -> soft.binomial(v, SEED, 6), P);
    }

    private static void assertGradient(UnaryOperator<Tensor> f, Tensor x) {
        Tensor t = Probe.direction(7, x);
        Tensor difference = Probe.difference(f, x, t, 1e-6);
        assertThat(Arrays.stream(difference.data()).map(Math::abs).max().orElseThrow())
                .isGreaterThan(1e-3);
        Probe.assertClose(Derivatives.jvp(f, x, t), difference, 1e-7, "jvp");
        Tensor g = Probe.direction(8, difference);
        assertThat(Probe.dot(Derivatives.vjp(f, x, g), t)).isCloseTo(Probe.dot(g, difference), offset(1e-7));
    }

    /** Sums that hold softly too. */
    @Test
    void countsAddUp() {
        for (Mode mode : Mode.values()) {
            Soft soft = Soft.smooth(0.3).with(mode);
            double[] counts = soft.multinomial(P, SEED, 9).data();
            assertThat(Arrays.stream(counts).sum()).as(mode.name()).isCloseTo(9, offset(1e-12));
            Tensor binomial = soft.binomial(P, SEED, 9);
            for (double each : binomial.data()) assertThat(each).isBetween(0.0, 9.0);
        }
    }
}
