// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Extremum;
import io.supple.Logic;
import io.supple.Mode;
import io.supple.Operator;
import io.supple.Ordering;
import io.supple.Quantile;
import io.supple.Soft;
import io.supple.Unsolvable;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The aggregates at work inside queries. */
class AggregateTest {

    private static final SparkSession SESSION = Sessions.shared();
    private static final Soft SOFT = Soft.smooth(0.2);

    @BeforeAll
    static void table() {
        SESSION.sql("SELECT id, int(id % 4) AS g, IF(id % 3 = 0, 'a', 'b') AS c,"
                        + " IF(id % 7 = 5, NULL, round(3 * sin(id * id), 1)) AS x FROM range(90)")
                .createOrReplaceTempView("measured");
    }

    private record Measured(long id, int g, String c, Double x) {}

    private static List<Measured> rows() {
        return SESSION.sql("SELECT id, g, c, x FROM measured ORDER BY g, id").collectAsList().stream()
                .map(row -> new Measured(row.getLong(0), row.getInt(1), row.getString(2), (Double) row.get(3)))
                .toList();
    }

    /** Core on the sorted values that are there. */
    private static double[] core(Operator operator, List<Double> values, Object... own) {
        double[] sorted = values.stream()
                .filter(Objects::nonNull)
                .mapToDouble(v -> v)
                .sorted()
                .toArray();
        Object[] arguments = new Object[1 + own.length];
        arguments[0] = Tensor.of(sorted);
        System.arraycopy(own, 0, arguments, 1, own.length);
        return SOFT.call(operator, arguments).data();
    }

    private static List<Double> values(int g, String c) {
        List<Double> values = new ArrayList<>();
        for (Measured row : rows()) if (row.g() == g && row.c().equals(c)) values.add(row.x());
        return values;
    }

    @Test
    void filterDistinctHavingAndManyAtOnce() {
        Row row = SESSION.sql("SELECT g, soft_sort_agg(x, softness => 0.2D) FILTER (WHERE c = 'a') AS a,"
                        + " soft_topk_agg(DISTINCT x, 3, softness => 0.2D) AS d,"
                        + " soft_min_agg(DISTINCT x, softness => 0.2D) FILTER (WHERE c = 'b') AS f,"
                        + " soft_quantile_agg(x, array(0.25D, 0.8D), softness => 0.2D) AS q,"
                        + " count(DISTINCT id) AS n, soft_max_agg(x) FILTER (WHERE false) AS none, sum(id) AS s"
                        + " FROM measured GROUP BY g HAVING soft_median_agg(x) < 100 AND g = 1")
                .collectAsList()
                .get(0);
        List<Double> a = values(1, "a");
        List<Double> b = values(1, "b");
        List<Double> all = new ArrayList<>(a);
        all.addAll(b);
        assertThat(SqlCases.numbers(row.getAs("a"))).isEqualTo(core(Ordering.SORT, a));
        assertThat(all.stream().distinct().count()).isLessThan(all.size());
        assertThat(SqlCases.numbers(row.getAs("d")))
                .isEqualTo(core(Ordering.TOPK, all.stream().distinct().toList(), 3));
        assertThat(SqlCases.numbers(row.getAs("f")))
                .isEqualTo(core(Extremum.MIN, b.stream().distinct().toList()));
        assertThat(SqlCases.numbers(row.getAs("q"))).isEqualTo(core(Quantile.QUANTILE, all, new double[] {0.25, 0.8}));
        assertThat(row.<Long>getAs("n")).isEqualTo(all.size());
        assertThat(row.<Double>getAs("none")).isNull();
    }

