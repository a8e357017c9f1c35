// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.spark.DeviceCalls;
import io.supple.spark.Near;
import io.supple.spark.Sessions;
import io.supple.spark.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages that compute on a device give what they give without one. */
class DeviceStageTest {

    private static final SparkSession SESSION = Sessions.shared();

    @BeforeEach
    void smallBatches() {
        SESSION.conf().set(DeviceCalls.BATCH, "100");
        StandIn.ROWS.set(0);
    }

    @AfterEach
    void nothingIsLeftOpen() throws InterruptedException {
        SESSION.conf().unset(DeviceCalls.BATCH);
        SESSION.conf().unset(DeviceCalls.DEVICE);
        StandIn.awaitClosed();
    }

    private static Dataset<Row> rows() {
        return SESSION.sql("SELECT id, id % 7 AS g, 'name ' || id AS name,"
                + " CASE WHEN id % 31 = 4 THEN NULL WHEN id % 37 = 9 THEN double('nan')"
                + "   ELSE (id * id * 0.37D + id * 0.11D) % 3 END AS number,"
                + " transform(sequence(1, 3 + int(id % 5)), i -> CASE WHEN (id + i) % 41 = 7 THEN NULL"
                + "   ELSE (i * i * 0.37D + id * 0.13D) % 2 END) AS list FROM range(0, 150, 1, 3)");
    }

    private static PipelineStage[] stages(String invalid) {
        return new PipelineStage[] {
            new SoftRank()
                    .setInputCol("number")
                    .setGroupCol("g")
                    .setMethod("softsort")
                    .setHandleInvalid(invalid)
                    .setGradientCol("rank_gradient")
                    .setOutputCol("rank"),
            new SoftQuantile()
                    .setQ(0.8)
                    .setInputCol("number")
                    .setGroupCols("g")
                    .setMethod("softsort")
                    .setHandleInvalid(invalid)
                    .setOutputCol("quantile"),
            new SoftSort()
                    .setInputCol("list")
                    .setMethod("softsort")
                    .setMode("c1")
                    .setHandleInvalid(invalid)
                    .setGradientCol("sort_gradient")
                    .setOutputCol("sorted"),
            new SoftTopK()
                    .setK(2)
                    .setInputCol("list")
                    .setMethod("sorting_network")
                    .setHandleInvalid(invalid)
                    .setOutputCol("top"),
            new SoftMedian()
                    .setInputCol("list")
                    .setMethod("fast_soft_sort")
                    .setMode("c0")
                    .setHandleInvalid(invalid)
                    .setOutputCol("median"),
            new SoftRound().setInputCol("list").setHandleInvalid(invalid).setOutputCol("rounded"),
            new SoftClamp()
                    .setInputCol("number")
                    .setArguments("a => 0.5", "b => 2")
                    .setHandleInvalid(invalid)
                    .setOutputCol("clamped"),
            new SoftTransformer()
                    .setOperator("sort")
                    .setInputCol("list")
                    .setMethod("neuralsort")
                    .setHandleInvalid(invalid)
                    .setOutputCol("resorted"),
        };
    }

    private static List<Row> computed(PipelineModel model, Dataset<Row> rows) {
        return model.transform(rows).orderBy("id").collectAsList();
    }

    private static PipelineModel fitted(String invalid) {
        return new Pipeline().setStages(stages(invalid)).fit(rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep", "skip"})
    void aPipelineIsTheSame(String invalid) {
        PipelineModel model = fitted(invalid);
        List<Row> expected = computed(model, rows());
        StructType schema = model.transform(rows()).schema();
        assertThat(StandIn.ROWS).hasValue(0);
        SESSION.conf().set(DeviceCalls.DEVICE, "counting");
        Near.assertSame(computed(model, rows()), expected);
        assertThat(StandIn.ROWS.get()).as("lists of six stages").isGreaterThan(500);
        assertThat(model.transform(rows()).schema()).isEqualTo(schema);
    }

    /** The Param is before the setting, is saved, and is in the stage's help. */
    @Test
    void theParamSaysWhere(@TempDir Path folder) throws IOException {
        SoftRank stage = new SoftRank()
                .setInputCol("list")
                .setMethod("softsort")
                .setHandleInvalid("keep")
                .setOutputCol("r");
        SESSION.conf().set(DeviceCalls.DEVICE, "none");
        assertThatThrownBy(() -> stage.transform(rows()).collect())
                .hasStackTraceContaining(
                        "soft_rank: device: 'none' must be there, got none: 'none' is not on the class path");
        stage.setDevice("cpu");
        List<Row> expected = stage.transform(rows()).collectAsList();
        assertThat(StandIn.ROWS).hasValue(0);
        stage.setDevice("counting").save(folder.resolve("stage").toString());
        SoftRank loaded = SoftRank.load(folder.resolve("stage").toString());
        Near.assertSame(loaded.transform(rows()).collectAsList(), expected);
        assertThat(StandIn.ROWS).hasValue(150);
        assertThat(loaded.explainParam(loaded.device()))
                .contains("spark.supple.device", "auto, an accelerator where", "(current: counting)");
    }

    @Test
    void whatIsInvalidIsRefusedAsBefore() {
        SoftRank stage = new SoftRank()
                .setInputCol("number")
                .setGroupCol("g")
                .setMethod("softsort")
                .setOutputCol("r");
        String message = "SoftRank: column 'number' must have no NULL or NaN (handleInvalid = 'error'), got one";
        assertThatThrownBy(() -> stage.transform(rows()).collect()).hasStackTraceContaining(message);
        assertThatThrownBy(() -> stage.setDevice("counting").transform(rows()).collect())
                .hasStackTraceContaining(message);
        assertThatThrownBy(() -> stage.setDevice("counting")
                        .setHandleInvalid("keep")
                        .setOutputCol("g")
                        .transform(rows()))
                .hasMessageContaining("SoftRank: outputCol must be");
    }

    @Test
    void aStream(@TempDir Path folder) throws TimeoutException, StreamingQueryException {
        String input = folder.resolve("in").toString();
        rows().write().parquet(input);
        SoftRank stage = new SoftRank()
                .setInputCol("list")
                .setMethod("softsort")
                .setHandleInvalid("keep")
                .setOutputCol("r");
        List<Row> expected =
                stage.transform(rows()).select("id", "r").orderBy("id").collectAsList();
        Dataset<Row> stream = SESSION.readStream().schema(rows().schema()).parquet(input);
        StreamingQuery query = stage.setDevice("counting")
                .transform(stream)
                .writeStream()
                .format("parquet")
                .option("path", folder.resolve("out").toString())
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        Dataset<Row> written = SESSION.read().parquet(folder.resolve("out").toString());
        Near.assertSame(written.select("id", "r").orderBy("id").collectAsList(), expected);
        assertThat(StandIn.ROWS).hasValue(150);
    }
}
