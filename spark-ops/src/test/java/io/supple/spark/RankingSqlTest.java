// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.EmptyList;
import io.supple.Gain;
import io.supple.Loss;
import io.supple.Method;
import io.supple.Ranking;
import io.supple.RankingLoss;
import io.supple.Soft;
import io.supple.spark.ml.SoftTransformer;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.evaluation.RankingMetrics;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

/** Ranking metrics in SQL: a cut-off for each row, labels without gradients, refusals by row, columns, groups of rows. */
class RankingSqlTest {

    private static final SparkSession SESSION = Sessions.shared();
    private static final Soft SOFT = Soft.smooth(0.1);
    private static final double[] SCORES = {0.3, 1.1, -0.4, 0.7};
    private static final double[] LABELS = {2, 0, 1, 0};

    /** Rows 0, 1, 2 with the cut-offs NULL, 2 and 9. */
    private static Dataset<Row> rows() {
        return SESSION.sql("SELECT id, array(0.3D, 1.1D, -0.4D, 0.7D) AS scores, array(2, 0, 1, 0) AS labels,"
                + " CASE id WHEN 1 THEN 2 WHEN 2 THEN 9 END AS k FROM range(3)");
    }

    private static Tensor ndcg(Tensor scores, Integer k) {
        return SOFT.ndcg(scores, Tensor.of(LABELS), k, Gain.EXPONENTIAL, EmptyList.ONE, -1, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
    void aCutOffForEachRow(String factory) {
        SESSION.conf().set("spark.sql.codegen.factoryMode", factory);
        SESSION.conf().set("spark.sql.codegen.wholeStage", String.valueOf(factory.startsWith("CODEGEN")));
        try {
            List<Row> found = rows().selectExpr("soft_ndcg(scores, labels, k)", "soft_ndcg_vjp(scores, labels, 2D, k)")
                    .collectAsList();
            Integer[] k = {null, 2, 9};
            for (int i = 0; i < k.length; i++) {
                Tensor x = Tensor.variable(SCORES);
                Tensor expected = ndcg(x, k[i]);
                Row struct = found.get(i).getStruct(1);
                assertThat(found.get(i).getDouble(0)).isEqualTo(expected.item());
                assertThat(struct.schema().fieldNames()).containsExactly("value", "grad_scores");
                assertThat(struct.getDouble(0)).isEqualTo(expected.item());
                assertThat(SqlCases.numbers(struct.get(1)))
                        .isEqualTo(expected.backward(2).of(x).data());
            }
            assertThat(found.get(0).getDouble(0)).isEqualTo(found.get(2).getDouble(0));
        } finally {
            SESSION.conf().unset("spark.sql.codegen.factoryMode");
            SESSION.conf().unset("spark.sql.codegen.wholeStage");
        }
    }

    /** What {@code RankingLoss} can be told, named in SQL: columns of a matrix normalised or not, places weighted or not. */
    @Test
    void lossesTakeTheArgumentsOfTheirArrays() {
        Row found = rows().selectExpr(
                        "soft_neural_ndcg_loss(scores, labels, method => 'softsort', sinkhorn_iters => 0)",
                        "soft_neural_ndcg_loss(scores, labels, method => 'softsort')",
                        "soft_neural_ndcg_loss(scores, labels, method => 'softsort', sinkhorn_iters => 5)",
                        "soft_list_mle_loss(scores, labels, discounted => false)",
                        "soft_list_mle_loss_vjp(scores, labels, discounted => false).grad_scores",
                        "soft_list_mle_loss(scores, labels)")
                .first();
        RankingLoss neural = RankingLoss.of(Loss.NEURAL_NDCG).withMethod(Method.SOFTSORT);
        RankingLoss plain = RankingLoss.of(Loss.LIST_MLE).withDiscounted(false);
        double[] gradient = new double[4];
        assertThat(found.getDouble(0)).isEqualTo(neural.withSinkhorn(0).add(SCORES, LABELS, 0, 4, 1, new double[4]));
        assertThat(found.getDouble(1)).isEqualTo(found.getDouble(2)).isNotEqualTo(found.getDouble(0));
        assertThat(found.getDouble(3)).isEqualTo(plain.add(SCORES, LABELS, 0, 4, 1, gradient));
        assertThat(SqlCases.numbers(found.get(4))).containsExactly(gradient, offset(1e-15));
        assertThat(found.getDouble(5)).isLessThan(found.getDouble(3));
        assertThatThrownBy(() ->
                        SESSION.sql("SELECT soft_neural_ndcg_loss(array(1D, 2D), array(0, 1), sinkhorn_iters => -1)"))
                .hasMessageContaining("soft_neural_ndcg_loss: sinkhorn_iters must be a whole number >= 0, got -1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "soft_ndcg(scores, transform(labels, y -> y - 1)) | soft_ndcg: labels must be an array of numbers >= 0 and"
                        + " finite, got -1.0",
                "soft_mrr(scores, transform(labels, y -> y * double('nan'))) | soft_mrr: labels must be an array of numbers"
                        + " >= 0 and finite, got NaN",
                "soft_ndcg(scores, slice(labels, 1, 3)) | soft_ndcg: labels must be an array of the length of scores, 4,"
                        + " got an array of 3",
                "soft_ndcg(scores, labels, least(id, 0) - 1) | soft_ndcg: k must be a whole number >= 1, got -1",
                "soft_err(scores, transform(labels, y -> y * 4)) | soft_err: labels must be at most max_label, 4, got 8.0",
                "soft_dcg_vjp(scores, transform(labels, y -> y * 700)) | soft_dcg_vjp: labels must be at most 900 where gain"
                        + " is 'exponential', got 1400.0",
            })
    void refusalsByRow(String call, String message) {
        assertThatThrownBy(() -> rows().selectExpr(call.strip()).collectAsList())
                .hasStackTraceContaining(message.strip());
    }

    /** In mode hard they are the metrics of {@code org.apache.spark.mllib.evaluation.RankingMetrics}, scores distinct. */
    @Test
    void sparksOwnMetrics() {
        Dataset<Row> lists =
                SESSION.sql("SELECT id, transform(sequence(1, 5 + id % 9), i -> xxhash64(id, i) / 9.3e18) AS"
                        + " scores, transform(sequence(1, 5 + id % 9), i -> IF(i = 1, 1, pmod(xxhash64(i, id), 3) div 2)) AS labels"
                        + " FROM range(40)");
        JavaRDD<Tuple2<List<Integer>, List<Integer>>> rankings = lists.toJavaRDD()
                .map(row -> {
                    List<Double> scores = row.getList(1);
                    List<Long> labels = row.getList(2);
                    List<Integer> order = new ArrayList<>();
                    List<Integer> relevant = new ArrayList<>();
                    for (int i = 0; i < scores.size(); i++) {
                        order.add(i);
                        if (labels.get(i) > 0) relevant.add(i);
                    }
                    order.sort(Comparator.comparing(scores::get).reversed());
                    return new Tuple2<>(order, relevant);
                });
        RankingMetrics<Integer> spark = RankingMetrics.of(rankings);
        Row ours = lists.selectExpr(
                        "avg(soft_precision(scores, labels, 7, mode => 'hard'))",
                        "avg(soft_recall(scores, labels, 3, mode => 'hard'))",
                        "avg(soft_average_precision(scores, labels, mode => 'hard'))",
                        "avg(soft_average_precision(scores, labels, 3, mode => 'hard'))",
                        "avg(soft_ndcg(scores, labels, 4, mode => 'hard'))")
                .first();
        double[] theirs = {
            spark.precisionAt(7),
            spark.recallAt(3),
            spark.meanAveragePrecision(),
            spark.meanAveragePrecisionAt(3),
            spark.ndcgAt(4)
        };
        for (int i = 0; i < theirs.length; i++) {
            assertThat(ours.getDouble(i)).isCloseTo(theirs[i], offset(1e-12)).isStrictlyBetween(0.05, 0.95);
        }
    }

    @Test
    void columns() {
        SoftColumns soft = SoftColumns.of(SOFT);
        Row row = rows().filter("id = 1")
                .select(
                        soft.ndcg(col("scores"), col("labels"), 2),
                        soft.call(Ranking.NDCG, col("scores"), col("labels"), col("k")),
                        soft.averagePrecision(col("scores"), col("labels")),
                        soft.spearman(col("scores"), col("labels")))
                .first();
        Tensor x = Tensor.of(SCORES);
        Tensor y = Tensor.of(LABELS);
        assertThat(row.getDouble(0)).isEqualTo(ndcg(x, 2).item());
        assertThat(row.getDouble(1)).isEqualTo(ndcg(x, 2).item());
        assertThat(row.getDouble(2)).isEqualTo(SOFT.averagePrecision(x, y).item());
        assertThat(row.getDouble(3)).isEqualTo(SOFT.spearman(x, y).item());
    }

    /** The rows of a group as a list: each gets the metric, and the gradient for its own score. */
    @Test
    void groupsOfRows() {
        Dataset<Row> rows = SESSION.sql("SELECT * FROM VALUES (0, 0.3D, 2), (1, 1.1D, 0), (2, -0.4D, 1), (3, 0.7D, 0)"
                + " AS t(id, score, label)");
        SoftTransformer stage = new SoftTransformer()
                .setOperator("ndcg")
                .setArguments("k => 2")
                .setInputCols("score", "label")
                .setOutputCol("ndcg")
                .setGradientCol("gradient");
        Dataset<Row> grouped = rows.selectExpr("*", "1 AS g");
        Dataset<Row> transformed = stage.setGroupCol("g").transform(grouped);
        assertThat(stage.transformSchema(grouped.schema()).apply("gradient").dataType())
                .isEqualTo(transformed.schema().apply("gradient").dataType());
        List<Row> found = transformed.orderBy("id").collectAsList();
        Tensor x = Tensor.variable(SCORES);
        Tensor expected = ndcg(x, 2);
        double[] gradient = expected.backward().of(x).data();
        for (int i = 0; i < 4; i++) {
            assertThat(found.get(i).<Double>getAs("ndcg")).isEqualTo(expected.item());
            assertThat(found.get(i).<Double>getAs("gradient")).isEqualTo(gradient[i]);
        }
    }
}
