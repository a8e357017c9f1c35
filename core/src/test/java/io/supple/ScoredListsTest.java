// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.supple.device.JavaDevice;
import io.supple.device.RowFunction;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses of many lists at once are those of each list. */
class ScoredListsTest {

    /** Lists of 2 and more; the fourth has equal labels, the last but one equal scores, the last ties. */
    private static final int[] OFFSETS = {0, 2, 5, 45, 55, 86, 91, 111};

    private static final double TOLERANCE = 1e-12;

    private final double[] scores = new double[111];
    private final double[] labels = new double[111];

    ScoredListsTest() {
        Random random = new Random(5);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = 1.3 * random.nextGaussian();
            labels[i] = i == 0 || i == 3 ? 2 : i >= 45 && i < 55 ? 0 : random.nextInt(4);
            if (i >= 86) scores[i] = i < 91 ? 0.7 : Math.rint(scores[i]);
        }
    }

    private static List<RankingLoss> variants(Loss which) {
        List<RankingLoss> all = new ArrayList<>();
        for (Method method : Method.values()) {
            for (Mode mode : Mode.values()) {
                if (mode == Mode.HARD || !method.existsIn(mode)) continue;
                if (which == Loss.NEURAL_NDCG && !method.hasMatrix()) continue;
                RankingLoss loss = RankingLoss.of(which).withMethod(method).withMode(mode);
                all.add(loss);
                all.add(loss.withSoftness(0.1));
                all.add(loss.withStandardize(true).withSoftness(0.3));
                all.add(loss.withTruncationLevel(3).withGain(Gain.LINEAR));
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void sameLossesAndGradients(Loss which) {
        for (RankingLoss loss : variants(which)) {
            boolean ranks = which == Loss.APPROX_NDCG || which == Loss.SOFT_SPEARMAN;
            boolean known = switch (loss.method()) {
                case PAIRWISE, SOFTSORT, FAST_SOFT_SORT, SORTING_NETWORK -> true;
                case NEURALSORT, OT, SMOOTH_SORT -> false;
            };
            assertThat(ScoredLists.takes(loss)).as(loss.toString()).isEqualTo(ranks && known);
            if (!(ranks && known)) {
                assertThatThrownBy(() -> new ScoredLists(loss)).hasMessageContaining("one of ranks that devices know");
                continue;
            }
            ScoredLists batch = new ScoredLists(loss);
            compare(loss, batch);
            batch.clear();
            compare(loss, batch); // again in the same room
        }
    }

    private void compare(RankingLoss loss, ScoredLists batch) {
        JudgedLists lists = JudgedLists.of(loss, labels, OFFSETS);
        List<Integer> added = new ArrayList<>();
        for (int l = 0; l + 1 < OFFSETS.length; l++) {
            if (!lists.counts(l)) continue;
            batch.add(lists, l, scores);
            added.add(l);
        }
        assertThat(added).hasSize(6).doesNotContain(3);
        assertThat(batch.count()).isEqualTo(6);
        assertThat(batch.size()).isEqualTo(101);
        batch.compute(JavaDevice.INSTANCE.session());
        for (int i = 0; i < added.size(); i++) {
            int l = added.get(i);
            double[] expected = new double[scores.length];
            double[] got = new double[scores.length];
            double value = loss.add(lists, l, scores, scores, 1, expected);
            batch.addGradient(i, got, OFFSETS[l]);
            String what = loss + ", standardised " + loss.standardize() + ", list " + l;
            assertThat(batch.loss(i)).as(what).isEqualTo(value, within(TOLERANCE));
            assertThat(got).as(what).containsExactly(expected, within(TOLERANCE));
        }
    }

    /** One call each way for all lists, and gradients are added to what is there. */
    @Test
    void oneCallForAllLists() {
        RankingLoss loss = RankingLoss.of(Loss.APPROX_NDCG);
        JudgedLists lists = JudgedLists.of(loss, labels, OFFSETS);
        ScoredLists batch = new ScoredLists(loss);
        batch.compute(new Refusing()); // of nothing
        batch.add(lists, 0, scores);
        batch.add(lists, 2, scores);
        List<String> calls = new ArrayList<>();
        batch.compute(new Refusing() {
            @Override
            public void forward(RowFunction function, Rows rows, double[] results) {
                calls.add("forward " + rows.count() + " " + rows.size());
                JavaDevice.INSTANCE.session().forward(function, rows, results);
            }

            @Override
            public void backward(RowFunction function, Rows rows, double[] cotangents, double[][] gradients) {
                calls.add("backward " + rows.count() + " " + rows.size());
                JavaDevice.INSTANCE.session().backward(function, rows, cotangents, gradients);
            }
        });
        assertThat(calls).containsExactly("forward 2 42", "backward 2 42");
        double[] once = new double[2];
        double[] twice = new double[2];
        batch.addGradient(0, once, 0);
        batch.addGradient(0, twice, 0);
        batch.addGradient(0, twice, 0);
        assertThat(twice).containsExactly(2 * once[0], 2 * once[1]);
        assertThat(once[0]).isNotZero();
    }

    private static class Refusing implements RowSession {
        @Override
        public void forward(RowFunction function, Rows rows, double[] results) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void backward(RowFunction function, Rows rows, double[] cotangents, double[][] gradients) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void close() {}
    }

    @Test
    void whatALossRefusesIsRefused() {
        RankingLoss loss = RankingLoss.of(Loss.APPROX_NDCG);
        JudgedLists lists = JudgedLists.of(loss, labels, OFFSETS);
        double[] bad = scores.clone();
        bad[20] = Double.NaN;
        assertThatThrownBy(() -> new ScoredLists(loss).add(lists, 2, bad))
                .hasMessage("approxNDCG: scores must be finite, got NaN");
        ScoredLists other = new ScoredLists(loss.withTruncationLevel(3));
        assertThatThrownBy(() -> other.add(lists, 2, scores))
                .hasMessageContaining("lists must be made for a loss that reads labels as this one");
    }
}
