// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics against the SQL functions, which have their own tests; policies against arithmetic. */
class SoftRankingEvaluatorTest {

    private static final StructType SCHEMA = new StructType()
            .add("group", DataTypes.StringType)
            .add("label", DataTypes.IntegerType)
            .add("prediction", DataTypes.DoubleType);

    private static Dataset<Row> of(Object[]... rows) {
        List<Row> all = new ArrayList<>();
        for (Object[] row : rows) all.add(RowFactory.create(row));
        return RankRows.SESSION.createDataFrame(all, SCHEMA);
    }

    /** Lists with ties; the last two have nothing relevant. */
    private static Dataset<Row> random() {
        Random random = new Random(11);
        List<Row> rows = new ArrayList<>();
        for (int list = 0; list < 12; list++) {
            int n = 1 + random.nextInt(9);
            for (int i = 0; i < n; i++) {
                int label = list > 9 ? 0 : random.nextInt(4) + (i == 0 ? 1 : 0);
                rows.add(RowFactory.create("q" + list, Math.min(label, 4), random.nextInt(6) / 2.0));
            }
        }
        return RankRows.SESSION.createDataFrame(rows, SCHEMA);
    }

    @ParameterizedTest
    @CsvSource({
        "ndcg, 0, 'soft_ndcg(s, l, mode => ''hard'')'",
        "ndcg, 3, 'soft_ndcg(s, l, 3, mode => ''hard'')'",
        "dcg, 2, 'soft_dcg(s, l, 2, mode => ''hard'')'",
        "map, 4, 'soft_average_precision(s, l, 4, mode => ''hard'')'",
        "mrr, 0, 'soft_mrr(s, l, mode => ''hard'')'",
        "err, 3, 'soft_err(s, l, 3, mode => ''hard'')'",
        "precision, 3, 'soft_precision(s, l, 3, mode => ''hard'')'",
        "recall, 3, 'soft_recall(s, l, 3, mode => ''hard'')'",
        "spearman, 0, 'soft_spearman(s, l, constant_list => ''one'', mode => ''hard'')'"
    })
    void metricsAreTheSqlFunctions(String metric, int k, String sql) {
        io.supple.spark.Supple.register(RankRows.SESSION);
        double expected = random().groupBy("group")
                .agg(org.apache
                        .spark
                        .sql
                        .functions
                        .expr("collect_list(struct(prediction, label))")
                        .as("r"))
                .selectExpr("r.prediction AS s", "r.label AS l")
                .selectExpr("avg(" + sql + ")")
                .first()
                .getDouble(0);
        SoftRankingEvaluator evaluator =
                new SoftRankingEvaluator().setMetricName(metric).setK(k);
        assertThat(evaluator.evaluate(random())).isCloseTo(expected, within(1e-12));
        assertThat(evaluator.evaluate(random().orderBy(rand(4)).repartition(7))).isCloseTo(expected, within(1e-15));
        assertThat(evaluator.isLargerBetter()).isTrue();
    }

    /** Two rows a softness apart: places {@code 1 + S(-1)} and {@code 1 + S(1)}, S the logistic function. */
    @Test
    void softNdcg() {
        Dataset<Row> list = of(new Object[] {"a", 1, 1.0}, new Object[] {"a", 0, 3.0});
        SoftRankingEvaluator evaluator =
                new SoftRankingEvaluator().setMetricName("softNdcg").setSoftness(2);
        double place = 1 + 1 / (1 + Math.exp(-1));
        assertThat(evaluator.evaluate(list)).isCloseTo(Math.log(2) / Math.log1p(place), within(1e-12));
        assertThat(evaluator.setSoftness(1e-3).evaluate(list)).isCloseTo(SECOND, within(1e-9));
    }

    private static final double SECOND = Math.log(2) / Math.log(3); // discount of the second place

    @Test
    void equalScores() {
        Dataset<Row> tied = of(new Object[] {"a", 0, 1.0}, new Object[] {"a", 1, 1.0});
        SoftRankingEvaluator evaluator = new SoftRankingEvaluator();
        assertThat(evaluator.evaluate(tied)).isCloseTo((1 + SECOND) / 2, within(1e-15));
        assertThat(evaluator.setTies("stable").evaluate(tied)).isCloseTo(SECOND, within(1e-15));
        Dataset<Row> turned = of(new Object[] {"a", 1, -0.0}, new Object[] {"a", 0, 0.0});
        assertThat(evaluator.evaluate(turned)).isEqualTo(1);
    }

