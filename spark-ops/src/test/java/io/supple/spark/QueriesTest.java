// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a query may call a function of Spark's, it may call ours: both give the same where ours is exact. */
class QueriesTest {

    private static final SparkSession SESSION = Sessions.shared();

    /** What may not change a result. */
    private static final List<Map<String, String>> SETTINGS = List.of(
            Map.of("spark.sql.ansi.enabled", "false", "spark.sql.adaptive.enabled", "false"),
            Map.of("spark.sql.codegen.factoryMode", "CODEGEN_ONLY", "spark.sql.codegen.fallback", "false"),
            Map.of("spark.sql.codegen.factoryMode", "NO_CODEGEN", "spark.sql.codegen.wholeStage", "false"));

    @BeforeAll
    static void tables() {
        SESSION.sql(
                        "SELECT id, id % 3 AS g, transform(sequence(1, 4), i ->"
                                + " IF(i = 2 AND id % 4 = 0, NULL, double((id * 7 + i * i * 5) % 11))) AS x FROM range(0, 12, 1, 2)")
                .createOrReplaceTempView("q_lists");
        SESSION.sql("SELECT id, x[0] AS v, array(x, reverse(x)) AS xs, IF(id % 4 = 1, NULL, x) AS gap FROM q_lists")
                .createOrReplaceTempView("q_more");
    }

    private static List<String> rows(String query) {
        return SESSION.sql(query).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .toList();
    }

    private static List<String> rows(String query, Map<String, String> settings) {
        settings.forEach((key, value) -> SESSION.conf().set(key, value));
        try {
            return rows(query);
        } finally {
            settings.keySet().forEach(key -> SESSION.conf().unset(key));
        }
    }

    private static String soft(String query) {
        return query.replace("MAX[", "soft_max(mode => 'hard', x => ")
                .replace("SORT[", "soft_sort(mode => 'hard', x => ")
                .replace("ABS[", "soft_abs(mode => 'hard', x => ")
                .replace("]", ")");
    }

