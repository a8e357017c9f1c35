// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages among Spark's own: pipelines, tuning, streams, and what an earlier version saved. */
class PipelineTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static Dataset<Row> rows() {
        return SESSION.sql("SELECT id, id % 4 AS g, (id * 37 % 41) * 0.11D - 2 AS x, (id * 13 % 17) * 0.3D AS z,"
                + " (id * 7 % 11) * 1D AS label FROM range(80)");
    }

    /** high, third, held, place and prediction of the first rows, as version 0.1 gave them. */
    private static final double[][] THEN = {
        {1.3887943864771144E-11, 6.313989374893312E-8, -0.9999954601100877, 19.43701906562578, 4.840801248555513},
        {0.9999998480934262, 1.9995322475758444, 0.9999977455316267, 2.039888438063945, 4.8318769586527},
        {0.9999876272288255, 1.0129295528475941, 0.9998165379173196, 3.5173863091580033, 4.725816722270091},
        {0.9989932291799144, 0.17109128422407688, 0.9860613242025323, 5.614005737873823, 4.605090564096432}
    };

    private static Pipeline pipeline() {
        return new Pipeline().setStages(new PipelineStage[] {
            new SoftBinarizer().setInputCol("x").setThreshold(0.5).setOutputCol("high"),
            new SoftQuantileDiscretizer().setInputCol("z").setNumBuckets(3).setOutputCol("third"),
            new SoftClamp().setInputCol("x").setA(-1).setB(1).setOutputCol("held"),
            new SoftRank().setInputCol("x").setGroupCol("g").setOutputCol("place"),
            new VectorAssembler()
                    .setInputCols(new String[] {"high", "third", "held", "place"})
                    .setOutputCol("raw"),
            new SoftRobustScaler().setInputCol("raw").setWithCentering(true).setOutputCol("features"),
            new LinearRegression().setSolver("normal").setRegParam(0.1)
        });
    }

    @Test
    void savedOverwrittenAndLoaded(@TempDir Path folder) throws IOException {
        String unfitted = folder.resolve("pipeline").toString();
        pipeline().write().save(unfitted);
        PipelineModel model = Pipeline.load(unfitted).fit(rows());
        String fitted = folder.resolve("model").toString();
        model.write().save(fitted);
        assertThatThrownBy(() -> model.write().save(fitted)).isInstanceOf(IOException.class);
        model.write().overwrite().save(fitted);
        PipelineModel loaded = PipelineModel.load(fitted);
        List<Row> expected = model.transform(rows()).orderBy("id").collectAsList();
        assertThat(loaded.transform(rows()).orderBy("id").collectAsList()).isEqualTo(expected);
        assertThat(loaded.transform(rows()).schema())
                .isEqualTo(model.transform(rows()).schema());
    }

    @Test
    void softnessIsTunedByCrossValidation() {
        // the label is the exact place in the group, so that a sharper rank predicts it better
        Dataset<Row> rows = rows().drop("label")
                .join(
                        new SoftRank()
                                .setInputCol("x")
                                .setGroupCol("g")
                                .setMode("hard")
                                .setOutputCol("label")
                                .transform(rows().drop("label"))
                                .select("id", "label"),
                        "id");
        SoftRank rank = new SoftRank().setInputCol("x").setGroupCol("g").setOutputCol("place");
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            rank,
            new VectorAssembler().setInputCols(new String[] {"place"}).setOutputCol("features"),
            new LinearRegression().setSolver("normal")
        });
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(rank.softness(), new double[] {1e-4, 100})
                .build();
        CrossValidatorModel model = new CrossValidator()
                .setEstimator(pipeline)
                .setEvaluator(new RegressionEvaluator().setMetricName("rmse"))
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(1)
                .fit(rows);
        assertThat(model.avgMetrics()[0]).isLessThan(model.avgMetrics()[1]);
        SoftRank best = (SoftRank) ((PipelineModel) model.bestModel()).stages()[0];
        assertThat(best.getSoftness()).isEqualTo(1e-4);
    }

    @Test
    void aStreamGivesWhatABatchGives(@TempDir Path folder) throws Exception {
        String input = folder.resolve("input").toString();
        Dataset<Row> batch = SESSION.sql("SELECT id, (id * 37 % 41) * 0.11D - 2 AS x,"
                + " array(id % 5 * 0.7D, 1.3D, id % 3 * 0.4D) AS list FROM range(40)");
        batch.repartition(4).write().parquet(input);
        PipelineModel model = new Pipeline()
                .setStages(new PipelineStage[] {
                    new SoftBinarizer().setInputCol("x").setOutputCol("high"),
                    new SoftBucketizer().setInputCol("x").setSplits(-9, 0, 1, 9).setOutputCol("bucket"),
                    new SoftQuantile()
                            .setInputCol("list")
                            .setQ(0.4)
                            .setOutputCol("q")
                            .setGradientCol("dq"),
                    new SoftClamp().setInputCol("x").setA(-1).setB(1).setOutputCol("held")
                })
                .fit(batch);
        Dataset<Row> stream = SESSION.readStream()
                .schema(batch.schema())
                .option("maxFilesPerTrigger", 2)
                .parquet(input);
        StreamingQuery query = model.transform(stream)
                .writeStream()
                .format("memory")
                .queryName("soft_stages")
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .start();
        try {
            query.processAllAvailable();
            assertThat(SESSION.table("soft_stages").orderBy("id").collectAsList())
                    .isEqualTo(model.transform(batch).orderBy("id").collectAsList())
                    .hasSize(40);
        } finally {
            query.stop();
        }
        assertThatThrownBy(
                        () -> new SoftRank().setInputCol("x").setGroupCol("id").transform(stream))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "SoftRank: groupCol must be left out on a stream, since a group is whole only when"
                                + " all of its rows have come, got [id]");
        assertThatThrownBy(
                        () -> new SoftRank().setInputCol("x").setGroupCols("id").transform(stream))
                .hasMessageStartingWith("SoftRank: groupCols must be left out on a stream");
    }

    /**
     * Saved by version 0.1 on Spark 4.0.1: {@link #pipeline()} fitted on {@link #rows()}, and what it said of the first
     * rows then.
     */
    @Test
    void whatVersion01Saved() throws URISyntaxException {
        Path saved = Path.of(
                PipelineTest.class.getResource("/saved-pipeline-0.1/model").toURI());
        PipelineModel model = PipelineModel.load(saved.toString());
        assertThat(model.stages()).hasSize(7);
        List<Row> now = model.transform(rows())
                .orderBy("id")
                .select("high", "third", "held", "place", "prediction")
                .limit(THEN.length)
                .collectAsList();
        for (int i = 0; i < THEN.length; i++) {
            for (int j = 0; j < THEN[i].length; j++) {
                assertThat(now.get(i).getDouble(j))
                        .as("row %d, column %d", i, j)
                        .isCloseTo(THEN[i][j], offset(1e-9));
            }
        }
        SoftClamp clamp = (SoftClamp) model.stages()[2];
        assertThat(clamp.getA()).isEqualTo(-1);
        assertThat(Pipeline.load(saved.resolveSibling("pipeline").toString()).getStages())
                .extracting(stage -> stage.getClass().getSimpleName())
                .containsExactly(
                        "SoftBinarizer",
                        "SoftQuantileDiscretizer",
                        "SoftClamp",
                        "SoftRank",
                        "VectorAssembler",
                        "SoftRobustScaler",
                        "LinearRegression");
    }
}
