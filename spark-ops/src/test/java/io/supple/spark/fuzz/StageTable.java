// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;

/** A small table with a column of every kind that a stage may meet. */
final class StageTable {

    private static final int RAGGED = 3;

    /** Columns that Spark does not compare, beside which lists are sorted in another way. */
    static final String[] UNORDERED = {"pairs", "json", "span"};

    private StageTable() {}

    /** Twelve rows in two partitions. */
    static Dataset<Row> in(SparkSession session) {
        UDF1<Long, Object> vector = id -> Vectors.dense(0.3 * id, 1 - 0.1 * id, (double) (id % 2));
        UDF1<Long, Object> sparse = id -> Vectors.sparse(3, new int[] {(int) (id % 3)}, new double[] {id - 5.5});
        UDF1<Long, Object> ragged = id -> Vectors.dense(new double[(int) (id % RAGGED)]);
        UDF1<Long, Object> gaps = id -> id % 4 == 1 ? null : Vectors.dense(id, 1, 2);
        UDF1<Long, Object> strange = id -> Vectors.dense(id, id == 3 ? Double.NaN : 1e308, Double.NEGATIVE_INFINITY);
        Dataset<Row> rows = session.range(0, 12, 1, 2)
                .selectExpr(
                        "id",
                        "id * 0.37D - 2 AS number",
                        "abs(sin(id)) AS share",
                        "IF(id % 4 = 2, NULL, id * 1.5D) AS gaps",
                        "IF(id % 5 = 1, double('NaN'), id * -0.5D) AS nans",
                        "IF(id = 2, double('Infinity'), IF(id = 3, -1E308D, 1E308D)) AS wide",
                        "CAST(id % 5 AS INT) AS label",
                        "id % 3 AS g",
                        "IF(id % 6 = 0, NULL, id % 2) AS g_gaps",
                        "concat('q', id % 2) AS text",
                        "id % 2 = 0 AS flag",
                        "CAST(id AS DECIMAL(20, 3)) AS amount",
                        "CAST(id AS FLOAT) AS single",
                        "DATE '2024-02-29' AS day",
                        "map('a', id) AS pairs",
                        "parse_json('[' || id || ']') AS json",
                        "make_interval(0, 1, 0, id) AS span",
                        "named_struct('a', id) AS record",
                        "array(id * 0.5D, 1D, id % 3 * 2D) AS list",
                        "array(0.2D, 0.3D, 0.5D) AS weights",
                        "IF(id = 5, NULL, array(1D, NULL, id)) AS list_gaps",
                        "slice(array(1D, 2D, 3D), 1, CAST(id % 4 AS INT)) AS list_ragged",
                        "array('a', 'b') AS texts",
                        "array(array(1D, 0D, 0D), array(0D, 0.5D, 0.5D)) AS nested",
                        "CAST(NULL AS DOUBLE) AS nothing",
                        "NULL AS untyped");
        return rows.withColumn("vector", apply(vector))
                .withColumn("sparse", apply(sparse))
                .withColumn("vector_ragged", apply(ragged))
                .withColumn("vector_gaps", apply(gaps))
                .withColumn("vector_wide", apply(strange))
                .withColumn("a.b", expr("number"))
                .withColumn("a b", expr("number"))
                .withColumn("\u00fcn\u00ef", expr("label"));
    }

    private static org.apache.spark.sql.Column apply(UDF1<Long, Object> make) {
        return functions.udf(make, SQLDataTypes.VectorType()).apply(expr("id"));
    }
}