    private static String hard(String query) {
        return query.replace("MAX[", "array_max(")
                .replace("SORT[", "sort_array(")
                .replace("ABS[", "abs(")
                .replace("]", ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, MAX[x], SORT[x], ABS[g - 1.5D] FROM q_lists",
                "SELECT id FROM q_lists WHERE MAX[x] > 8 AND ABS[g - 1.5D] < 1",
                "SELECT id, MAX[SORT[x]] FROM q_lists",
                "SELECT MAX[x], count(*), sum(MAX[x]) FROM q_lists GROUP BY MAX[x] HAVING MAX[x] > 7",
                "SELECT g, max(MAX[x]), collect_set(SORT[x]) FROM q_lists GROUP BY g",
                "SELECT g, MAX[collect_list(double(id))] FROM q_lists GROUP BY g",
                "SELECT g, SORT[array_agg(element_at(x, 1))] FROM q_lists GROUP BY ROLLUP (g)",
                "SELECT DISTINCT SORT[x] FROM q_lists",
                "SELECT a.id, b.id FROM q_lists a JOIN q_lists b ON MAX[a.x] = MAX[b.x]",
                "SELECT a.id, b.id FROM q_lists a LEFT JOIN q_lists b ON MAX[a.x] < MAX[b.x] AND a.g = b.g",
                "SELECT a.id FROM q_lists a LEFT SEMI JOIN q_lists b ON SORT[a.x] = SORT[b.x] AND b.g = 1",
                "SELECT id, transform(xs, y -> SORT[y]) FROM q_more",
                "SELECT id, transform(xs, y -> MAX[y] + v) FROM q_more",
                "SELECT id, filter(xs, y -> MAX[y] > v + 2) FROM q_more",
                "SELECT id, aggregate(xs, 0D, (a, y) -> a + MAX[y] + id, a -> ABS[a - 30]) FROM q_more",
                "SELECT id, exists(xs, y -> MAX[transform(y, z -> z + v)] > 12) FROM q_more",
                "SELECT id, array_sort(xs, (p, q) -> int(MAX[p] - MAX[q])) FROM q_more",
                "SELECT id, (SELECT max(MAX[x]) FROM q_lists) - MAX[x] FROM q_lists",
                "SELECT id FROM q_lists WHERE MAX[x] = (SELECT min(MAX[x]) FROM q_lists)",
                "SELECT id FROM q_lists WHERE SORT[x] IN (SELECT SORT[x] FROM q_lists WHERE g = 1)",
                "SELECT id FROM q_lists a WHERE NOT EXISTS"
                        + " (SELECT 1 FROM q_lists b WHERE b.g = a.g AND MAX[b.x] > MAX[a.x])",
                "SELECT id, (SELECT sum(MAX[b.x]) FROM q_lists b WHERE b.g = a.g) FROM q_lists a",
                "WITH s AS (SELECT id, SORT[x] AS y FROM q_lists) SELECT p.id, MAX[q.y] FROM s p JOIN s q ON p.y = q.y",
                "SELECT SORT[x] FROM q_lists UNION SELECT array(MAX[x]) FROM q_lists",
                "SELECT MAX[x] FROM q_lists EXCEPT SELECT MAX[x] FROM q_lists WHERE g = 0",
                "SELECT id, sum(MAX[x]) OVER (PARTITION BY g ORDER BY id) FROM q_lists",
                "SELECT id, rank() OVER (ORDER BY MAX[x]), MAX[collect_list(double(id)) OVER (ORDER BY id)] FROM q_lists",
                "SELECT id, CASE WHEN id % 2 = 0 THEN MAX[x] WHEN g = 1 THEN ABS[id] END FROM q_lists",
                "SELECT id, explode(SORT[x]) FROM q_lists",
                "SELECT id, y FROM q_lists LATERAL VIEW posexplode(SORT[x]) AS i, y",
                "SELECT * FROM (SELECT g, MAX[x] AS m FROM q_lists) PIVOT (sum(m) FOR g IN (0, 1, 2))",
                "SELECT id, MAX[gap], SORT[gap], coalesce(MAX[gap], -1D) FROM q_more",
                "SELECT id FROM q_lists ORDER BY MAX[x], id LIMIT 5",
                "SELECT MAX[array()], SORT[CAST(array() AS ARRAY<DOUBLE>)], ABS[NULL]",
            })
    void givesWhatSparksOwnGives(String query) {
        List<String> soft = rows(soft(query));
        assertThat(soft).isNotEmpty().isEqualTo(rows(hard(query)));
        for (Map<String, String> settings : SETTINGS) {
            assertThat(rows(soft(query), settings)).as(settings.toString()).isEqualTo(soft);
        }
    }

