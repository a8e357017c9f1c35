// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.supple.EmptyList;
import io.supple.Gain;
import io.supple.Soft;
import io.supple.spark.Sessions;
import io.supple.spark.letor.LetorSource;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the numbers of a report are those of the metrics' definitions, wherever rows are. */
class RankingEvaluationTest {

    static final StructType SCHEMA = new StructType()
            .add("qid", DataTypes.LongType)
            .add("label", DataTypes.IntegerType)
            .add("score", DataTypes.DoubleType)
            .add("other", DataTypes.FloatType)
            .add("f0", DataTypes.DoubleType)
            .add("f1", DataTypes.IntegerType);
    static final RankingColumns COLUMNS =
            new RankingColumns(List.of("qid"), "label", "score", List.of("other"), List.of("f0", "f1"));
    static final Judging JUDGING = Judging.USUAL.withCutoffs(List.of(1, 3, 10));

    private static SparkSession session;

    @BeforeAll
    static void start() {
        session = Sessions.shared();
    }

    /** Lists of 1 to 12 rows, some without relevant rows, with ties in the scores; f1 is best from its smallest on. */
    static List<Row> rows() {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (long list = 0; list < 40; list++) {
            int n = 1 + random.nextInt(12);
            for (int i = 0; i < n; i++) {
                int label = list % 8 == 0 ? 0 : Math.max(0, random.nextInt(7) - 2);
                double score = Math.rint(2 * (label + 2 * random.nextGaussian())) / 2;
                rows.add(RowFactory.create(
                        list, label, score, random.nextFloat(), random.nextDouble(), -label - random.nextInt(2)));
            }
        }
        return rows;
    }

    private static Dataset<Row> table(List<Row> rows) {
        return session.createDataFrame(rows, SCHEMA);
    }

    private static RankingReport report(List<Row> rows, Judging judging) {
        return RankingEvaluation.of(COLUMNS, judging).run(table(rows), phase -> {});
    }

    /** Scores of a column and labels of each list. */
    private static List<Tensor[]> lists(List<Row> rows, int column) {
        Map<Long, List<Row>> groups = new TreeMap<>();
        for (Row row : rows)
            groups.computeIfAbsent(row.getLong(0), g -> new ArrayList<>()).add(row);
        List<Tensor[]> lists = new ArrayList<>();
        for (List<Row> group : groups.values()) {
            lists.add(new Tensor[] {
                Tensor.of(group.stream()
                        .mapToDouble(r -> ((Number) r.get(column)).doubleValue())
                        .toArray()),
                Tensor.of(group.stream().mapToDouble(r -> r.getInt(1)).toArray())
            });
        }
        return lists;
    }

    private interface Judge {
        Tensor of(Tensor scores, Tensor labels);
    }

    private static double mean(List<Tensor[]> lists, Judge judge) {
        return lists.stream()
                .mapToDouble(list -> judge.of(list[0], list[1]).item())
                .average()
                .orElseThrow();
    }

    @Test
    void meansAreThoseOfTheOperators() {
        List<Row> rows = rows();
        RankingReport report = report(rows, JUDGING);
        assertThat(report.scorings())
                .containsExactly("score", "other", "best feature: f1, smallest first", "random order", "best order");
        int[] columns = {2, 3, 5};
        for (int c = 0; c < columns.length; c++) {
            List<Tensor[]> lists = lists(rows, columns[c]);
            if (c == 2) lists.replaceAll(list -> new Tensor[] {list[0].negate(), list[1]});
            for (int k : JUDGING.cutoffs()) {
                Map<Metric, Judge> expected = Map.of(
                        Metric.NDCG, (s, y) -> Soft.HARD.ndcg(s, y, k),
                        Metric.PRECISION, (s, y) -> Soft.HARD.precision(s, y, k),
                        Metric.RECALL, (s, y) -> Soft.HARD.recall(s, y, k),
                        Metric.MRR, (s, y) -> Soft.HARD.mrr(s, y, k),
                        Metric.ERR, (s, y) -> Soft.HARD.err(s, y, k),
                        Metric.MAP, (s, y) -> Soft.HARD.averagePrecision(s, y, k));
                int scoring = c;
                expected.forEach((metric, judge) -> assertThat(report.mean(scoring, metric, k))
                        .as(metric + " at " + k + " of " + scoring)
                        .isCloseTo(mean(lists, judge), within(1e-13)));
            }
        }
    }

