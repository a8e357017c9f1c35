// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.connect;

import static org.apache.spark.sql.functions.col;

import io.supple.Ordering;
import io.supple.Quantile;
import io.supple.Soft;
import io.supple.spark.SoftColumns;
import java.io.IOException;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Columns and SQL from Java through a Connect server: prints a line for each thing tried, {@code ok} or what was wrong.
 * Spark's Java client has no {@code spark.ml}, so stages are not among them.
 */
public final class ConnectClient {

    private ConnectClient() {}

    /** The address of the server. */
    public static void main(String[] arguments) throws IOException {
        SparkSession session = SparkSession.builder().remote(arguments[0]).getOrCreate();
        Dataset<Row> lists = session.sql("SELECT * FROM VALUES (array(3D, 1D, 2D), 0.5D, 'a'),"
                + " (array(0D, NULL, -1D), 2D, 'a'), (array(), 7D, 'b') AS t(x, v, g)");
        SoftColumns soft = SoftColumns.of(Soft.smooth(0.3));
        same(lists, "rank", soft.rank(col("x")), "soft_rank(x, softness => 0.3)");
        same(lists, "topk", soft.topk(col("x"), 2), "soft_topk(x, 2, softness => 0.3)");
        same(
                lists,
                "quantile by row",
                soft.call(Quantile.QUANTILE, col("x"), col("v").divide(10)),
                "soft_quantile(x, v / 10, softness => 0.3)");
        same(
                lists,
                "gradients",
                soft.vjp(Ordering.SORT, col("x"), col("x")),
                "soft_sort_vjp(x, cotangent => x, softness => 0.3)");
        same(
                lists.groupBy("g")
                        .agg(soft.aggregate(Quantile.MEDIAN, col("v")).as("m"))
                        .orderBy("g"),
                "aggregate",
                col("m"),
                "m");
        refused(lists, "soft_rank: softness must be > 0");
        session.close();
    }

    private static void same(Dataset<Row> rows, String what, Column column, String sql) {
        boolean equal = true;
        for (Row row :
                rows.select(column.as("ours"), functions.expr(sql).as("sqls")).collectAsList()) {
            equal &= Objects.equals(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
        }
        System.out.println(what + ": " + (equal ? "ok" : "differs from " + sql));
    }

    private static void refused(Dataset<Row> rows, String message) {
        String got = "nothing";
        try {
            rows.select(functions.expr("soft_rank(x, softness => -1)")).collectAsList();
        } catch (Exception e) { // AnalysisException is checked, but not declared
            got = String.valueOf(e.getMessage());
        }
        System.out.println("refusal: " + (got.contains(message) ? "ok" : got));
    }
}