    @Test
    void slidingGrowingAndWholeFrames() {
        String byId = " OVER (PARTITION BY g ORDER BY id ROWS ";
        List<Row> results = SESSION.sql("SELECT soft_sort_agg(x, softness => 0.2D)" + byId
                        + "BETWEEN 3 PRECEDING AND 1 FOLLOWING), soft_quantile_agg(x, 0.3D, softness => 0.2D)" + byId
                        + "UNBOUNDED PRECEDING), soft_min_agg(x, softness => 0.2D) OVER (PARTITION BY g),"
                        + " soft_topk_agg(k => 2, softness => 0.2D, x => x)" + byId
                        + "BETWEEN 2 FOLLOWING AND 9 FOLLOWING) FROM measured ORDER BY g, id")
                .collectAsList();
        List<Measured> rows = rows();
        assertThat(results).hasSize(90);
        for (int i = 0; i < rows.size(); i++) {
            String what = "row " + i;
            assertThat(SqlCases.numbers(results.get(i).get(0)))
                    .as(what)
                    .isEqualTo(core(Ordering.SORT, frame(rows, i, -3, 1)));
            assertThat(SqlCases.numbers(results.get(i).get(1)))
                    .as(what)
                    .isEqualTo(core(Quantile.QUANTILE, frame(rows, i, -1000, 0), 0.3));
            assertThat(SqlCases.numbers(results.get(i).get(2)))
                    .as(what)
                    .isEqualTo(core(Extremum.MIN, frame(rows, i, -1000, 1000)));
            List<Double> ahead = frame(rows, i, 2, 9);
            int k = (int) Math.min(2, ahead.stream().filter(Objects::nonNull).count());
            assertThat(SqlCases.numbers(results.get(i).get(3)))
                    .as(what)
                    .isEqualTo(k == 0 ? new double[0] : core(Ordering.TOPK, ahead, k));
        }
    }

    private static List<Double> frame(List<Measured> rows, int at, int from, int to) {
        List<Double> frame = new ArrayList<>();
        for (int i = Math.max(0, at + from); i <= Math.min(rows.size() - 1, at + to); i++) {
            if (rows.get(i).g() == rows.get(at).g()) frame.add(rows.get(i).x());
        }
        return frame;
    }

    @Test
    void pivots() {
        List<Row> results = SESSION.sql(
                        "SELECT * FROM (SELECT g, c, x FROM measured) PIVOT (soft_median_agg(x, softness =>"
                                + " 0.2D) AS m, soft_topk_agg(x, 2, softness => 0.2D) AS t, soft_quantile_agg(x, array(0.5D),"
                                + " softness => 0.2D) AS q FOR c IN ('a', 'b', 'z')) ORDER BY g")
                .collectAsList();
        assertThat(results).hasSize(4);
        for (Row row : results) {
            int g = row.getInt(0);
            for (String c : List.of("a", "b")) {
                List<Double> values = values(g, c);
                assertThat(SqlCases.numbers(row.getAs(c + "_m"))).isEqualTo(core(Quantile.MEDIAN, values));
                assertThat(SqlCases.numbers(row.getAs(c + "_t"))).isEqualTo(core(Ordering.TOPK, values, 2));
                assertThat(SqlCases.numbers(row.getAs(c + "_q")))
                        .isEqualTo(core(Quantile.QUANTILE, values, new double[] {0.5}));
            }
            assertThat(row.<Object>getAs("z_m")).isNull();
        }
        Dataset<Row> alone = SESSION.table("measured")
                .groupBy("g")
                .pivot("c", List.of("a", "b"))
                .agg(SoftColumns.of(SOFT).aggregate(Quantile.MEDIAN, col("x")))
                .orderBy("g");
        assertThat(SqlCases.numbers(alone.collectAsList().get(2).get(1)))
                .isEqualTo(core(Quantile.MEDIAN, values(2, "a")));
    }