    @Test
    void aRandomOrderIsTheMeanOverAllOrders() {
        int[] labels = {2, 0, 1, 0, 4};
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            rows.add(RowFactory.create(7L, labels[i], (double) i, 0f, 0.0, 0));
        }
        RankingReport report = report(rows, JUDGING);
        Map<Metric, Double> sums = new EnumMap<>(Metric.class);
        int[] orders = {0};
        permute(new double[labels.length], 0, scores -> {
            orders[0]++;
            Tensor x = Tensor.of(scores).reshape(1, 5);
            Tensor y = Tensor.of(2, 0, 1, 0, 4).reshape(1, 5);
            for (Metric metric : Metric.values()) {
                sums.merge(metric, metric.of(x, y, 3, JUDGING.withMaxLabel(4)).data()[0], Double::sum);
            }
        });
        assertThat(orders[0]).isEqualTo(120);
        sums.forEach((metric, sum) -> assertThat(report.mean(report.randomOrder(), metric, 3))
                .as(metric.title())
                .isCloseTo(sum / 120, within(1e-13)));
        assertThat(report.mean(report.bestOrder(), Metric.NDCG, 3)).isEqualTo(1);
    }

    private static void permute(double[] scores, int at, java.util.function.Consumer<double[]> use) {
        if (at == scores.length) {
            use.accept(scores);
            return;
        }
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] != 0) continue;
            scores[i] = at + 1;
            permute(scores, at + 1, use);
            scores[i] = 0;
        }
    }

    @Test
    void differencesArePaired() {
        List<Row> rows = rows();
        RankingReport report = report(rows, JUDGING);
        List<Tensor[]> mine = lists(rows, 2);
        List<Tensor[]> others = lists(rows, 3);
        double[] d = new double[mine.size()];
        double mean = 0;
        for (int i = 0; i < d.length; i++) {
            d[i] = Soft.HARD.ndcg(mine.get(i)[0], mine.get(i)[1], 3).item()
                    - Soft.HARD.ndcg(others.get(i)[0], others.get(i)[1], 3).item();
            mean += d[i] / d.length;
        }
        double squares = 0;
        for (double x : d) squares += (x - mean) * (x - mean);
        assertThat(report.difference(1, Metric.NDCG, 3)).isCloseTo(mean, within(1e-13));
        assertThat(report.differenceError(1, Metric.NDCG, 3))
                .isCloseTo(Math.sqrt(squares / (d.length - 1) / d.length), within(1e-12));
        assertThat(report.rivals()).containsExactly(1, 2, 3);
    }

    @Test
    void partitionsAndTheOrderOfRowsChangeNoBit() {
        List<Row> rows = rows();
        String once = new Page(report(rows, JUDGING), "lists", Optional.empty()).html();
        for (int partitions : new int[] {1, 3, 8}) {
            Dataset<Row> moved = table(rows).orderBy(functions.rand(partitions)).repartition(partitions);
            RankingReport report = RankingEvaluation.of(COLUMNS, JUDGING).run(moved, phase -> {});
            assertThat(new Page(report, "lists", Optional.empty()).html().equals(once))
                    .as(partitions + " partitions")
                    .isTrue();
        }
    }

    @Test
    void listsAreCounted() {
        List<Row> rows = new ArrayList<>(rows());
        rows.add(RowFactory.create(100L, 1, 1.0, 0f, 0.0, 0));
        rows.add(RowFactory.create(101L, 2, 1.0, 0f, 0.0, 0));
        rows.add(RowFactory.create(101L, 2, 2.0, 0f, 0.0, 0));
        RankingReport report = report(rows, JUDGING);
        List<Tensor[]> lists = lists(rows, 2);
        long empty = lists.stream().filter(list -> max(list[1]) == 0).count();
        assertThat(empty).isGreaterThanOrEqualTo(5);
        assertThat(report.lists()).isEqualTo(42);
        assertThat(report.rows()).isEqualTo(rows.size());
        assertThat(report.listsWithoutRelevant()).isEqualTo(empty);
        assertThat(report.singleRowLists())
                .isEqualTo(lists.stream().filter(list -> list[0].size() == 1).count());
        assertThat(report.judged()).isEqualTo(42);
        RankingReport skipping = report(rows, JUDGING.with(EmptyList.NAN));
        assertThat(skipping.judged()).isEqualTo(42 - empty);
        RankingReport zero = report(rows, JUDGING.with(EmptyList.ZERO));
        assertThat(zero.mean(0, Metric.MAP, 3) * 42)
                .isCloseTo(skipping.mean(0, Metric.MAP, 3) * (42 - empty), within(1e-12));
        assertThat(report.mean(0, Metric.MAP, 3) * 42 - empty)
                .isCloseTo(zero.mean(0, Metric.MAP, 3) * 42, within(1e-12));
        long counted = 0;
        for (int b = 0; b < report.bins().count(); b++) counted += report.lists(b);
        assertThat(counted).isEqualTo(42);
    }

    private static double max(Tensor x) {
        double most = 0;
        for (double v : x.data()) most = Math.max(most, v);
        return most;
    }

    @Test
    void theSoftMetricBecomesTheExactOneAndItsGradientIsThatOfTheOperator() {
        List<Row> rows = new ArrayList<>();
        int[] labels = {0, 3, 1, 0};
        for (int i = 0; i < labels.length; i++) {
            rows.add(RowFactory.create(1L, labels[i], 10.0 * i, 0f, 0.0, 0));
        }
        rows.add(RowFactory.create(2L, 1, 1.0, 0f, 0.0, 0)); // one row: nothing to order
        RankingReport report = report(rows, JUDGING.with(Gain.LINEAR));
        SoftTally soft = report.soft();
        assertThat(soft.hard().count()).isEqualTo(1);
        assertThat(soft.soft(0).mean()).isCloseTo(soft.hard().mean(), within(1e-9));
        Tensor x = Tensor.variable(0, 10, 20, 30);
        double[] g = Soft.smooth(0.1)
                .ndcg(x, Tensor.of(0, 3, 1, 0), null, Gain.LINEAR, EmptyList.ONE, -1, false)
                .backward()
                .of(x)
                .data();
        double deviation = Math.sqrt(125);
        for (int r = 0; r < 4; r++) {
            assertThat(soft.pull(r).mean()).isCloseTo(g[3 - r] * deviation, within(1e-12));
            assertThat(soft.size(r).mean()).isCloseTo(Math.abs(g[3 - r]) * deviation, within(1e-12));
        }
        assertThat(soft.size(4).count()).isZero();
    }

    @Test
    void featuresMayBeVectors() {
        List<Row> rows = new ArrayList<>();
        for (Row row : rows()) {
            rows.add(RowFactory.create(
                    row.getLong(0), row.getInt(1), row.getDouble(2), Vectors.dense(row.getDouble(4), row.getInt(5))));
        }
        StructType schema = new StructType()
                .add("q", DataTypes.LongType)
                .add("y", DataTypes.IntegerType)
                .add("s", DataTypes.DoubleType)
                .add("v", SQLDataTypes.VectorType());
        RankingColumns columns = new RankingColumns(List.of("q"), "y", "s", List.of(), List.of("v"));
        RankingReport report =
                RankingEvaluation.of(columns, JUDGING).run(session.createDataFrame(rows, schema), phase -> {});
        assertThat(report.scorings()).contains("best feature: v[1], smallest first");
        RankingReport same = report(rows(), JUDGING);
        assertThat(report.mean(1, Metric.NDCG, 10)).isEqualTo(same.mean(2, Metric.NDCG, 10));
        Metadata numbered =
                new MetadataBuilder().putLong(LetorSource.FIRST_NUMBER, 1).build();
        AttributeGroup named = new AttributeGroup("v", new Attribute[] {
            NumericAttribute.defaultAttr().withName("price"),
            NumericAttribute.defaultAttr().withName("age")
        });
        assertThat(bestOf(columns, session.createDataFrame(rows, schema).withMetadata("v", numbered)))
                .isEqualTo("best feature: feature 2, smallest first");
        assertThat(bestOf(columns, session.createDataFrame(rows, schema).withMetadata("v", named.toMetadata())))
                .isEqualTo("best feature: age, smallest first");

        rows.add(RowFactory.create(0L, 0, 0.0, Vectors.dense(1)));
        assertThatThrownBy(() ->
                        RankingEvaluation.of(columns, JUDGING).run(session.createDataFrame(rows, schema), phase -> {}))
                .hasStackTraceContaining("feature vectors must be of one size");
    }

    private static String bestOf(RankingColumns columns, Dataset<Row> rows) {
        return RankingEvaluation.of(columns, JUDGING)
                .run(rows, phase -> {})
                .scorings()
                .get(1);
    }

    @Test
    void featuresWithMissingValuesAreNotConsidered() {
        List<Row> rows = new ArrayList<>(rows());
        rows.add(RowFactory.create(0L, 0, 0.0, 0f, 0.0, null));
        RankingReport report = report(rows, JUDGING);
        assertThat(report.scorings().get(2)).startsWith("best feature: f0");
        assertThat(new Page(report, "lists", Optional.empty()).html())
                .contains("Features with missing values were not considered: 1.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | -1   | 1.0  | 0.5 | label column 'label' must have numbers >= 0 and finite, got -1.0 in group qid = 3",
                "3 |      | 1.0  | 0.5 | label column 'label' must have numbers >= 0 and finite, got NULL in group qid = 3",
                "3 | 1    | NaN  | 0.5 | prediction column 'score' must have finite numbers, got NaN in group qid = 3",
                "3 | 1    |      | 0.5 | prediction column 'score' must have finite numbers, got NULL in group qid = 3",
                "3 | 1    | 1.0  |     | baseline column 'other' must have finite numbers, got NULL in group qid = 3",
                "  | 1    | 1.0  | 0.5 | group column 'qid' must have no NULL",
            })
    void badValuesAreRefusedByTheirGroup(Long group, Integer label, Double score, Float other, String message) {
        List<Row> rows = new ArrayList<>(rows());
        rows.add(RowFactory.create(group, label, score, other, 0.0, 0));
        assertThatThrownBy(() -> report(rows, JUDGING)).hasStackTraceContaining(message);
    }

    @Test
    void labelsBeyondTheHighest() {
        List<Row> rows = new ArrayList<>(rows());
        rows.add(RowFactory.create(1L, 6, 0.0, 0f, 0.0, 0));
        assertThat(report(rows, JUDGING).judging().maxLabel()).isEqualTo(6);
        assertThat(report(rows(), JUDGING).judging().maxLabel()).isEqualTo(4);
        assertThatThrownBy(() -> report(rows, JUDGING.withMaxLabel(5)))
                .hasStackTraceContaining("at most max_label, 5, got 6.0");
    }
}
