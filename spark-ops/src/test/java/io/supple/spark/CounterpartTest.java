// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.ApprovedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.collection.Seq;

/**
 * Spark's functions and their soft counterparts in mode hard, on random lists with equal elements, NULL and NaN: equal, or
 * different for those lists that docs/counterparts.md names.
 */
class CounterpartTest {

    private static final Path DOCUMENT = Path.of("../docs/counterparts.md");

    private static final SparkSession RANDOM = Sessions.shared().newSession();
    private static final SparkSession EXAMPLE = Sessions.shared().newSession();

    private static final double TOLERANCE = 1e-12; // percentiles are interpolated in another order of operations

    /**
     * A pair.
     *
     * @param spark an expression of the columns of lists, or a query of id and value
     * @param soft its counterpart
     * @param unless for which lists they may differ, as SQL; "false": for none
     * @param difference how they differ there
     */
    private record Pair(String spark, String soft, String unless, String difference) {
        @Override
        public String toString() {
            return spark + " : " + soft;
        }
    }

    private static Pair equal(String spark, String soft) {
        return new Pair(spark, soft, "false", "equal");
    }

    static List<Pair> pairs() {
        String places =
                " FROM lists LATERAL VIEW posexplode(soft_rank(x, mode => 'hard')) AS pos, r WHERE r IS NOT NULL"
                        + " ORDER BY id, pos";
        return List.of(
                equal("sort_array(x)", "soft_sort(x, mode => 'hard')"),
                equal("sort_array(x, false)", "soft_sort(x, true, mode => 'hard')"),
                new Pair(
                        "array_sort(x)",
                        "soft_sort(x, mode => 'hard')",
                        "exists(x, v -> v IS NULL)",
                        "NULL: last for `array_sort`, first here as for `sort_array`"),
                equal("array_max(x)", "soft_max(x, mode => 'hard')"),
                equal("array_min(x)", "soft_min(x, mode => 'hard')"),
                equal(
                        "SELECT id, row_number() OVER (PARTITION BY id ORDER BY v DESC, pos) FROM elements"
                                + " WHERE v IS NOT NULL ORDER BY id, pos",
                        "SELECT id, r" + places),
                new Pair(
                        "SELECT id, rank() OVER (PARTITION BY id ORDER BY v DESC) FROM elements"
                                + " WHERE v IS NOT NULL ORDER BY id, pos",
                        "SELECT id, r" + places,
                        "size(array_distinct(array_compact(x))) < size(array_compact(x))",
                        "equal elements: one rank for all in `rank`, one after the other here, as in `row_number`"),
                new Pair(
                        "slice(sort_array(x, false), 1, k)",
                        "soft_topk(x, k, mode => 'hard')",
                        "size(array_compact(x)) < k",
                        "fewer than k elements: no NULL here"),
                equal(
                        "SELECT id, percentile(v, 0.3D) FROM elements GROUP BY id ORDER BY id",
                        "soft_quantile(x, 0.3D, mode => 'hard')"),
                new Pair(
                        "SELECT id, percentile(v, array(0.25D, 0.5D)) FROM elements GROUP BY id ORDER BY id",
                        "soft_quantile(x, array(0.25D, 0.5D), mode => 'hard')",
                        "size(array_compact(x)) = 0",
                        "no elements: NULL for `percentile`, an array of NULL here"),
                equal(
                        "SELECT id, median(v) FROM elements GROUP BY id ORDER BY id",
                        "soft_quantile(x, 0.5D, mode => 'hard')"),
                new Pair(
                        "SELECT id, median(v) FROM elements GROUP BY id ORDER BY id",
                        "soft_median(x, mode => 'hard')",
                        "size(array_compact(x)) % 2 = 0",
                        "an even number of elements: the mean of the two in the middle for `median`, the lower here"),
                new Pair(
                        "array_position(x, array_max(x))",
                        "array_position(soft_argmax(x, mode => 'hard'), 1D)",
                        "size(array_compact(x)) = 0",
                        "no elements: NULL for Spark; here no place has all the weight"),
                new Pair(
                        "array_position(x, array_min(x))",
                        "array_position(soft_argmin(x, mode => 'hard'), 1D)",
                        "size(array_compact(x)) = 0",
                        "as above"),
                equal("double(a > b)", "soft_greater(a, b, mode => 'hard')"),
                equal("double(a >= b)", "soft_greater_equal(a, b, mode => 'hard')"),
                equal("double(a < b)", "soft_less(a, b, mode => 'hard')"),
                equal("double(a <= b)", "soft_less_equal(a, b, mode => 'hard')"),
                equal("double(a = b)", "soft_eq(a, b, mode => 'hard')"),
                equal("double(a != b)", "soft_not_equal(a, b, mode => 'hard')"),
                new Pair(
                        "double(c AND d)",
                        "soft_logical_and(c, d)",
                        "c IS NULL OR d IS NULL",
                        "NULL: here always NULL, for Spark false where the other is false"),
                new Pair(
                        "double(c OR d)",
                        "soft_logical_or(c, d)",
                        "c IS NULL OR d IS NULL",
                        "NULL: here always NULL, for Spark true where the other is true"),
                equal("double(NOT c)", "soft_logical_not(c)"),
                equal("double(c != d)", "soft_logical_xor(c, d)"),
                new Pair(
                        "SELECT id, double(every(t)) FROM truths GROUP BY id ORDER BY id",
                        "soft_all(p)",
                        "size(array_compact(p)) = 0",
                        "no elements: NULL for `every`, 1 here"),
                new Pair(
                        "SELECT id, double(some(t)) FROM truths GROUP BY id ORDER BY id",
                        "soft_any(p)",
                        "size(array_compact(p)) = 0",
                        "no elements: NULL for `some`, 0 here"),
                new Pair(
                        "IF(c, a, b)",
                        "soft_where(c, a, b)",
                        "c IS NULL OR a IS NULL OR b IS NULL OR isnan(a) OR isnan(b)",
                        "NULL and NaN: here in any argument, for Spark only in the one taken; a NULL condition is false for Spark"),
                equal("abs(a)", "soft_abs(a, mode => 'hard')"),
                equal("sign(a)", "soft_sign(a, mode => 'hard')"),
                equal("bround(a)", "soft_round(a, mode => 'hard')"),
                new Pair(
                        "round(a)",
                        "soft_round(a, mode => 'hard')",
                        "abs(a) % 1 = 0.5",
                        "halves: away from 0 for `round`, to the even number here, as for `bround`"),
                new Pair(
                        "least(greatest(a, -1D), 1D)",
                        "soft_clamp(a, -1D, 1D, mode => 'hard')",
                        "a IS NULL OR isnan(a)",
                        "NULL and NaN: here they stay; `greatest` and `least` skip NULL, and NaN is larger than all"),
                new Pair(
                        "element_at(z, 2)",
                        "soft_index_select(z, array(0D, 1D, 0D, 0D))",
                        "exists(z, v -> v IS NULL OR isnan(v))",
                        "NULL: left out here, so 0 if it is the one; NaN: here in any element"),
                new Pair(
                        "slice(z, 2, 2)",
                        "soft_narrow(z, array(0D, 1D, 0D, 0D), 2)",
                        "exists(z, v -> v IS NULL OR isnan(v))",
                        "as above"));
    }

