// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What labels say once is what they say each time. */
class JudgedListsTest {

    private static final int[] OFFSETS = {0, 1, 41, 41, 44, 60, 160};

    private final double[] scores = new double[160];
    private final double[] labels = new double[160];

    JudgedListsTest() {
        Random random = new Random(5);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextGaussian();
            labels[i] = i >= 44 && i < 60 ? 0 : random.nextInt(4); // one list without a relevant row
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void sameBits(Loss which) {
        RankingLoss loss = RankingLoss.of(which).withTruncationLevel(10);
        JudgedLists lists = JudgedLists.of(loss, labels, OFFSETS);
        for (RankingLoss each : new RankingLoss[] {loss, loss.withSoftness(0.3), loss.withStandardize(true)}) {
            assertThat(lists.fit(each)).isTrue();
            for (int l = 0; l + 1 < OFFSETS.length; l++) {
                int from = OFFSETS[l];
                int to = OFFSETS[l + 1];
                double[] expected = new double[scores.length];
                double[] got = new double[scores.length];
                double value = each.add(scores, labels, from, to, 2, expected);
                assertThat(each.add(lists, l, scores, scores, 2, got)).isEqualTo(value);
                assertThat(got).containsExactly(expected);
                assertThat(lists.counts(l)).isEqualTo(each.counts(labels, from, to));
            }
        }
    }

    @Test
    void anotherReadingOfLabelsIsRefused() {
        RankingLoss loss = RankingLoss.of(Loss.GAIN_PAIRWISE);
        JudgedLists lists = JudgedLists.of(loss, labels, OFFSETS);
        for (RankingLoss other : new RankingLoss[] {
            loss.withGain(Gain.LINEAR),
            loss.withLabelGain(0, 1, 2, 3),
            loss.withTruncationLevel(3),
            RankingLoss.of(Loss.RANK_NET)
        }) {
            assertThat(lists.fit(other)).isFalse();
            assertThatThrownBy(() -> other.add(lists, 1, scores, scores, 1, new double[160]))
                    .hasMessageContaining("lists must be made for a loss that reads labels as this one");
        }
    }

    @Test
    void badScoresAndLabelsAreRefused() {
        RankingLoss loss = RankingLoss.of(Loss.APPROX_NDCG);
        JudgedLists lists = JudgedLists.of(loss, labels, OFFSETS);
        double[] bad = scores.clone();
        bad[20] = Double.NaN;
        assertThatThrownBy(() -> loss.add(lists, 1, bad, bad, 1, new double[160]))
                .hasMessage("approxNDCG: scores must be finite, got NaN");
        double[] negative = labels.clone();
        negative[150] = -1;
        assertThatThrownBy(() -> JudgedLists.of(loss, negative, OFFSETS))
                .hasMessage("approxNDCG: labels must be >= 0 and finite, got -1.0");
    }
}
