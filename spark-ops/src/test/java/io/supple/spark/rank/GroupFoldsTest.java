// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.supple.SyntheticLists;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists stay whole, and what is validated is what a loop by hand validates. */
class GroupFoldsTest {

    private static final Dataset<Row> LISTS =
            RankRows.of(SyntheticLists.topheavy(1, 30)).cache();

    @Test
    void listsStayWhole() {
        GroupFolds folds = new GroupFolds().setNumFolds(4).setSeed(1);
        Dataset<Row> folded = folds.transform(LISTS);
        assertThat(folded.select("group", "fold").distinct().count()).isEqualTo(30);
        assertThat(folded.filter("fold < 0 OR fold > 3").count()).isZero();
        assertThat(folded.select("fold").distinct().count()).isEqualTo(4);
        assertThat(folds.transform(LISTS.repartition(7)).except(folded).count()).isZero();
        assertThat(folds.setSeed(2).transform(LISTS).except(folded).count()).isPositive();
        assertThat(folds.transformSchema(LISTS.schema()).fieldNames()).containsExactly(folded.columns());
        assertThatThrownBy(() -> folds.transform(
                                LISTS.withColumn("group", lit(null).cast("long")))
                        .collect())
                .hasStackTraceContaining("GroupFolds: groupCol must have no NULL");
        assertThatThrownBy(() -> folds.setNumFolds(1)).hasMessageContaining("numFolds must be at least 2");
    }

    @Test
    void crossValidation(@TempDir Path folder) throws IOException {
        SoftRanker ranker = new SoftRanker().setMaxIter(2).setFeatureScaling("listStandard");
        SoftRankingEvaluator evaluator = new SoftRankingEvaluator().setK(5);
        ParamMap[] maps = new ParamGridBuilder()
                .addGrid(ranker.regParam(), new double[] {0.001, 30})
                .build();
        GroupCrossValidator validator = new GroupCrossValidator()
                .setEstimator(ranker)
                .setEvaluator(evaluator)
                .setEstimatorParamMaps(maps)
                .setNumFolds(2)
                .setSeed(3);
        CrossValidatorModel model = validator.fit(LISTS);
        Dataset<Row> folded = new GroupFolds().setNumFolds(2).setSeed(3).transform(LISTS);
        double sum = 0;
        for (int fold = 0; fold < 2; fold++) {
            SoftRankerModel fitted =
                    ranker.copy(maps[0]).fit(folded.filter(col("fold").notEqual(fold)));
            sum += evaluator.evaluate(fitted.transform(folded.filter(col("fold").equalTo(fold))));
        }
        assertThat(model.avgMetrics()).hasSize(2);
        assertThat(model.avgMetrics()[0]).isCloseTo(sum / 2, within(1e-9)).isNotEqualTo(model.avgMetrics()[1]);
        assertThat(model.bestModel()).isInstanceOf(SoftRankerModel.class);
        validator.save(folder.resolve("validator").toString());
        GroupCrossValidator loaded =
                GroupCrossValidator.load(folder.resolve("validator").toString());
        assertThat(loaded.uid()).isEqualTo(validator.uid());
        assertThat(loaded.explainParams()).isEqualTo(validator.explainParams());
        GroupCrossValidator copy = loaded.copy(new ParamMap());
        assertThat(copy.getEstimator().uid()).isEqualTo(ranker.uid());
        assertThat(((SoftRankingEvaluator) copy.getEvaluator()).getK()).isEqualTo(5);
        assertThat(copy.getEstimatorParamMaps()).hasSize(2);
        assertThat(copy.getEstimatorParamMaps()[1].get(ranker.regParam()).get()).isEqualTo(30.0);
        model.save(folder.resolve("model").toString());
        assertThat(CrossValidatorModel.load(folder.resolve("model").toString()).avgMetrics())
                .containsExactly(model.avgMetrics());
        assertThat(validator
                        .setFoldCol("fold")
                        .setEstimatorParamMaps(new ParamMap[] {maps[0]})
                        .fit(folded)
                        .avgMetrics()[0])
                .isCloseTo(model.avgMetrics()[0], within(1e-12));
        assertThatThrownBy(() -> new GroupCrossValidator().fit(LISTS)).hasMessageContaining("estimator must be set");
    }

    @Test
    void scoresLeaveWhatIsKnownOfColumns() {
        Metadata known = new MetadataBuilder().putString("from", "a file").build();
        Dataset<Row> lists = LISTS.withMetadata("features", known);
        for (String scaling : List.of("standard", "listStandard", "listRank")) {
            SoftRankerModel model =
                    new SoftRanker().setMaxIter(1).setFeatureScaling(scaling).fit(lists);
            Dataset<Row> scored = model.transform(lists);
            assertThat(scored.schema().apply("features").metadata()).as(scaling).isEqualTo(known);
            assertThat(scored.columns())
                    .as(scaling)
                    .isEqualTo(model.transform(LISTS).columns());
        }
    }

    @Test
    void sparkFindsTheStages() {
        Stream<Class<?>> found = Stream.of(Transformer.class, Estimator.class, Evaluator.class)
                .flatMap(type -> ServiceLoader.load(type).stream().map(ServiceLoader.Provider::type));
        assertThat(found.filter(type -> type.getName().startsWith("io.supple.spark.rank.")))
                .containsExactlyInAnyOrder(
                        SoftRanker.class, SoftRankerModel.class, GroupFolds.class, SoftRankingEvaluator.class);
    }
}