    /** What Spark puts in the place of values is not taken for missing in silence. */
    @Test
    void nullsThatSparkAdds() {
        String pivot =
                "SELECT * FROM (SELECT g, c, x FROM measured WHERE x IS NOT NULL) PIVOT (soft_sort_agg(x, mode =>"
                        + " 'hard', missing => '%s') AS m FOR c IN ('a', 'b'))";
        for (String policy : List.of("null", "error")) {
            assertThatThrownBy(() -> SESSION.sql(String.format(pivot, policy)))
                    .hasMessageContaining("soft_sort_agg: missing must be 'ignore' or 'ignore_nan' in a pivot")
                    .hasMessageContaining("got '" + policy + "'");
        }
        assertThat(SESSION.sql(String.format(pivot, "ignore_nan")).count()).isEqualTo(4);
        String distinct = "soft_max_agg(x, mode => 'hard', missing => '%s'), count(DISTINCT a), count(DISTINCT b)"
                + " FROM VALUES (1D, 1, 2), (3D, 2, 2) t(x, a, b)";
        assertThat(first(String.format(distinct, "null"))).isEqualTo(3.0);
        assertThatThrownBy(() -> first(String.format(distinct, "error")))
                .hasStackTraceContaining("beside several DISTINCT aggregates Spark adds such groups");
    }

    @Test
    void correlatedSubqueries() {
        List<Row> results = SESSION.sql(
                        "SELECT (SELECT soft_sort_agg(m.x, mode => 'hard') FROM measured m WHERE m.id = t.id),"
                                + " (SELECT soft_max_agg(m.x) FROM measured m WHERE m.id = t.id) FROM VALUES (1L), (5L), (-1L) t(id)")
                .collectAsList();
        assertThat(SqlCases.numbers(results.get(0).get(0))).hasSize(1);
        for (Row none : results.subList(1, 3)) {
            assertThat(none.getList(0)).isEmpty();
            assertThat(none.isNullAt(1)).isTrue();
        }
    }

    @Test
    void missingValues() {
        String nan = " FROM VALUES (1D), (double('nan')), (3D) t(x)";
        String nulls = " FROM VALUES (1D), (NULL), (3D) t(x)";
        assertThat(first("soft_max_agg(x, mode => 'hard')" + nan)).isEqualTo(Double.NaN);
        assertThat(first("soft_min_agg(x, mode => 'hard')" + nan)).isEqualTo(1.0);
        assertThat(first("soft_median_agg(x)" + nan)).isEqualTo(Double.NaN);
        assertThat(first("soft_max_agg(x, mode => 'hard', missing => 'ignore_nan')" + nan))
                .isEqualTo(3.0);
        assertThat(SqlCases.numbers(first("soft_sort_agg(x, mode => 'hard', missing => 'ignore_nan')" + nan)))
                .containsExactly(1, 3);
        assertThat(SqlCases.numbers(first("soft_sort_agg(x, mode => 'hard')" + nulls)))
                .containsExactly(1, 3);
        assertThat(first("soft_max_agg(x, missing => 'null')" + nulls)).isNull();
        assertThat(first("soft_sort_agg(x, missing => 'null')" + nulls)).isNull();
        assertThat(first("soft_max_agg(x, mode => 'hard', missing => 'null')" + nan))
                .isEqualTo(Double.NaN);
        assertThat(first("soft_max_agg(x, mode => 'hard', missing => 'error') FILTER (WHERE x < 5)" + nulls))
                .isEqualTo(3.0);
        assertThatThrownBy(() -> first("soft_max_agg(x, missing => 'error')" + nulls))
                .hasStackTraceContaining(
                        "soft_max_agg: x must have no NULL values (missing => 'error'), got 1 of 3 in a group");
        assertThat(first("soft_max_agg(x, softness => NULL)" + nulls)).isNull();
    }

    @Test
    void columnsAreNamedLikeThoseOfTheArrayFunctions() {
        for (String constants : List.of(
                "0.5",
                "-0.5D + 1",
                "array(0.25, 0.5D)",
                "1 / 2",
                "CAST('0.5' AS DOUBLE)",
                "0.5, mode => 'hard'",
                "0.5, softness => NULL",
                "softness => 0.25F, q => 1")) {
            String ofGroup = SESSION.sql("SELECT soft_quantile_agg(x, " + constants + ") FROM measured")
                    .columns()[0];
            String ofArray = SESSION.sql("SELECT soft_quantile(x, " + constants + ") FROM VALUES (array(1D)) AS t(x)")
                    .columns()[0];
            assertThat(ofGroup.replace("_agg(", "(")).isEqualTo(ofArray);
        }
    }

