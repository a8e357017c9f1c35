// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.ApprovedTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How often a function is evaluated for a row, in the queries of docs/gradients-in-spark.md. */
class EvaluationCountTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static final int ROWS = 40;

    private static final String INNER = "(SELECT id, soft_rank_vjp(x, g) AS r FROM lists)";

    private static final String GENERATED = "lists LATERAL VIEW inline(array(soft_rank_vjp(x, g))) AS value, grad_x";

    private static final List<String> QUERIES = List.of(
            "SELECT r FROM " + INNER,
            "SELECT r.value, r.grad_x FROM " + INNER,
            "SELECT soft_rank_vjp(x, g).value, soft_rank_vjp(x, g).grad_x FROM lists",
            "SELECT soft_rank_vjp(x, g).value, soft_rank_vjp(x => x, cotangent => g, softness => 0.1).grad_x FROM lists",
            "SELECT soft_rank(x), soft_rank_vjp(x, g).grad_x FROM lists",
            "SELECT r.value FROM " + INNER + " WHERE id >= 0",
            "SELECT r.value, r.grad_x FROM " + INNER + " WHERE r.value[0] > 0",
            "SELECT r.value, r.grad_x FROM " + INNER + " ORDER BY id",
            "SELECT r.value, r.grad_x FROM " + INNER + " ORDER BY r.value[0]",
            "SELECT r.value, r.grad_x FROM " + INNER + " WHERE r.value[0] > 0 ORDER BY r.value[0]",
            "SELECT r.value, r.grad_x FROM " + INNER + " ORDER BY r.value[0] LIMIT 100",
            "WITH c AS " + INNER + " SELECT a.r.value, b.r.grad_x FROM c a JOIN c b ON a.id = b.id",
            "SELECT avg(r.value[0]), avg(r.grad_x[0]) FROM " + INNER,
            "SELECT soft_rank(x) AS r FROM lists WHERE soft_rank(x)[0] > 0",
            "SELECT value, grad_x FROM " + GENERATED,
            "SELECT value, grad_x FROM " + GENERATED + " WHERE value[0] > 0",
            "SELECT value, grad_x FROM " + GENERATED + " WHERE value[0] > 0 ORDER BY value[0]",
            "SELECT value, grad_x FROM " + GENERATED + " WHERE value[0] > 0 SORT BY value[0]",
            "SELECT value, grad_x FROM " + GENERATED + " WHERE value[0] > 0 ORDER BY value[0] LIMIT 100");

    @BeforeAll
    static void counter() {
        Counted.register(SESSION, "soft_rank", "soft_rank_vjp");
        SESSION.sql("SELECT id, array(double(id), 3D, double(id % 7)) AS x, array(1D, 0D, 0D) AS g FROM range(0, "
                        + ROWS + ", 1, 2)")
                .createOrReplaceTempView("counted_lists");
    }

    @Test
    void evaluationsOfARow() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String query : QUERIES) rows.add(List.of("`" + query + "`", perRow(SESSION.sql(counting(query)))));
        Dataset<Row> cached = SESSION.sql(counting("SELECT * FROM " + INNER)).cache();
        try {
            cached.createOrReplaceTempView("counted_cache");
            for (String query : List.of(
                    "SELECT r.value, r.grad_x FROM cached WHERE r.value[0] > 0 ORDER BY r.value[0]",
                    "the same once more")) {
                String sql = "SELECT r.value, r.grad_x FROM counted_cache WHERE r.value[0] > 0 ORDER BY r.value[0]";
                rows.add(List.of(query.startsWith("the") ? query : "`" + query + "`", perRow(SESSION.sql(sql))));
            }
        } finally {
            cached.unpersist();
        }
        ApprovedTable.check(
                "gradients-in-spark.md",
                "evaluations",
                ApprovedTable.of("query", List.of("evaluations of a row"), rows, row -> row));
    }

    private static String counting(String query) {
        return query.replace("soft_rank", "counted_soft_rank").replaceAll("\\blists\\b", "counted_lists");
    }

    private static String perRow(Dataset<Row> query) {
        Counted.evaluations();
        query.collectAsList();
        long count = Counted.evaluations();
        return count % ROWS == 0 ? String.valueOf(count / ROWS) : String.valueOf(count / (double) ROWS);
    }
}
