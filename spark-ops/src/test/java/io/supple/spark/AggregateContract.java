// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.supple.Case;
import io.supple.Cases;
import io.supple.Catalogue;
import io.supple.Method;
import io.supple.Mode;
import io.supple.Operator;
import io.supple.Param;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every aggregate gives what its operator gives for the sorted values of the group, bit for bit, however rows come. */
class AggregateContract {

    private static final SparkSession SESSION = Sessions.shared();

    static List<SqlFunction> aggregates() {
        return SqlFunction.aggregates();
    }

    // ---- which there are

    @Test
    void thoseOfTheContractAndNoIndexAmongThem() {
        assertThat(aggregates().stream().map(SqlFunction::name))
                .contains(
                        "soft_max_agg",
                        "soft_min_agg",
                        "soft_quantile_agg",
                        "soft_median_agg",
                        "soft_topk_agg",
                        "soft_sort_agg",
                        "soft_all_agg",
                        "soft_any_agg")
                .doesNotContain("soft_argmax_agg", "soft_rank_agg", "soft_permutation_agg", "soft_sort_by_agg")
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> new SqlFunction(Catalogue.operator("rank"), SqlFunction.Kind.AGGREGATE))
                .hasMessageContaining("must be one of [")
                .hasMessageContaining("got 'rank'");
    }

    /**
     * That is what makes them aggregates. The last digits are another matter, and so is the sorting network, whose soft
     * swaps depend on where the values enter it: both are why values are sorted.
     */
    @ParameterizedTest
    @MethodSource("aggregates")
    void operatorsDoNotSeeTheOrder(SqlFunction function) {
        for (Case c : SqlCases.of(function.operator())) {
            if (c.soft().mode() != Mode.HARD && c.soft().method() == Method.SORTING_NETWORK) continue;
            double[] list = c.data()[0].data();
            double[] reversed = new double[list.length];
            for (int i = 0; i < list.length; i++) reversed[i] = list[list.length - 1 - i];
            double[] one = c.value().data();
            double[] other = c.with(Tensor.of(reversed)).value().data();
            for (int i = 0; i < one.length; i++) {
                assertThat(other[i]).as(c + " " + i).isCloseTo(one[i], within(1e-9));
            }
        }
    }

    // ---- what they give

    @ParameterizedTest
    @MethodSource("aggregates")
    void everyChoiceOnEveryGroup(SqlFunction function) {
        List<Case> cases = SqlCases.of(function.operator());
        boolean truth = function.operator().data().get(0).form().truth();
        double[] usual = cases.get(0).data()[0].data();
        double[][] groups = truth
                ? new double[][] {usual, {0.5, 1, 0.5, 0, 0.25}, {0.7}}
                : new double[][] {usual, {0.0, 3.5, -0.0, 3.5, -2, 1.25}, {-7.5}};
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < usual.length; i++) {
            for (int g = 0; g < groups.length; g++) {
                if (i < groups[g].length) rows.add("(" + g + ", " + groups[g][i] + "D)");
            }
            rows.add("(" + i % groups.length + ", NULL)");
        }
        String table = " FROM VALUES " + String.join(", ", rows) + " AS t(g, x)";
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) expressions.add(sql(cases.get(i)) + " AS v" + i);
        List<Row> results = SESSION.sql("SELECT " + String.join(", ", expressions) + table + " GROUP BY g ORDER BY g")
                .collectAsList();
        assertThat(results).hasSize(groups.length);
        for (int g = 0; g < groups.length; g++) {
            double[] sorted = Arrays.stream(groups[g]).sorted().toArray();
            for (int i = 0; i < cases.size(); i++) {
                Case c = atMost(cases.get(i).with(Tensor.of(sorted)), sorted.length);
                assertThat(SqlCases.numbers(results.get(g).get(i)))
                        .as(c + " group " + g)
                        .isEqualTo(c.value().data());
            }
        }
    }

    private static String sql(Case c) {
        String call = SqlCases.sql(c, false);
        int open = call.indexOf('(');
        return call.substring(0, open) + "_agg" + call.substring(open);
    }

    /** The call with counts that the list can give, as SQL does it. */
    private static Case atMost(Case c, int n) {
        List<Object> arguments = new ArrayList<>(c.arguments());
        for (int i = 0; i < arguments.size(); i++) {
            boolean count = c.operator().params().get(i) instanceof Param.Count;
            if (count) arguments.set(i, Math.min((Integer) arguments.get(i), n));
        }
        return new Case(c.operator(), c.soft(), arguments);
    }

    /** Aggregates beside the array functions of the sorted collected list, with the sample's other arguments. */
    private static String beside(String table, String grouping) {
        List<String> columns = new ArrayList<>();
        for (SqlFunction function : aggregates()) {
            columns.add(call(function, function.name(), column(function)) + " AS " + function.operator());
            String list = "sort_array(collect_list(CAST(" + column(function) + " AS DOUBLE)))";
            columns.add(
                    call(function, SqlFunction.PREFIX + function.operator(), list) + " AS list_" + function.operator());
        }
        return "SELECT " + String.join(", ", columns) + " FROM " + table + grouping;
    }

    private static String column(SqlFunction function) {
        return function.operator().data().get(0).form().truth() ? "abs(sin(x))" : "x";
    }

    private static String call(SqlFunction function, String name, String data) {
        List<String> arguments = new ArrayList<>(List.of(data));
        for (Param param : function.params()) {
            boolean own = !(param instanceof Param.Data) && !SqlFunction.optional(param);
            if (own) arguments.add(Sample.sql(function, param));
        }
        return name + "(" + String.join(", ", arguments) + ")";
    }

    private static void assertBeside(Dataset<Row> results) {
        List<Row> rows = results.collectAsList();
        assertThat(rows).isNotEmpty();
        for (Row row : rows) {
            for (int i = 0; i < aggregates().size(); i++) {
                assertThat(row.get(2 * i))
                        .as(results.columns()[2 * i] + " of " + row)
                        .isEqualTo(row.get(2 * i + 1));
            }
        }
    }

    private static final String ROWS =
            "(SELECT id, id % 23 AS g, IF(id % 11 = 3, NULL, sin(id * id) * (1 + id % 5)) AS x" + " FROM range(700))";

    @Test
    void asTheArrayFunctionOfTheGroup() {
        assertBeside(SESSION.sql(beside(ROWS, " GROUP BY g")));
        assertBeside(SESSION.sql(beside(ROWS, "")));
        assertBeside(SESSION.sql(beside(ROWS, " GROUP BY ROLLUP (g, id % 2)")));
    }

    @Test
    void asTheArrayFunctionOfNothing() {
        assertBeside(SESSION.sql(beside("(SELECT 1.0D AS x)", " WHERE x > 2")));
        assertBeside(SESSION.sql(beside("VALUES (1, CAST(NULL AS DOUBLE)) AS t(g, x)", " GROUP BY g")));
        assertThat(SESSION.sql("SELECT soft_max_agg(x), soft_median_agg(x), soft_quantile_agg(x, 0.5),"
                                + " soft_sort_agg(x), soft_topk_agg(x, 2), soft_all_agg(x), soft_any_agg(x),"
                                + " soft_max_agg(NULL) FROM VALUES (1D) t(x) WHERE x > 2")
                        .first()
                        .toString())
                .isEqualTo("[null,null,null,ArraySeq(),ArraySeq(),1.0,0.0,null]");
    }

    // ---- however the rows come

    @Test
    void partitionsAndOrderOfRowsDoNotShow() {
        Dataset<Row> rows = SESSION.sql("SELECT * FROM " + ROWS);
        List<Row> data = new ArrayList<>(rows.collectAsList());
        List<Row> expected = null;
        for (int partitions : new int[] {1, 2, 7, 200}) {
            Collections.shuffle(data, new Random(partitions));
            SESSION.createDataFrame(data, rows.schema()).repartition(partitions).createOrReplaceTempView("shuffled");
            List<Row> results =
                    SESSION.sql(beside("shuffled", " GROUP BY g ORDER BY g")).collectAsList();
            if (expected == null) expected = results;
            assertThat(results).hasSize(23).isEqualTo(expected);
        }
    }

    @Test
    void fallingBackOnSorting() {
        String query = beside(ROWS, " GROUP BY g ORDER BY g");
        List<Row> expected = SESSION.sql(query).collectAsList();
        Runnable falling = () -> {
            Dataset<Row> results = SESSION.sql(query);
            assertThat(results.collectAsList()).isEqualTo(expected);
            assertThat(fellBack(results.queryExecution().executedPlan())).isPositive();
        };
        // supple features, run in this session by another test, turns the hash map off
        with("spark.sql.execution.useObjectHashAggregateExec", "true", () -> {
            with("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "1", () -> {
                with("spark.sql.adaptive.enabled", "false", falling);
            });
        });
        with("spark.sql.execution.useObjectHashAggregateExec", "false", () -> {
            assertThat(SESSION.sql(query).collectAsList()).isEqualTo(expected);
        });
    }

    private static long fellBack(SparkPlan plan) {
        long tasks = 0;
        if (plan.metrics().contains("numTasksFallBacked")) {
            tasks += plan.metrics().apply("numTasksFallBacked").value();
        }
        for (SparkPlan child : Scala.list(plan.children())) tasks += fellBack(child);
        return tasks;
    }

    private static void with(String setting, String value, Runnable check) {
        SESSION.conf().set(setting, value);
        try {
            check.run();
        } finally {
            SESSION.conf().unset(setting);
        }
    }

    // ---- help and refusals

    @ParameterizedTest
    @MethodSource("aggregates")
    void helpIsCompleteAndItsExampleRuns(SqlFunction function) {
        String text = SESSION.sql("DESCRIBE FUNCTION EXTENDED " + function.name())
                .collectAsList()
                .toString();
        assertThat(text)
                .contains("Usage: " + function.name() + "(")
                .contains(function.operator().meaning().substring(1));
        for (Param param : function.params()) assertThat(text).contains("* " + param.name() + " - ");
        String query = Sample.query(function);
        String call = Sample.sql(function);
        assertThat(query).startsWith(call + " FROM VALUES (");
        String printed = SESSION.sql("SELECT CAST(" + call + " AS STRING)" + query.substring(call.length()))
                .first()
                .getString(0);
        assertThat(text).contains("> SELECT " + query + ";\n       " + printed + "\n");
    }

    @ParameterizedTest
    @MethodSource("aggregates")
    void badConstants(SqlFunction function) {
        Param element = function.params().get(0);
        for (Param param : function.params()) {
            List<String> bad = new ArrayList<>(SqlContract.bad(param));
            if (param == element) bad.addAll(List.of("array(1D)", "DATE '2024-01-01'", "INTERVAL 1 DAY"));
            if (param != element && !(param instanceof Param.Data)) bad.add(element.name() + " + 1");
            for (String value : bad) {
                boolean varies = value.startsWith(element.name() + " ");
                String query = "SELECT " + SqlContract.with(Sample.sql(function), function, param, value)
                        + " FROM VALUES (1D) AS t(" + element.name() + ")";
                assertThatThrownBy(() -> SESSION.sql(query))
                        .as(query)
                        .isInstanceOf(AnalysisException.class)
                        .hasMessageContaining(function.name() + ": " + param.name() + " must be "
                                + (varies ? "a constant, got the expression" : param.allowed()));
            }
        }
    }

    @Test
    void ofEveryNumericType() {
        for (String type : List.of(
                "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "DECIMAL(5, 2)", "DECIMAL(38, 10)")) {
            for (String ansi : List.of("true", "false")) {
                with("spark.sql.ansi.enabled", ansi, () -> {
                    String table = "(SELECT CAST(v AS " + type + ") AS x FROM VALUES (3), (1), (2), (NULL) t(v))";
                    assertThat(SESSION.sql("SELECT soft_sort_agg(x, softness => 0.3D), soft_median_agg(x) FROM "
                                            + table)
                                    .first())
                            .as(type)
                            .isEqualTo(SESSION.sql("SELECT soft_sort(array(1D, 2D, 3D), softness => 0.3D),"
                                            + " soft_median(array(1D, 2D, 3D))")
                                    .first());
                });
            }
        }
        Row truths = SESSION.sql("SELECT soft_all_agg(b), soft_any_agg(p => b), soft_all_agg(NOT b) FROM"
                        + " VALUES (true), (false), (NULL) t(b)")
                .first();
        assertThat(truths.toString()).isEqualTo("[0.0,1.0,0.0]");
        assertThatThrownBy(() -> SESSION.sql("SELECT soft_max_agg(b) FROM VALUES (true) t(b)"))
                .hasMessageContaining("soft_max_agg: x must be a number, one for each row, got 'b' of type BOOLEAN");
    }

    @Test
    void casesCoverEveryMethodAndMode() {
        Operator quantile = Catalogue.operator("quantile");
        String choices = SqlCases.of(quantile).stream().map(Case::toString).collect(Collectors.joining("\n"));
        for (Object method : Cases.methods(quantile)) assertThat(choices).contains(" " + method + " ");
        for (Mode mode : Mode.values()) assertThat(choices).contains(" " + mode + " ");
    }
}
