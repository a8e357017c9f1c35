// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frequencies of exact draws against their probabilities: Pearson's chi-square with fixed seeds, held below the value that
 * one right sampler in ten thousand exceeds.
 */
class SamplingFrequencyTest {

    private static final int MANY = 30_000;

    private static final double[] WEIGHTS = {1, 4, 2, 3}; // need not sum to 1
    private static final double[] P = {0.1, 0.4, 0.2, 0.3};

    /** The quantile at 0.9999 of chi-square, by degrees of freedom. */
    private static double critical(int degrees) {
        return switch (degrees) {
            case 1 -> 15.137;
            case 3 -> 21.108;
            case 5 -> 25.745;
            case 11 -> 37.367;
            case 15 -> 44.263;
            default -> throw new IllegalArgumentException("no table for " + degrees);
        };
    }

    private static void assertFrequencies(long[] counts, double[] probabilities, String what) {
        double total = Arrays.stream(counts).sum();
        double chi = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * probabilities[i];
            chi += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        assertThat(chi).as("%s: %s", what, Arrays.toString(counts)).isLessThan(critical(counts.length - 1));
    }

    /** A test of frequencies that a wrong sampler would pass is none. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, -0.02})
    void aSamplerThatIsOffByTwoPercentIsFound(double off) {
        long[] counts = new long[4];
        for (int i = 0; i < 4; i++) counts[i] = Math.round(MANY * P[i]);
        counts[0] += Math.round(MANY * off);
        counts[1] -= Math.round(MANY * off);
        double chi = 0;
        for (int i = 0; i < 4; i++) chi += Math.pow(counts[i] - MANY * P[i], 2) / (MANY * P[i]);
        assertThat(chi).isGreaterThan(critical(3));
    }

    private static Tensor batch(double[] list) {
        double[] all = new double[MANY * list.length];
        for (int i = 0; i < all.length; i++) all[i] = list[i % list.length];
        return Tensor.of(new int[] {MANY, list.length}, all);
    }

    private static double[] logits(double shift) {
        return Arrays.stream(WEIGHTS).map(w -> Math.log(w) + shift).toArray();
    }

    private static int place(double[] oneHot, int from, int n) {
        int at = 0;
        while (oneHot[from + at] != 1) at++;
        assertThat(at).isLessThan(n);
        return at;
    }

    /** By lists of a batch and by draws of a list, whose noise comes from different counters. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2013, -7, 1L << 50})
    void categorical(long seed) {
        double[] byList = Soft.HARD.categorical(batch(logits(12)), seed).data();
        double[] byDraw = Soft.HARD
                .categorical(Tensor.of(logits(0)), seed, MANY, true, -1)
                .data();
        for (double[] drawn : new double[][] {byList, byDraw}) {
            long[] counts = new long[4];
            long[] pairs = new long[16];
            double[] joint = new double[16];
            int before = 0;
            for (int i = 0; i < MANY; i++) {
                int at = place(drawn, 4 * i, 4);
                counts[at]++;
                if (i % 2 == 1) pairs[4 * before + at]++;
                before = at;
            }
            for (int i = 0; i < 16; i++) joint[i] = P[i / 4] * P[i % 4];
            assertFrequencies(counts, P, "categorical");
            assertFrequencies(pairs, joint, "neighbours are independent");
        }
    }

    /** The first two without replacement: {@code p_i p_j / (1 - p_i)}. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2013})
    void withoutReplacement(long seed) {
        double[] drawn =
                Soft.HARD.categorical(batch(logits(0)), seed, 2, false, -1).data();
        long[] counts = new long[12];
        double[] probabilities = new double[12];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) if (i != j) probabilities[pair(i, j)] = P[i] * P[j] / (1 - P[i]);
        }
        for (int i = 0; i < MANY; i++) counts[pair(place(drawn, 8 * i, 4), place(drawn, 8 * i + 4, 4))]++;
        assertFrequencies(counts, probabilities, "without replacement");
    }

    private static int pair(int i, int j) {
        return 3 * i + (j > i ? j - 1 : j);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2013})
    void choice(long seed) {
        double[] drawn = Soft.HARD
                .choice(batch(new double[] {0, 1, 2, 3}), batch(WEIGHTS), seed)
                .data();
        long[] counts = new long[4];
        for (double each : drawn) counts[(int) each]++;
        assertFrequencies(counts, P, "choice");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2013})
    void multinomial(long seed) {
        double[] drawn = Soft.HARD.multinomial(Tensor.of(WEIGHTS), seed, MANY).data();
        long[] counts = new long[4];
        for (int i = 0; i < 4; i++) counts[i] = (long) drawn[i];
        assertThat(Arrays.stream(counts).sum()).isEqualTo(MANY);
        assertFrequencies(counts, P, "multinomial");
        double[] lists = Soft.HARD.multinomial(batch(WEIGHTS), seed, 1).data();
        long[] byList = new long[4];
        for (int i = 0; i < lists.length; i++) byList[i % 4] += (long) lists[i];
        assertFrequencies(byList, P, "multinomial, by list");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.3, 0.5, 0.97})
    void bernoulliAndRademacher(double p) {
        Tensor all = batch(new double[] {p});
        long[] counts = new long[2];
        for (double each : Soft.HARD.bernoulli(all, 11).data()) counts[(int) each]++;
        assertFrequencies(counts, new double[] {1 - p, p}, "bernoulli");
        long[] signs = new long[2];
        for (double each : Soft.HARD.rademacher(all, 12).data()) signs[each > 0 ? 1 : 0]++;
        assertFrequencies(signs, new double[] {1 - p, p}, "rademacher");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.8})
    void binomial(double p) {
        long[] counts = new long[6];
        for (double each : Soft.HARD.binomial(batch(new double[] {p}), 13, 5).data()) counts[(int) each]++;
        double[] probabilities = new double[6];
        double choose = 1;
        for (int k = 0; k <= 5; k++) {
            probabilities[k] = choose * Math.pow(p, k) * Math.pow(1 - p, 5 - k);
            choose = choose * (5 - k) / (k + 1);
        }
        assertFrequencies(counts, probabilities, "binomial");
    }

    /** Every order of three is as probable as any other. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2013})
    void permutation(long seed) {
        double[] drawn =
                Soft.HARD.permutation(batch(new double[] {0, 1, 2}), seed).data();
        long[] counts = new long[6];
        for (int i = 0; i < MANY; i++) {
            int first = (int) drawn[3 * i];
            counts[2 * first + (drawn[3 * i + 1] > drawn[3 * i + 2] ? 1 : 0)]++;
        }
        double[] even = new double[6];
        Arrays.fill(even, 1 / 6.0);
        assertFrequencies(counts, even, "permutation");
    }
}
