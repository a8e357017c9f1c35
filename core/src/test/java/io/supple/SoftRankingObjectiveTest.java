// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gradients and second derivatives for boosters. */
class SoftRankingObjectiveTest {

    private static final double[] SCORES = {0.8, -0.1, 1.3, -0.8, 0.3, 0.5, -1.8, 0.1, 0.4, 0.2};
    private static final double[] LABELS = {1, 2, 0, 0, 0, 0, 1, 3, 0, 0.5};
    private static final int[] OFFSETS = {0, 4, 6, 6, 10}; // the second list has nothing to rank, the third no rows
    private static final double[] WEIGHTS = {1, 7, 1, 2.5};

    private static SoftRankingObjective.Round round(RankingLoss loss, double[] scores) {
        return SoftRankingObjective.of(loss).gradient(scores, LABELS, OFFSETS, WEIGHTS);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void gradientsAreThoseOfTheListsAndStepsPositive(Loss which) {
        RankingLoss loss = RankingLoss.of(which);
        SoftRankingObjective.Round round = round(loss, SCORES);
        double[] g = new double[SCORES.length];
        double first = loss.add(SCORES, LABELS, 0, 4, 1, g);
        double last = loss.add(SCORES, LABELS, 6, 10, 2.5, g);
        assertThat(round.gradient()).containsExactly(g);
        assertThat(round.loss()).isCloseTo((first + 2.5 * last) / 3.5, offset(1e-15));
        for (double h : round.hessian()) assertThat(h).isPositive();
        if (which == Loss.GAIN_PAIRWISE) return;
        double square = Arrays.stream(g).map(each -> each * each).sum() / 8; // rows of lists that count
        assertThat(round.hessian()).containsOnly(round.hessian()[0]);
        assertThat(round.hessian()[0]).isCloseTo(Math.sqrt(square), offset(1e-15));
    }

    /** The diagonal of gainPairwise is that of its Hessian, and a tenth of its mean more. */
    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SMOOTH", "C2"})
    void exactDiagonal(Mode mode) {
        RankingLoss loss = RankingLoss.of(Loss.GAIN_PAIRWISE).withSoftness(0.6).withMode(mode);
        double step = 1e-5;
        double[] h = new double[SCORES.length];
        for (int i = 0; i < h.length; i++) {
            double[] up = SCORES.clone();
            double[] down = SCORES.clone();
            up[i] += step;
            down[i] -= step;
            h[i] = (round(loss, up).gradient()[i] - round(loss, down).gradient()[i]) / (2 * step);
        }
        double ridge = 0.1 * Arrays.stream(h).sum() / 8;
        double[] exact = round(loss, SCORES).hessian();
        for (int i = 0; i < h.length; i++) assertThat(exact[i]).isCloseTo(h[i] + ridge, offset(1e-8));
    }

    /** A weight of 2 is the list twice. */
    @Test
    void weights() {
        double[] twice = Arrays.copyOf(SCORES, 8);
        double[] labels = Arrays.copyOf(LABELS, 8);
        System.arraycopy(SCORES, 0, twice, 4, 4);
        System.arraycopy(LABELS, 0, labels, 4, 4);
        SoftRankingObjective objective = SoftRankingObjective.of(RankingLoss.of(Loss.APPROX_NDCG));
        SoftRankingObjective.Round two = objective.gradient(twice, labels, new int[] {0, 4, 8}, null);
        SoftRankingObjective.Round one = objective.gradient(
                Arrays.copyOf(SCORES, 4), Arrays.copyOf(LABELS, 4), new int[] {0, 4}, new double[] {2});
        assertThat(two.loss()).isEqualTo(one.loss());
        for (int i = 0; i < 4; i++) assertThat(2 * two.gradient()[i]).isEqualTo(one.gradient()[i]);
    }

    @Test
    void nothingToRank() {
        SoftRankingObjective objective = SoftRankingObjective.of(RankingLoss.of(Loss.GAIN_PAIRWISE));
        SoftRankingObjective.Round none = objective.gradient(new double[3], new double[3], new int[] {0, 3}, null);
        assertThat(none.loss()).isZero();
        assertThat(none.gradient()).containsOnly(0);
        assertThat(none.hessian()).containsOnly(1);
    }

    @Test
    void refusals() {
        SoftRankingObjective objective = SoftRankingObjective.of(RankingLoss.of(Loss.RANK_NET));
        assertThatThrownBy(() -> objective.gradient(SCORES, LABELS, new int[] {0, 4}, null))
                .hasMessage(
                        "SoftRankingObjective: offsets must begin with 0, not fall and end with the number of rows, 10");
        assertThatThrownBy(() -> objective.gradient(SCORES, new double[2], OFFSETS, null))
                .hasMessage("SoftRankingObjective: labels must be as many as scores, 10, got 2");
        assertThatThrownBy(() -> objective.gradient(SCORES, LABELS, OFFSETS, new double[] {1}))
                .hasMessage("SoftRankingObjective: weights must be as many as lists, 4, got 1");
        assertThatThrownBy(() -> objective.gradient(SCORES, LABELS, OFFSETS, new double[] {1, -1, 1, 1}))
                .hasMessage("SoftRankingObjective: weights must be >= 0 and finite, got -1.0");
    }
}