    /** Soft values too, and gradients, are the same under every setting. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, soft_rank(x), soft_rank(soft_sort(x)), soft_rank_vjp(x, x) FROM q_lists",
                "SELECT id, soft_topk(x, int(1 + g)), soft_clamp(v, id - 1, id + 0.5), soft_quantile(x, g / 4),"
                        + " soft_quantile(x, array(g / 4, 0.5)) FROM q_lists JOIN q_more USING (id)",
                "SELECT soft_max(x, mode => 'c1') AS m, count(*) FROM q_lists GROUP BY soft_max(mode => 'C1', x => x)",
                "SELECT g, transform(collect_list(x), y -> soft_argmax(y)[0] + g) FROM (SELECT * FROM q_lists ORDER BY id)"
                        + " GROUP BY g",
                "SELECT id, r.value, r.grad_x FROM (SELECT id, soft_sort_vjp(x, x) AS r FROM q_lists) WHERE r.value[3] > 6",
            })
    void settingsDoNotMatter(String query) {
        List<String> once = rows(query);
        assertThat(once).isNotEmpty();
        for (Map<String, String> settings : SETTINGS) {
            assertThat(rows(query, settings)).as(settings.toString()).isEqualTo(once);
        }
    }

    @Test
    void branchesThatAreNotTakenAreNotEvaluated() {
        for (String call : List.of("soft_topk(x, int(id - 1))[0]", "soft_greater(array(1D), array(1D, 2D))[0]")) {
            assertThat(rows("SELECT IF(id > 100, " + call + ", 7D) FROM q_lists"))
                    .containsOnly("[7.0]");
            assertThat(rows("SELECT CASE WHEN id >= 0 THEN 7D ELSE " + call + " END FROM q_lists"))
                    .containsOnly("[7.0]");
            assertThatThrownBy(() -> rows("SELECT " + call + " FROM q_lists"))
                    .hasStackTraceContaining(call.substring(0, call.indexOf('(')) + ": ");
        }
    }

    @Test
    void everyNumericTypeIsRead() {
        SESSION.sql("SELECT array(3D, NULL, -1D, 2D) AS x FROM range(0, 2, 1, 1)")
                .createOrReplaceTempView("q_types");
        List<String> doubles = rows("SELECT soft_rank(x), soft_max_vjp(x), soft_abs(x[0]) FROM q_types");
        for (String type :
                List.of("FLOAT", "TINYINT", "SMALLINT", "INT", "BIGINT", "DECIMAL(5, 2)", "DECIMAL(38, 10)")) {
            String query = "SELECT soft_rank(x), soft_max_vjp(x), soft_abs(x[0]) FROM (SELECT CAST(x AS ARRAY<" + type
                    + ">) AS x FROM q_types)";
            assertThat(rows(query)).as(type).isEqualTo(doubles);
            assertThat(rows(query, SETTINGS.get(2))).as(type).isEqualTo(doubles);
        }
    }

    @Test
    void nullInEveryPlaceGivesNull() {
        for (SqlFunction function : SqlFunction.all()) {
            if (function.aggregate()) continue; // a NULL row is left out: AggregateContract
            List<String> nulls = new ArrayList<>();
            for (int i = 0; i < function.params().size(); i++) {
                int at = i;
                boolean isValue = SqlFunction.hasDefault(function.params().get(i))
                        && function.params().get(i).byDefault() == null;
                if (isValue) continue;
                nulls.add(IntStream.range(0, function.params().size())
                        .filter(p -> p == at
                                || !SqlFunction.optional(function.params().get(p))
                                || function.params().get(p).equals(SqlFunction.COTANGENT))
                        .mapToObj(p -> function.params().get(p).name() + " => "
                                + (p == at
                                        ? "NULL"
                                        : Sample.sql(function, function.params().get(p))))
                        .collect(Collectors.joining(", ", function.name() + "(", ") IS NULL")));
            }
            assertThat(rows("SELECT " + String.join(" AND ", nulls)))
                    .as(nulls.toString())
                    .containsExactly("[true]");
        }
    }

    @Test
    void manyCallsInOneSelect() {
        int calls = 800; // far more than 64 KB of code
        String query = IntStream.range(0, calls)
                .mapToObj(i -> "soft_quantile(x, " + i / (double) calls + "D, mode => 'hard') AS c" + i)
                .collect(Collectors.joining(", ", "SELECT ", " FROM q_lists WHERE id = 1"));
        List<String> interpreted = rows(query, SETTINGS.get(2));
        assertThat(rows(query)).isEqualTo(interpreted);
        assertThat(rows(query, Map.of("spark.sql.codegen.factoryMode", "CODEGEN_ONLY")))
                .isEqualTo(interpreted);
    }

    @Test
    void longLists() {
        String x = "(SELECT transform(sequence(1, 100000), i -> double((i * 7919L) % 100003)) AS x)";
        Row row = SESSION.sql("SELECT soft_max(x), soft_topk(x, 3, method => 'fast_soft_sort', mode => 'c0'),"
                        + " soft_sort(x, method => 'fast_soft_sort', mode => 'c0'), soft_max(x, mode => 'hard'),"
                        + " soft_rank(x, method => 'fast_soft_sort', mode => 'c0') FROM " + x)
                .first();
        assertThat(row.getDouble(3)).isEqualTo(100002);
        assertThat(row.getDouble(0)).isBetween(50000.0, 100002.0);
        assertThat(row.getList(1)).hasSize(3);
        List<Double> sorted = row.getList(2);
        assertThat(sorted).hasSize(100000).isSorted();
        assertThat(sorted.stream().mapToDouble(v -> v).sum())
                .isCloseTo(100002L * 100003 / 2 - missingOfResidues(), org.assertj.core.data.Offset.offset(1.0));
        List<Double> ranks = row.getList(4);
        assertThat(ranks.stream().mapToDouble(v -> v).sum())
                .isCloseTo(100000.0 * 100001 / 2, org.assertj.core.data.Offset.offset(1.0));
    }

    /** Of the residues of the prime 100003 the list has all but 0 and the next two multiples. */
    private static double missingOfResidues() {
        return 100001L * 7919 % 100003 + 100002L * 7919 % 100003;
    }