    @Test
    void listsWithNothingRelevant() {
        Dataset<Row> lists =
                of(new Object[] {"a", 0, 2.0}, new Object[] {"a", 1, 1.0}, new Object[] {"b", 0, 2.0}, new Object[] {
                    "b", 0, 1.0
                });
        SoftRankingEvaluator evaluator = new SoftRankingEvaluator();
        assertThat(evaluator.evaluate(lists)).isCloseTo((1 + SECOND) / 2, within(1e-15));
        assertThat(evaluator.setEmptyList("zero").evaluate(lists)).isCloseTo(SECOND / 2, within(1e-15));
        assertThat(evaluator.setEmptyList("skip").evaluate(lists)).isCloseTo(SECOND, within(1e-15));
        assertThat(evaluator
                        .setMetricName("precision")
                        .setK(1)
                        .setEmptyList("one")
                        .evaluate(lists))
                .isEqualTo(0);
        List<Row> judged = new SoftRankingEvaluator()
                .setEmptyList("skip")
                .lists(lists)
                .orderBy("group")
                .collectAsList();
        assertThat(judged.get(0).getBoolean(3)).isFalse();
        assertThat(judged.get(1).getBoolean(3)).isTrue();
        assertThat(judged.get(1).isNullAt(4)).isTrue();
        assertThatThrownBy(() -> new SoftRankingEvaluator().setEmptyList("skip").evaluate(lists.filter("group = 'b'")))
                .hasMessageContaining("a list that counts");
    }

    @Test
    void weightsAreOfLists() {
        Dataset<Row> lists = of(new Object[] {"a", 0, 2.0}, new Object[] {"a", 1, 1.0}, new Object[] {"b", 1, 2.0})
                .withColumn("weight", when(col("group").equalTo("a"), 3).otherwise(1));
        assertThat(new SoftRankingEvaluator().setWeightCol("weight").evaluate(lists))
                .isCloseTo((3 * SECOND + 1) / 4, within(1e-15));
    }

    @Test
    void gains() {
        Dataset<Row> list = of(new Object[] {"a", 1, 2.0}, new Object[] {"a", 3, 1.0});
        SoftRankingEvaluator evaluator = new SoftRankingEvaluator();
        assertThat(evaluator.evaluate(list)).isCloseTo((1 + 7 * SECOND) / (7 + SECOND), within(1e-15));
        assertThat(evaluator.setGain("linear").evaluate(list))
                .isCloseTo((1 + 3 * SECOND) / (3 + SECOND), within(1e-15));
        assertThat(evaluator.setLabelGain(0, 0, 0, 5).evaluate(list)).isCloseTo(SECOND, within(1e-15));
    }

    @Test
    void whatIsRefused() {
        SoftRankingEvaluator evaluator = new SoftRankingEvaluator();
        Dataset<Row> good = of(new Object[] {"a", 1, 2.0}, new Object[] {"a", 3, 1.0});
        assertThatThrownBy(() ->
                        evaluator.evaluate(good.withColumn("group", lit(null).cast("string"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SoftRankingEvaluator: groupCol must have no NULL");
        assertThatThrownBy(() -> evaluator.evaluate(good.withColumn("prediction", lit(Double.NaN))))
                .hasMessageContaining("predictionCol must be a number, got NULL or NaN in group 'a'");
        assertThatThrownBy(() -> evaluator.evaluate(good.withColumn("label", lit(-1))))
                .hasMessageContaining("labelCol must be >= 0 and finite, got -1.0 in group 'a'");
        assertThatThrownBy(() -> evaluator.setMetricName("err").setMaxLabel(2).evaluate(good))
                .hasMessageContainingAll("SoftRankingEvaluator: labels must be at most max_label", "group 'a'");
        assertThatThrownBy(() -> evaluator.setMetricName("auc")).hasMessageContaining("metricName must be one of ndcg");
        assertThatThrownBy(() -> evaluator.evaluate(good.drop("label"))).hasMessageContaining("labelCol");
    }

    @Test
    void savedAndLoaded(@TempDir Path folder) throws java.io.IOException {
        SoftRankingEvaluator evaluator =
                new SoftRankingEvaluator().setMetricName("map").setK(7).setGroupCol("q");
        evaluator.save(folder.resolve("e").toString());
        assertThat(SoftRankingEvaluator.load(folder.resolve("e").toString()).explainParams())
                .isEqualTo(evaluator.explainParams());
    }
}