    @BeforeAll
    static void tables() throws IOException {
        Random random = new Random(20130308);
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < 500; id++) {
            rows.add(RowFactory.create(
                    id,
                    numbers(random, random.nextInt(7)),
                    numbers(random, 4),
                    truths(random, random.nextInt(4)),
                    1 + random.nextInt(4),
                    number(random),
                    number(random),
                    truth(random),
                    truth(random)));
        }
        StructType schema = StructType.fromDDL("id INT, x ARRAY<DOUBLE>, z ARRAY<DOUBLE>, p ARRAY<BOOLEAN>, k INT,"
                + " a DOUBLE, b DOUBLE, c BOOLEAN, d BOOLEAN");
        RANDOM.createDataFrame(rows, schema).createOrReplaceTempView("lists");
        String text = Files.readString(DOCUMENT);
        String begin = "```sql\n";
        int from = text.indexOf(begin) + begin.length();
        List<String> views =
                List.of(text.substring(from, text.indexOf("```", from)).strip().split(";", -1));
        for (String view : views) {
            if (view.isBlank()) continue;
            EXAMPLE.sql(view);
            if (!view.contains("VIEW lists")) RANDOM.sql(view);
        }
    }

    private static Double number(Random random) {
        int kind = random.nextInt(12);
        if (kind == 0) return null;
        return kind == 1 ? Double.valueOf(Double.NaN) : Double.valueOf((random.nextInt(11) - 5) / 2.0);
    }

    private static Boolean truth(Random random) {
        int kind = random.nextInt(5);
        return kind == 0 ? null : Boolean.valueOf(kind < 3);
    }

    private static Seq<Double> numbers(Random random, int n) {
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < n; i++) numbers.add(number(random));
        return Scala.seq(numbers);
    }

    private static Seq<Boolean> truths(Random random, int n) {
        List<Boolean> truths = new ArrayList<>();
        for (int i = 0; i < n; i++) truths.add(truth(random));
        return Scala.seq(truths);
    }

    private static String query(String side) {
        return side.startsWith("SELECT") ? side : "SELECT id, " + side + " FROM lists ORDER BY id";
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void equalButWhereTheDocumentSays(Pair pair) {
        List<Row> spark = RANDOM.sql(query(pair.spark())).collectAsList();
        List<Row> soft = RANDOM.sql(query(pair.soft())).collectAsList();
        Set<Object> excepted = RANDOM.sql("SELECT id FROM lists WHERE " + pair.unless()).collectAsList().stream()
                .map(row -> row.get(0))
                .collect(Collectors.toSet());
        assertThat(soft).hasSameSizeAs(spark).hasSizeGreaterThan(400);
        int differences = 0;
        for (int i = 0; i < spark.size(); i++) {
            Row theirs = spark.get(i);
            Row ours = soft.get(i);
            assertThat(ours.get(0)).isEqualTo(theirs.get(0));
            boolean same = same(theirs.get(1), ours.get(1));
            if (!same) differences++;
            if (!excepted.contains(ours.get(0))) {
                assertThat(same).as(theirs + " against " + ours).isTrue();
            }
        }
        assertThat(differences > 0)
                .as("there are differences")
                .isEqualTo(!pair.unless().equals("false"));
    }

    private static boolean same(Object theirs, Object ours) {
        if (theirs == null || ours == null) return theirs == ours;
        if (theirs instanceof Seq<?> a && ours instanceof Seq<?> b) {
            boolean same = a.length() == b.length();
            for (int i = 0; same && i < a.length(); i++) same = same(a.apply(i), b.apply(i));
            return same;
        }
        double a = ((Number) theirs).doubleValue();
        double b = ((Number) ours).doubleValue();
        return a == b || (Double.isNaN(a) && Double.isNaN(b)) || Math.abs(a - b) <= TOLERANCE * Math.abs(a);
    }

    @Test
    void theDocumentsExamplesPrintWhatItSays() throws IOException {
        List<String> columns = List.of("Supple", "Spark prints", "Supple prints", "equal?");
        String table = ApprovedTable.of(
                "Spark",
                columns,
                pairs(),
                pair -> List.of(
                        "`" + pair.spark() + "`",
                        "`" + pair.soft() + "`",
                        printed(pair.spark()),
                        printed(pair.soft()),
                        pair.difference()));
        ApprovedTable.check("counterparts.md", "counterparts", table);
    }

    private static String printed(String side) {
        return EXAMPLE.sql(query(side)).toDF("id", "value").selectExpr("CAST(value AS STRING)").collectAsList().stream()
                .map(row -> row.isNullAt(0) ? "NULL" : row.getString(0))
                .collect(Collectors.joining(", "));
    }
}