    private static Object first(String query) {
        return SESSION.sql("SELECT " + query).first().get(0);
    }

    @Test
    void arguments() {
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_topk_agg(x, g) FROM measured"))
                .hasMessageContaining("soft_topk_agg: k must be a constant, got 'g'");
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_max_agg(x, temperature => 2) FROM measured"))
                .hasMessageContaining("temperature")
                .hasMessageContaining("`softness`");
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_quantile_agg(x) FROM measured"))
                .hasMessageContaining("`q` is required");
        assertThatThrownBy(() ->
                        SESSION.sql("SELECT soft_sort_agg(x, mode => 'c0', method => 'smooth_sort') FROM measured"))
                .hasMessageContaining(
                        "soft_sort_agg: mode must be 'smooth' or 'hard' with method 'smooth_sort', got 'c0'");
        assertThat(SESSION.sql(
                                "SELECT soft_topk_agg(x, 1 + 1), soft_max_agg(DISTINCT x, missing => 'null') FROM measured")
                        .columns())
                .containsExactly("soft_topk_agg(x, (1 + 1))", "soft_max_agg(DISTINCT x, missing => null)");
        Dataset<Row> twice = SESSION.sql("SELECT soft_max_agg(x) AS a, soft_max_agg(x) + 1 AS b FROM measured");
        String plan = twice.queryExecution().optimizedPlan().toString();
        assertThat(plan).contains("soft_max_agg(x#");
        assertThat(twice.queryExecution().executedPlan().toString()).contains("ObjectHashAggregate");
        assertThat(twice.first().getDouble(1)).isEqualTo(twice.first().getDouble(0) + 1);
    }

    @Test
    void columnsDoWhatSqlDoes() {
        SoftColumns soft = SoftColumns.of(SOFT.with(Mode.C1)).with(Missing.IGNORE_NAN);
        Column inGroup = soft.aggregate(Extremum.MAX, col("x")).over(Window.partitionBy("g"));
        List<Row> columns = SESSION.table("measured")
                .groupBy("g")
                .agg(
                        soft.aggregate(Ordering.TOPK, col("x"), 3),
                        soft.aggregate(Quantile.QUANTILE, col("x"), 0.3),
                        soft.aggregate(Logic.ANY, col("c").equalTo("a")))
                .orderBy("g")
                .collectAsList();
        String choice = "softness => 0.2D, mode => 'c1', missing => 'ignore_nan')";
        assertThat(columns)
                .isEqualTo(SESSION.sql("SELECT g, soft_topk_agg(x, 3, " + choice + ", soft_quantile_agg(x, 0.3D, "
                                + choice + ", soft_any_agg(c = 'a') FROM measured GROUP BY g ORDER BY g")
                        .collectAsList());
        assertThat(SESSION.table("measured").select(inGroup).collectAsList())
                .containsExactlyInAnyOrderElementsOf(
                        SESSION.sql("SELECT soft_max_agg(x, " + choice + " OVER (PARTITION BY g) FROM measured")
                                .collectAsList());
        assertThatThrownBy(() -> soft.aggregate(Ordering.RANK, col("x"))).hasMessageContaining("got 'rank'");
    }

    @Test
    void whatFailsIsToldInTheFunctionsName() {
        SqlFunction function = new SqlFunction(Unsolvable.operator(), SqlFunction.Kind.AGGREGATE);
        SoftAggregate aggregate =
                new SoftAggregate(function, new int[] {0}, List.of(new Literal(1.5, DataTypes.DoubleType)));
        GroupValues group = aggregate.update(aggregate.createAggregationBuffer(), null);
        assertThatThrownBy(() -> aggregate.eval(group))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("soft_unsolvable_agg: transport: did not converge within 7 iterations"
                        + "; another method or a larger softness may have a result");
    }
}
