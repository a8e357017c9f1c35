// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.Method;
import io.supple.Soft;
import io.supple.spark.Sessions;
import io.supple.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A group is a list whatever makes it, and wherever its rows are. */
class GroupsTest {

    private static final SparkSession SESSION = Sessions.shared();

    /** 300 rows whose group is made of id % 7 - 3, which is negative, 0 and positive. */
    private static Dataset<Row> rows(String group) {
        return SESSION.sql("SELECT id, " + group + " AS g, double((id * id * 31) % 997) / 10 + id * 1e-5 AS x"
                + " FROM (SELECT id, id % 7 - 3 AS k FROM range(300))");
    }

    private static SoftRank rank() {
        return new SoftRank()
                .setInputCol("x")
                .setOutputCol("r")
                .setGroupCol("g")
                .setHandleInvalid("keep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k",
                "CAST(k AS TINYINT)",
                "CAST(k AS DECIMAL(30, 4)) / 3",
                "string(k)",
                "'same'",
                "IF(k = 0, NULL, k)",
                "CAST(NULL AS STRING)",
                "k > 0",
                "k / 2D",
                "IF(k < 0, double('nan'), k)",
                "date_add(date'2024-02-29', CAST(k AS INT))",
                "timestamp_seconds(k * 100000)",
                "CAST(timestamp_seconds(k) AS TIMESTAMP_NTZ)",
                "make_dt_interval(CAST(k AS INT))",
                "CAST(string(k) AS BINARY)",
                "named_struct('a', k > 0, 'b', IF(k = 1, NULL, k))",
                "array(k, NULL, 2)",
            })
    void ofAnyTypeThatHasAnOrder(String group) {
        Column place = row_number().over(Window.partitionBy("g").orderBy(col("x").desc()));
        List<Row> expected =
                rows(group).withColumn("r", place.cast("double")).orderBy("id").collectAsList();
        assertThat(rank().setMode("hard").transform(rows(group)).orderBy("id").collectAsList())
                .isEqualTo(expected);
    }

    @Test
    void rowsComeBackAsTheyWereWhereEqualKeysDiffer() {
        Dataset<Row> zeros = SESSION.sql("SELECT * FROM VALUES (0D, 1D), (-0D, 2D), (0D, 3D) t(g, x)");
        List<Row> ranked = rank().setMode("hard")
                .transform(zeros)
                .orderBy("x")
                .selectExpr("string(g)", "r")
                .collectAsList();
        assertThat(ranked).hasToString("[[0.0,3.0], [-0.0,2.0], [0.0,1.0]]");
        Dataset<Row> letters =
                SESSION.sql("SELECT g COLLATE UTF8_LCASE AS g, x FROM VALUES ('a', 1D), ('A', 2D), ('b', 3D) t(g, x)");
        List<Row> collated =
                rank().setMode("hard").transform(letters).orderBy("x").collectAsList();
        assertThat(collated).hasToString("[[a,1.0,2.0], [A,2.0,1.0], [b,3.0,1.0]]");
    }

    @Test
    void groupsWithoutAnOrderAreRefusedBeforeAnyJob() {
        for (String group : new String[] {"map(1, k)", "array(map(1, k))", "parse_json('1')"}) {
            assertThatThrownBy(() -> rank().transform(rows(group)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column 'g' must have an order");
        }
    }

    private static Stream<Arguments> spreads() {
        return Stream.of(1, 2, 7, 200)
                .flatMap(partitions -> Stream.of("softsort", "neuralsort", "fast_soft_sort", "sorting_network")
                        .map(method -> Arguments.of(partitions, method)));
    }

    /** Bit for bit, shuffled too; with ties, nulls and two group columns. */
    @ParameterizedTest
    @MethodSource("spreads")
    void partitionsAndOrderOfRowsDoNotMatter(int partitions, String method) {
        Dataset<Row> rows = SESSION.sql("SELECT id, IF(id % 5 = 0, NULL, id % 5 - 2) AS g, string(id % 3) AS h,"
                + " IF(id % 11 = 0, NULL, double((id * 31) % 17)) AS x, double(id % 4) AS c FROM range(250)");
        SoftRank stage = new SoftRank()
                .setInputCol("x")
                .setGroupCols("g", "h")
                .setOutputCol("r")
                .setGradientCol("dr")
                .setCotangentCol("c")
                .setMethod(method)
                .setHandleInvalid("keep");
        List<Row> once = stage.transform(rows).orderBy("id").collectAsList();
        assertThat(once).hasSize(250);
        Dataset<Row> shuffled = rows.orderBy(functions.rand(partitions)).repartition(partitions);
        assertThat(stage.transform(shuffled).orderBy("id").collectAsList()).isEqualTo(once);
    }

    @Test
    void vectorsAndArraysGoWithTheirRows() {
        Dataset<Row> rows = SESSION.sql("SELECT g, x, array(x, NULL) AS a FROM VALUES (1, 2D), (1, 1D) t(g, x)")
                .withColumn("v", org.apache.spark.ml.functions.array_to_vector(functions.array(col("x"), col("g"))));
        assertThat(rank().setMode("hard").transform(rows).orderBy("x").collectAsList())
                .hasToString("[[1,1.0,ArraySeq(1.0, null),[1.0,1.0],2.0], [1,2.0,ArraySeq(2.0, null),[2.0,1.0],1.0]]");
    }

    /** As one list, which no matrix of a million by a million could hold. */
    @Test
    void aGroupOfAMillionRows() {
        int n = 1_000_000;
        Dataset<Row> rows = SESSION.range(n).selectExpr("double((id * 7919) % 1000003) AS x", "'all' AS g");
        SoftRank stage = rank().setMethod("softsort").setSoftness(0.001);
        double[] ranked = stage.transform(rows).orderBy("x").select("r").collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .toArray();
        double[] sorted = rows.orderBy("x").select("x").collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .toArray();
        assertThat(sorted).hasSize(n);
        Soft soft = Soft.smooth(0.001).with(Method.SOFTSORT);
        assertThat(ranked).isEqualTo(soft.rank(Tensor.of(sorted)).data());
        assertThat(ranked[n / 2]).isCloseTo(n / 2.0, offset(1.0));
    }
}