    @Test
    void storedInTablesAndTemporaryViews(@TempDir Path directory) {
        SESSION.sql(
                "CREATE OR REPLACE TEMP VIEW q_ranked AS SELECT id, soft_rank(x) AS r, soft_max_vjp(x) AS m FROM q_lists");
        List<String> view = rows("SELECT * FROM q_ranked");
        SESSION.sql("DROP TABLE IF EXISTS q_ranks");
        SESSION.sql("CREATE TABLE q_ranks USING parquet LOCATION '" + directory.resolve("ranks")
                + "' AS SELECT * FROM q_ranked");
        try {
            assertThat(rows("SELECT * FROM q_ranks")).isEqualTo(view);
            assertThat(rows("SELECT id FROM q_ranks WHERE soft_max(r, mode => 'hard') > 3.5"))
                    .isEqualTo(rows("SELECT id FROM q_ranks WHERE array_max(r) > 3.5"));
        } finally {
            SESSION.sql("DROP TABLE q_ranks");
        }
    }

    /** Which Spark refuses for functions that it takes for temporary. */
    @Test
    void keptViewsAndFunctions() {
        try {
            SESSION.sql("CREATE OR REPLACE VIEW q_kept AS SELECT soft_max(array(1D, 3D), mode => 'hard') AS m");
            SESSION.sql(
                    "CREATE OR REPLACE FUNCTION q_most(x ARRAY<DOUBLE>) RETURNS DOUBLE RETURN soft_max(x, mode => 'hard')");
            assertThat(rows("SELECT m, q_most(array(2D, m)) FROM q_kept")).containsExactly("[3.0,3.0]");
            assertThat(SESSION.newSession()
                            .sql("SELECT m, q_most(array(2D, m)) FROM q_kept")
                            .collectAsList())
                    .hasToString("[[3.0,3.0]]");
        } finally {
            SESSION.sql("DROP VIEW IF EXISTS q_kept");
            SESSION.sql("DROP FUNCTION IF EXISTS q_most");
        }
    }

    /** The optimizer sees that the argument is constant, after the call was analysed as one whose argument varies. */
    @Test
    void argumentsThatAreFoldedToWhatIsNotAllowed() {
        String topk = "SELECT soft_topk(array(1D, 2D), k => CAST(id * 0 + %d AS INT), mode => 'hard') FROM range(1)";
        assertThat(rows(String.format(topk, 1))).containsExactly("[ArraySeq(2.0)]");
        assertThatThrownBy(() -> rows(String.format(topk, -1)))
                .hasStackTraceContaining("soft_topk: k must be a whole number >= 1, got -1");
    }

    @Test
    void constantsMayBeVariablesAndMarkers() {
        SESSION.sql("DECLARE OR REPLACE VARIABLE q_softness DOUBLE DEFAULT 0.05");
        List<String> literal = rows("SELECT soft_rank(x, softness => 0.05D) FROM q_lists");
        assertThat(rows("SELECT soft_rank(x, softness => q_softness) FROM q_lists"))
                .isEqualTo(literal);
        assertThat(SESSION.sql("SELECT soft_rank(x, softness => :s) FROM q_lists", Map.of("s", 0.05))
                        .collectAsList())
                .isEqualTo(SESSION.sql("SELECT soft_rank(x, softness => 0.05D) FROM q_lists")
                        .collectAsList());
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_rank(x, softness => (SELECT 0.05D)) FROM q_lists"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("soft_rank: softness must be a constant");
    }

    @Test
    void plansAreReadable() {
        String plan =
                rows("EXPLAIN SELECT soft_rank(y, softness => 0.2D) AS r FROM (SELECT array(id, 2 * id) AS y, id FROM"
                                + " range(9)) WHERE soft_abs(id) > 1")
                        .toString();
        assertThat(plan)
                .contains("Project [soft_rank(array(id#")
                .contains(", softness => 0.2) AS r#")
                .contains("Filter (soft_abs(id#")
                .doesNotContain("@");
    }
}
