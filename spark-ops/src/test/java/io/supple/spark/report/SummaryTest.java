// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.EmptyList;
import io.supple.spark.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The sentences on top say what the numbers below say, whoever is ahead. */
class SummaryTest {

    private static final StructType SCHEMA = new StructType()
            .add("qid", DataTypes.IntegerType)
            .add("label", DataTypes.IntegerType)
            .add("score", DataTypes.DoubleType)
            .add("other", DataTypes.DoubleType);
    private final Random random = new Random(3);
    private final List<Row> rows = new ArrayList<>();

    /** Lists of six rows, whose labels are 0 but for two, or all 0. */
    private void lists(
            int from, int to, boolean relevant, ToDoubleFunction<Integer> score, ToDoubleFunction<Integer> other) {
        for (int list = from; list < to; list++) {
            for (int i = 0; i < 6; i++) {
                int label = relevant ? Math.max(0, i - 3) : 0;
                rows.add(RowFactory.create(list, label, score.applyAsDouble(label), other.applyAsDouble(label)));
            }
        }
    }

    private double noise(int label) {
        return random.nextGaussian() + 0 * label;
    }

    private RankingReport report(Judging judging, String... baselines) {
        RankingColumns columns = new RankingColumns(List.of("qid"), "label", "score", List.of(baselines), List.of());
        return RankingEvaluation.of(columns, judging).run(Sessions.shared().createDataFrame(rows, SCHEMA), phase -> {});
    }

    private static String error(double mean, double error) {
        return NumberTable.brief(mean) + " \u00B1 " + NumberTable.brief(error);
    }

    @Test
    void thePredictionIsAhead() {
        lists(0, 60, true, label -> label + 0.3 * noise(label), this::noise);
        RankingReport report = report(Judging.USUAL, "other");
        List<String> sentences = new Summary(report).sentences();
        assertThat(sentences.get(0))
                .isEqualTo("Over 60 lists of 360 rows, score has a mean NDCG at 10 of "
                        + error(report.mean(0, Metric.NDCG, 10), report.standardError(0, Metric.NDCG, 10))
                        + " (one standard error).");
        assertThat(sentences.get(1))
                .isEqualTo("It is the better of 2 scores: "
                        + error(report.difference(1, Metric.NDCG, 10), report.differenceError(1, Metric.NDCG, 10))
                        + " more than other, and "
                        + error(report.difference(2, Metric.NDCG, 10), report.differenceError(2, Metric.NDCG, 10))
                        + " more than a random order.");
        assertThat(sentences.get(2)).startsWith("Look next at ").contains("where its lead over other is least certain");
        assertThat(sentences).hasSize(3);
        assertThat(new Summary(report(Judging.USUAL)).sentences().get(1)).startsWith("It is the only score: 0.");
    }

    @Test
    void anotherIsAhead() {
        lists(0, 60, true, label -> label + 2 * noise(label), label -> label);
        RankingReport report = report(Judging.USUAL, "other");
        assertThat(new Summary(report).sentences().get(1))
                .startsWith("The better of 2 scores is other: score has "
                        + error(-report.difference(1, Metric.NDCG, 10), report.differenceError(1, Metric.NDCG, 10))
                        + " less, and 0.");
        assertThat(new Summary(report).sentences().get(2))
                .startsWith("Look next at the paired differences: against other it does best in ")
                .contains("\u2212");
    }

    @Test
    void nobodyIsAhead() {
        lists(0, 40, true, label -> label + noise(label), label -> label + noise(label));
        RankingReport report = report(Judging.USUAL, "other");
        assertThat(Math.abs(report.difference(1, Metric.NDCG, 10)))
                .isLessThan(2 * report.differenceError(1, Metric.NDCG, 10));
        assertThat(new Summary(report).sentences().get(1))
                .startsWith("It cannot be told from other, ")
                .contains(" \u00B1 ");
    }

    @Test
    void theOrderIsUpsideDown() {
        lists(0, 20, true, label -> -label, label -> label);
        assertThat(new Summary(report(Judging.USUAL, "other")).sentences().get(2))
                .startsWith("Look next at the sign of score: a random order is better");
    }

    @Test
    void oneListHasNoError() {
        lists(0, 1, true, label -> label, label -> -label);
        List<String> sentences = new Summary(report(Judging.USUAL, "other")).sentences();
        assertThat(sentences.get(0))
                .isEqualTo("Over 1 list of 6 rows, score has a mean NDCG at 10 of 1.000"
                        + " (one list, so there is no standard error).");
        assertThat(sentences.get(1))
                .matches("It cannot be told from other, \\+0\\.\\d{3}, and has about as much as a random order"
                        + " \\(\\+0\\.\\d{3}\\)\\.");
        assertThat(sentences.get(2))
                .isEqualTo("Look next at more lists, or at what score was learnt from: no order is clear yet.");
        String page = new Page(report(Judging.USUAL, "other"), "one", Optional.empty()).html();
        assertThat(page.replaceAll("base64,[A-Za-z0-9+/=]+", ""))
                .contains("may be chance")
                .doesNotContain("NaN");
    }

    @Test
    void listsWithNothingToFindAreSaid() {
        lists(0, 18, true, label -> label, label -> -label);
        lists(18, 20, false, this::noise, this::noise);
        rows.add(RowFactory.create(20, 1, 0.0, 0.0));
        rows.add(RowFactory.create(21, 1, 0.0, 0.0));
        assertThat(new Summary(report(Judging.USUAL)).sentences())
                .endsWith(
                        "2 of the lists (9 %) have no row with a label above 0 and count as 1, whatever their order:"
                                + " --empty-list skip leaves them out.",
                        "2 of the lists (9 %) have a single row, and so no order.");
        rows.clear();
        lists(0, 2, false, this::noise, this::noise);
        assertThat(new Summary(report(Judging.USUAL.with(EmptyList.NAN))).sentences())
                .containsExactly(
                        "No mean could be taken of 2 lists of 12 rows, since none has a row with a label above 0.");
    }
}
