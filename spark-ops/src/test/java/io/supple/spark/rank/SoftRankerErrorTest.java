// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** Data and Params that are refused, and what is said. */
class SoftRankerErrorTest {

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int list = 0; list < 4; list++) {
            for (int i = 0; i < 3; i++) rows.add(RankRows.row(list, i, i - 0.1 * list, list));
        }
        return rows;
    }

    private static Dataset<Row> good() {
        return RankRows.of(rows().toArray(Row[]::new));
    }

    private static Dataset<Row> with(Row more) {
        List<Row> rows = rows();
        rows.add(more);
        return RankRows.of(rows.toArray(Row[]::new));
    }

    private static void refused(SoftRanker ranker, Dataset<Row> rows, String... says) {
        assertThatThrownBy(() -> ranker.fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SoftRanker: ")
                .hasMessageContainingAll(says);
    }

    @Test
    void dataOfLists() {
        SoftRanker ranker = new SoftRanker();
        refused(
                ranker,
                with(RowFactory.create(null, 1.0, Vectors.dense(1, 2))),
                "groupCol must have no NULL",
                "'group'");
        refused(ranker, with(RowFactory.create(2L, 1.0, null)), "featuresCol must be without NULL", "group '2'");
        refused(
                ranker,
                with(RankRows.row(2, 1, 1, Double.NaN)),
                "finite",
                "NaN as feature 1",
                "'features'",
                "group '2'");
        refused(ranker, with(RankRows.row(3, 1, Double.NEGATIVE_INFINITY, 0)), "-Infinity as feature 0", "group '3'");
        refused(ranker, with(RankRows.row(1, -1, 1, 2)), "labelCol must be >= 0", "-1.0", "'label'", "group '1'");
        refused(ranker, with(RankRows.row(1, Double.NaN, 1, 2)), "labelCol must be >= 0", "NaN", "group '1'");
        refused(ranker, with(RowFactory.create(1L, null, Vectors.dense(1, 2))), "labelCol must be without NULL");
        refused(ranker, with(RankRows.row(0, 1, 1, 2, 3)), "featuresCol must be vectors of one size, 2", "size 3");
        refused(ranker, with(RankRows.row(0, 1000, 1, 2)), "labels must be at most 900", "group '0'");
        refused(
                new SoftRanker().setLabelGain(0, 1, 3),
                with(RankRows.row(0, 1.5, 1, 2)),
                "labels must be whole numbers < 3",
                "1.5");
    }

    @Test
    void fractionalLabelsAreLabels() {
        assertThat(new SoftRanker()
                        .fit(with(RankRows.row(0, 1.5, 1, 2)))
                        .summary()
                        .rowsUsed())
                .isEqualTo(13);
    }

    @Test
    void weightsAndValidation() {
        SoftRanker weighted = new SoftRanker().setWeightCol("weight");
        Column first = col("group").equalTo(1).and(col("label").equalTo(0));
        refused(
                weighted,
                good().withColumn("weight", when(first, 2).otherwise(1)),
                "weightCol must be the same",
                "group '1'");
        refused(weighted, good().withColumn("weight", lit(-1)), "weightCol must be >= 0", "-1.0");
        refused(weighted, good().withColumn("weight", lit(Double.NaN)), "weightCol must be >= 0", "NaN");
        refused(weighted, good().withColumn("weight", lit(0)), "labelCol must be such that");
        refused(weighted, good().withColumn("weight", lit("x")), "weightCol must be a column of numbers");
        SoftRanker validated = new SoftRanker().setValidationIndicatorCol("held");
        refused(validated, good().withColumn("held", first), "validationIndicatorCol must be the same", "group '1'");
        refused(validated, good().withColumn("held", lit(false)), "validationIndicatorCol must be true in some lists");
        refused(validated, good().withColumn("held", lit(1)), "validationIndicatorCol must be a column of booleans");
        refused(new SoftRanker().setEarlyStoppingRounds(3), good(), "validationIndicatorCol must be set");
    }

    @Test
    void nothingToLearn() {
        SoftRanker ranker = new SoftRanker();
        refused(ranker, good().withColumn("label", lit(0.0)), "no relevant rows anywhere", "'label'");
        refused(ranker, good().withColumn("label", lit(2.0)), "different labels");
        refused(ranker, good().withColumn("group", functions.monotonically_increasing_id()), "which rows are one list");
        refused(ranker, good().limit(0), "there are no rows");
    }

    @Test
    void columns() {
        refused(new SoftRanker().setGroupCol("qid"), good(), "groupCol", "'qid'", "the columns are");
        refused(new SoftRanker().setFeaturesCol("label"), good(), "featuresCol must be a column of vectors");
        refused(new SoftRanker().setLabelCol("features"), good(), "labelCol must be a column of numbers");
        refused(new SoftRanker().setPredictionCol("label"), good(), "predictionCol must be a new column");
        refused(new SoftRanker().setGroupCol("features"), good(), "groupCol must be a column of strings");
    }

    @Test
    void paramsThatDoNotGoTogether() {
        refused(
                new SoftRanker().setMethod("softsort").setWarmStart("none"),
                good(),
                "warmStart must be a convex loss",
                "approxNDCG would never leave");
        assertThat(new SoftRanker()
                        .setMethod("softsort")
                        .setMaxIter(3)
                        .fit(good())
                        .coefficients()
                        .toArray())
                .isNotEqualTo(new double[2]);
        refused(new SoftRanker().setLoss("neuralNDCG").setMethod("pairwise"), good(), "method must be");
        refused(new SoftRanker().setMethod("smooth_sort").setMode("c1"), good(), "mode must be");
    }

    @Test
    void valuesOfParams() {
        SoftRanker ranker = new SoftRanker();
        assertThatThrownBy(() -> ranker.setLoss("lambdarank"))
                .hasMessageContainingAll("SoftRanker: loss must be one of leastSquares", "'lambdarank'");
        assertThatThrownBy(() -> ranker.setSoftness(0)).hasMessageContainingAll("softness must be > 0", "0.0");
        assertThatThrownBy(() -> ranker.setMode("hard")).hasMessageContaining("mode must be one of");
        assertThatThrownBy(() -> ranker.setElasticNetParam(1.1))
                .hasMessageContaining("elasticNetParam must be in [0, 1]");
        assertThatThrownBy(() -> ranker.setRegParam(-1)).hasMessageContaining("regParam must be >= 0");
        assertThatThrownBy(() -> ranker.setHiddenLayers(8, 8)).hasMessageContaining("hiddenLayers must be");
        assertThatThrownBy(() -> ranker.setHiddenLayers(0)).hasMessageContaining("hiddenLayers must be");
        assertThatThrownBy(() -> ranker.setEvalAt()).hasMessageContaining("evalAt must be");
        assertThatThrownBy(() -> ranker.setLabelGain(2, 1)).hasMessageContaining("labelGain must be");
        assertThatThrownBy(() -> ranker.setMaxIter(-1)).hasMessageContaining("maxIter must be at least 0");
        assertThatThrownBy(() -> ranker.setSoftnessDecay(1)).hasMessageContaining("softnessDecay must be in (0, 1)");
        assertThatThrownBy(() -> ranker.setWarmStart("approxNDCG")).hasMessageContaining("warmStart must be one of");
        assertThatThrownBy(() -> ranker.setFeatureScaling("minmax"))
                .hasMessageContaining("featureScaling must be one of");
        assertThatThrownBy(() -> ranker.setTruncationLevel(-1)).hasMessageContaining("truncationLevel must be");
        assertThatThrownBy(() -> ranker.setSolver("sgd")).hasMessageContaining("solver must be one of");
    }

    @Test
    void atScoring() {
        SoftRankerModel byList = new SoftRanker().setMaxIter(3).fit(good());
        SoftRankerModel byRow =
                new SoftRanker().setMaxIter(3).setFeatureScaling("standard").fit(good());
        for (SoftRankerModel model : List.of(byList, byRow)) {
            Dataset<Row> wide = RankRows.of(RankRows.row(0, 1, 1, 2, 3));
            for (String handle : List.of("error", "skip", "keep")) {
                assertThatThrownBy(() ->
                                model.setHandleInvalid(handle).transform(wide).collect())
                        .hasStackTraceContaining(
                                "SoftRankerModel: featuresCol must be vectors of size 2, got one of size 3");
            }
            Dataset<Row> bad = with(RankRows.row(1, 1, Double.NaN, 2)).union(with(RowFactory.create(2L, 0.0, null)));
            assertThatThrownBy(
                            () -> model.setHandleInvalid("error").transform(bad).collect())
                    .hasStackTraceContaining("SoftRankerModel: featuresCol must be")
                    .hasStackTraceContaining("handleInvalid");
            assertThat(model.setHandleInvalid("skip").transform(bad).count()).isEqualTo(24);
            Dataset<Row> kept = model.setHandleInvalid("keep").transform(bad);
            assertThat(kept.count()).isEqualTo(26);
            assertThat(kept.filter("isnan(prediction)").count()).isEqualTo(2);
            // what is left out changes nothing for the others
            assertThat(kept.filter("not isnan(prediction)")
                            .except(model.transform(bad.filter("group < 1")))
                            .filter("group < 1")
                            .count())
                    .isZero();
        }
        assertThatThrownBy(() -> byList.setHandleInvalid("error")
                        .transform(with(RowFactory.create(null, 1.0, Vectors.dense(1, 2))))
                        .collect())
                .hasStackTraceContaining("groupCol must have no NULL");
        assertThat(byRow.transform(good().drop("group", "label")).count()).isEqualTo(12);
        assertThatThrownBy(() -> byList.transform(good().drop("group"))).hasMessageContaining("groupCol");
        assertThatThrownBy(() -> new SoftRankerModel().transform(good()))
                .hasMessageContaining("weights must be fitted");
    }
}
