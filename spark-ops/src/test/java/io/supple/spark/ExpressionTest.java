// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Mode;
import io.supple.Ordering;
import io.supple.Soft;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The expression at work inside queries. */
class ExpressionTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static Dataset<Row> lists() {
        return SESSION.sql(
                "SELECT id, transform(sequence(1, 3), i -> double((id * 7 + i * i * 5) % 11)) AS x FROM range(20)");
    }

    @Test
    void insideFiltersJoinsLambdasAndViews() {
        lists().createOrReplaceTempView("lists");
        assertThat(SESSION.sql("SELECT id FROM lists WHERE soft_max(x, mode => 'hard') > 9")
                        .count())
                .isEqualTo(SESSION.sql("SELECT id FROM lists WHERE array_max(x) > 9")
                        .count())
                .isPositive();
        SESSION.sql("CREATE OR REPLACE TEMP VIEW ranked AS SELECT id, soft_rank(x) AS r FROM lists");
        assertThat(SESSION.sql("SELECT a.id FROM ranked a JOIN ranked b ON a.r = b.r AND a.id = b.id")
                        .count())
                .isEqualTo(20);
        Row nested = SESSION.sql("SELECT transform(collect_list(x), v -> soft_sort(v, mode => 'hard')) AS s FROM lists")
                .collectAsList()
                .get(0);
        assertThat(nested.getList(0)).hasSize(20);
        assertThat(SESSION.sql("SELECT soft_max(x) AS m, count(*) FROM lists GROUP BY soft_max(x)")
                        .count())
                .isPositive();
    }

    @Test
    void generatedIntoTheWholeStage() {
        Dataset<Row> query =
                SESSION.range(10).selectExpr("soft_abs(id - 5.0D) AS a").filter("a > 0.5");
        assertThat(query.queryExecution().executedPlan().toString())
                .contains("*(1)")
                .contains("soft_abs(");
        assertThat(query.count()).isEqualTo(9);
    }

    @Test
    void constantsFold() {
        String plan = SESSION.sql("SELECT soft_max(array(1D, 2D), mode => 'hard') AS m")
                .queryExecution()
                .optimizedPlan()
                .toString();
        assertThat(plan).contains("2.0 AS m").doesNotContain("soft_max");
    }

    @Test
    void columnsAreNamedAsCalled() {
        assertThat(SESSION.sql("SELECT soft_rank(x, softness => 0.5D) FROM VALUES (array(1D)) t(x)")
                        .columns())
                .containsExactly("soft_rank(x, softness => 0.5)");
        assertThat(lists().select(SoftColumns.soft().rank(col("x"))).columns()).containsExactly("soft_rank(x)");
    }

    @Test
    void parametersThatVaryWithTheRow() {
        List<Row> rows = SESSION.sql("SELECT soft_topk(x, int(id + 1), mode => 'hard') FROM VALUES (0, array(1D, 2D)),"
                        + " (1, array(1D, 2D)) t(id, x)")
                .collectAsList();
        assertThat(rows.get(0).getList(0)).hasSize(1);
        assertThat(rows.get(1).getList(0)).hasSize(2);
        assertThatThrownBy(() -> SESSION.range(1)
                        .selectExpr("soft_topk(array(1D), int(id - 1))")
                        .collect())
                .hasStackTraceContaining("soft_topk: k must be a whole number >= 1, got -1");
        assertThatThrownBy(() -> SESSION.range(1).selectExpr("soft_rank(array(1D), softness => double(id))"))
                .hasMessageContaining("soft_rank: softness must be a constant, got the expression");
    }

    @Test
    void arraysOfUnequalLength() {
        assertThatThrownBy(() -> SESSION.range(1)
                        .selectExpr("soft_greater(array(1D, id), array(1D, 2D, id))")
                        .collect())
                .hasStackTraceContaining("soft_greater: y must be an array of the length of x, 2, got an array of 3");
    }

    @Test
    void cotangentsOfTheWrongShape() {
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_rank_vjp(array(1D, 2D))"))
                .hasMessageContaining(
                        "soft_rank_vjp: cotangent must be a value of type ARRAY<DOUBLE>, shaped as the value");
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_rank_vjp(array(1D, 2D), 1.0)"))
                .hasMessageContaining("cotangent");
        assertThatThrownBy(() -> SESSION.range(1)
                        .selectExpr("soft_rank_vjp(array(1D, id), array(1D))")
                        .collect())
                .hasStackTraceContaining(
                        "soft_rank_vjp: cotangent must be shaped as the value, an array of 2, got an array of 1");
    }

    @Test
    void vectors() {
        StructType schema = new StructType().add("v", SQLDataTypes.VectorType());
        Dataset<Row> vectors = SESSION.createDataFrame(
                List.of(
                        RowFactory.create(Vectors.dense(3, 0, 1)),
                        RowFactory.create(Vectors.sparse(3, new int[] {0, 2}, new double[] {3, 1}))),
                schema);
        List<Row> rows = vectors.selectExpr("soft_rank(v, mode => 'hard')").collectAsList();
        assertThat(rows.get(0).getList(0)).isEqualTo(List.of(1.0, 3.0, 2.0));
        assertThat(rows.get(1)).isEqualTo(rows.get(0));
    }

    @Test
    void columnsDoWhatSqlDoes() {
        SoftColumns soft = SoftColumns.of(Soft.smooth(0.2).with(Mode.C1)).with(Missing.IGNORE_NAN);
        List<Row> columns = lists().select(soft.topkMask(col("x"), 2), soft.quantile(col("x"), 0.3))
                .collectAsList();
        List<Row> sql = lists().selectExpr(
                        "soft_topk_mask(x, 2, softness => 0.2D, mode => 'c1', missing => 'ignore_nan')",
                        "soft_quantile(x, 0.3D, softness => 0.2D, mode => 'c1', missing => 'ignore_nan')")
                .collectAsList();
        assertThat(columns).isEqualTo(sql);
        Row gradient = lists().select(SoftColumns.soft()
                        .vjp(Ordering.SORT, col("x"), col("x"))
                        .getField("grad_x"))
                .first();
        assertThat(gradient.getList(0)).hasSize(3);
        assertThatThrownBy(() -> soft.sort(col("x"), false, 0))
                .hasMessage("soft_sort: axis must be left out, since a column's arrays have one axis, got 0");
    }
}
