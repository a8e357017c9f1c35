// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.spark.Sessions;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Rows and names that the fuzz run found stages to stumble over. */
class HostileRowsTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static Dataset<Row> vectors() {
        StructType schema = new StructType().add("id", DataTypes.LongType).add("v", SQLDataTypes.VectorType());
        Row there = RowFactory.create(1L, Vectors.dense(0.5, -2));
        return SESSION.createDataFrame(List.of(there, RowFactory.create(2L, null)), schema);
    }

    @Test
    void aVectorThatIsNullStaysSo() {
        SoftBinarizer stage = new SoftBinarizer().setInputCol("v").setOutputCol("out");
        for (SoftBinarizer each : List.of(
                stage, stage.copy(new org.apache.spark.ml.param.ParamMap()).setGradientCol("grad"))) {
            List<Row> rows = each.transform(vectors()).orderBy("id").collectAsList();
            assertThat(rows.get(0).<Vector>getAs("out").size()).isEqualTo(2);
            assertThat(rows.get(1).isNullAt(rows.get(1).fieldIndex("out"))).isTrue();
        }
    }

    @Test
    void aVectorThatIsNullIsInvalidInput() {
        SoftRank stage = new SoftRank().setInputCol("v").setOutputCol("out");
        assertThatThrownBy(() -> stage.transform(vectors()).collect())
                .hasStackTraceContaining(
                        "SoftRank: column 'v' must have no NULL or NaN (handleInvalid = 'error'), got one");
        assertThat(stage.setHandleInvalid("skip").transform(vectors()).count()).isEqualTo(1);
        assertThat(stage.setHandleInvalid("keep")
                        .transform(vectors())
                        .where("out IS NULL")
                        .count())
                .isEqualTo(1);
    }

    /** Columns that Spark does not compare are carried along; rows of equal numbers stand as those columns say. */
    @Test
    void columnsWithoutAnOrderComeBackAsTheyWere() {
        String sql = "SELECT id % 3 AS g, id % 5 AS x, map('a', id, 'b', NULL) AS pairs,"
                + " array(map(id, array(map(1, id)))) AS deep, named_struct('m', map('k', id), 'n', 1) AS inner,"
                + " IF(id % 4 = 0, NULL, map('n', id)) AS missing, parse_json('{\"v\": ' || id || '}') AS json,"
                + " make_interval(0, id % 2, 0, id) AS time FROM ";
        SoftRank stage = new SoftRank().setInputCol("x").setGroupCol("g").setOutputCol("rank");
        String shown = "to_json(struct(*)) AS row";
        List<Row> all = new ArrayList<>();
        for (int g = 0; g < 3; g++) {
            List<Row> ranked = stage.transform(SESSION.sql(sql + "range(0, 40, 1, 1)"))
                    .where(col("g").equalTo(g))
                    .selectExpr(shown)
                    .collectAsList();
            List<Row> otherwise = stage.transform(SESSION.sql(sql + "(SELECT 39 - id AS id FROM range(0, 40, 1, 4))"))
                    .where(col("g").equalTo(g))
                    .selectExpr(shown)
                    .collectAsList();
            assertThat(ranked).as("whatever the order of rows").isEqualTo(otherwise);
            all.addAll(ranked);
        }
        assertThat(all).hasSize(40);
        assertThat(stage.transform(SESSION.sql(sql + "range(40)"))
                        .drop("rank")
                        .selectExpr("to_json(struct(*))")
                        .collectAsList())
                .containsExactlyInAnyOrderElementsOf(SESSION.sql(sql + "range(40)")
                        .selectExpr("to_json(struct(*))")
                        .collectAsList());
    }

    @Test
    void argumentsAreRefusedInTheStagesName() {
        Dataset<Row> rows = SESSION.sql("SELECT array(1D, 2D) AS x");
        assertThatThrownBy(() ->
                        new SoftTopK().setInputCol("x").setArguments("k => -1").transform(rows))
                .hasMessage("SoftTopK: k must be a whole number >= 1, got -1");
        assertThatThrownBy(() -> new SoftTransformer()
                        .setOperator("topk")
                        .setInputCol("x")
                        .setArguments("kk => 2")
                        .transform(rows))
                .hasMessageStartingWith("SoftTransformer: arguments must be of [k, ")
                .hasMessageEndingWith("for soft_topk, got 'kk'");
        SoftTransformer argmax = new SoftTransformer().setOperator("argmax").setInputCol("x");
        assertThatThrownBy(() -> argmax.setArguments("return_log_probs => 3").transform(rows))
                .hasMessage("SoftTransformer: return_log_probs must be true or false, got 3");
    }

    /** Comparisons of pairs give ranks alone. */
    @Test
    void methodsThatGiveNoValuesAreRefusedInTheStagesName() {
        Dataset<Row> rows = SESSION.sql("SELECT array(1D, 2D) AS x, 1D AS n");
        String message = ": method must be one of 'softsort', 'neuralsort', 'fast_soft_sort', 'ot', 'sorting_network',"
                + " 'smooth_sort', got 'pairwise': soft comparisons of pairs";
        assertThatThrownBy(() ->
                        new SoftMedian().setInputCol("x").setMethod("pairwise").transform(rows))
                .hasMessageStartingWith("SoftMedian" + message);
        assertThatThrownBy(() -> new SoftQuantileDiscretizer()
                        .setInputCol("n")
                        .setMethod("pairwise")
                        .fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SoftQuantileDiscretizer" + message);
    }

    /** A group's list of its own key, which is one number again and again. */
    @Test
    void theGroupColumnAsInput() {
        Dataset<Row> rows = SESSION.sql("SELECT id % 2 AS g, id FROM range(4)");
        SoftRank stage = new SoftRank()
                .setInputCol("g")
                .setGroupCol("g")
                .setOutputCol("out")
                .setMode("hard");
        assertThat(stage.transform(rows).select("out").distinct().collectAsList()) // an exact order is a permutation
                .containsExactlyInAnyOrder(RowFactory.create(1.0), RowFactory.create(2.0));
        Dataset<Row> sloped = stage.setCotangentCol("g").setGradientCol("grad").transform(rows);
        assertThat(sloped.where("grad IS NOT NULL").count()).isEqualTo(4);
    }

    @Test
    void moreBucketsThanMemoryHolds() {
        SoftQuantileDiscretizer stage =
                new SoftQuantileDiscretizer().setInputCol("id").setNumBuckets(Integer.MAX_VALUE);
        assertThatThrownBy(() -> stage.fit(vectors()))
                .hasMessage("SoftQuantileDiscretizer: numBuckets must be at most 1000000, got 2147483647");
    }

    @Test
    void noColumnsAtAll() {
        for (PipelineStage stage : List.of(new SoftBinarizer(), new SoftBucketizer(), new SoftQuantileDiscretizer())) {
            stage.set("inputCols", new String[0]);
            assertThatThrownBy(() -> stage.transformSchema(vectors().schema()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(stage.getClass().getSimpleName() + ": inputCols must be one column or more, got none");
        }
    }

    @Test
    void quotesInANameAreOfTheName() {
        Dataset<Row> rows = SESSION.sql("SELECT array(1D, 3D) AS x");
        Dataset<Row> out = new SoftMedian().setInputCol("x").setOutputCol("`x`").transform(rows);
        assertThat(out.columns()).containsExactly("x", "`x`");
        assertThat(out.schema().fields()[1].dataType()).isEqualTo(DataTypes.DoubleType);
        assertThat(out.first().getDouble(1)).isBetween(1.0, 3.0);
    }
}
