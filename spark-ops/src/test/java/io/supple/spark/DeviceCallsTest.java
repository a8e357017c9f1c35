// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Operator;
import io.supple.Param;
import io.supple.device.Devices;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that a device computes in batches give what they give row by row, and leave everything else as it was. */
class DeviceCallsTest {

    private static final SparkSession SESSION = Sessions.shared();
    private static final String COUNTING = "counting";

    /** Lists of many lengths, with NULL, NaN, infinite and no elements, and NULL ones, in five partitions, two of them empty. */
    private static final String LISTS = """
            SELECT id, CASE WHEN id % 11 = 3 THEN NULL WHEN id % 13 = 5 THEN array() ELSE
                transform(sequence(1, 1 + int(id % 9)), i -> CASE
                    WHEN (id + i) % 17 = 4 THEN NULL WHEN (id + 2 * i) % 29 = 7 THEN double('nan')
                    WHEN (id + i) % 53 = 11 THEN double('inf') ELSE (i * i * 0.37D + id * 0.11D) % 3 - 1 END) END AS x,
                CASE WHEN id % 19 = 2 THEN NULL ELSE id * 0.013D END AS number,
                transform(sequence(1, 1 + int(id % 9)), i -> i * 0.3D - 1) AS upstream
            FROM range(0, 200, 1, 3)""";

    @BeforeEach
    void smallBatches() {
        SESSION.conf().set(DeviceCalls.BATCH, "64");
        StandIn.BATCHES.set(0);
        StandIn.ROWS.set(0);
    }

    @AfterEach
    void nothingIsLeftOpen() throws InterruptedException {
        SESSION.conf().unset(DeviceCalls.BATCH);
        StandIn.awaitClosed();
    }

    private static Dataset<Row> lists() {
        Dataset<Row> empty = SESSION.sql(LISTS).filter("id < 0").repartition(2);
        return SESSION.sql(LISTS).union(empty);
    }

    private static Dataset<Row> onDevice(Dataset<Row> projected) {
        return DeviceCalls.of(projected, COUNTING);
    }

    static List<Operator> operators() {
        return SqlFunction.all().stream()
                .map(SqlFunction::operator)
                .distinct()
                .filter(operator ->
                        operator.data().stream().noneMatch(data -> data.form().nested()))
                .filter(operator -> !operator.random())
                .filter(operator -> operator.relaxes()
                        && operator.differentiable().size() == operator.data().size())
                .filter(operator ->
                        operator.data().stream().noneMatch(data -> data.form().truth()))
                .filter(operator -> operator.data().size() < 3
                        && operator.data().stream()
                                .skip(1)
                                .noneMatch(data -> data.form().list()))
                .toList();
    }

    private static String call(Operator operator, boolean vjp, String missing) {
        List<String> arguments = new ArrayList<>(List.of("x"));
        if (operator.data().size() == 2) arguments.add("number");
        for (Param param : operator.params()) {
            if (param instanceof Param.Data || !param.required()) continue;
            arguments.add(param.name() + " => " + (param instanceof Param.Level ? "0.3" : "2"));
        }
        arguments.add("missing => '" + missing + "'");
        SqlFunction function = new SqlFunction(operator, vjp);
        return function.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** Values of every operator, whatever elements are missing; those without a kernel are left to Spark. */
    @ParameterizedTest
    @MethodSource("operators")
    void valuesAreTheSame(Operator operator) {
        List<String> select = new ArrayList<>(List.of("id", "x"));
        for (String missing : List.of("ignore", "ignore_nan", "null")) {
            select.add(call(operator, false, missing) + " AS `" + missing + "`");
        }
        Dataset<Row> projected = lists().selectExpr(select.toArray(String[]::new));
        Dataset<Row> computed = onDevice(projected);
        assertThat(computed.schema()).isEqualTo(projected.schema());
        Near.assertSame(computed.collectAsList(), projected.collectAsList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "soft_rank_vjp(x, upstream, method => 'softsort')",
                "soft_sort_vjp(x, upstream, method => 'softsort', missing => 'ignore_nan')",
                "soft_max_vjp(x, 0.5D, method => 'softsort', softness => 0.3)",
                "soft_median_vjp(x, method => 'fast_soft_sort', mode => 'c0')",
                "soft_greater_vjp(x, number, upstream)",
                "soft_round_vjp(x, upstream, missing => 'ignore_nan')",
                "soft_topk(x, 3, method => 'softsort')",
                "soft_quantile(x, array(0.1D, 0.9D), method => 'softsort')",
            })
    void gradientsAreTheSame(String call) {
        Dataset<Row> rows = lists().filter("x IS NULL OR size(x) = size(upstream)");
        Dataset<Row> projected = rows.selectExpr("id", call + " AS r");
        List<Row> expected = projected.collectAsList();
        Near.assertSame(onDevice(projected).collectAsList(), expected);
        assertThat(StandIn.ROWS.get()).isGreaterThan(60);
        assertThat(StandIn.BATCHES.get()).isGreaterThan(5).isLessThan(40);
    }

    /** To the last bit: a gradient of one number is a sum of as many as the list has. */
    @Test
    void sumsAreTheSame() {
        Dataset<Row> projected = SESSION.range(60)
                .selectExpr("id", "transform(sequence(1, 40), i -> tan(i * 0.7D + id)) AS x")
                .selectExpr("soft_clamp_vjp(x, 0.1D, 2D, x) AS c", "soft_greater_vjp(x, 0.5D, x) AS g");
        assertThat(onDevice(projected).collectAsList().toString())
                .isEqualTo(projected.collectAsList().toString());
        assertThat(StandIn.ROWS).hasValue(120);
    }

    /** A call inside arithmetic, fields and casts is found; in a condition it stays, as it may not be computed at all. */
    @Test
    void callsAreFoundWhereTheyAreAlwaysComputed() {
        Dataset<Row> projected = lists().selectExpr(
                        "soft_rank_vjp(x, x, method => 'softsort').grad_x AS g",
                        "soft_rank_vjp(x, x, method => 'softsort').value AS y",
                        "CAST(2 * soft_median(x, method => 'softsort') + id AS FLOAT) AS m",
                        "CASE WHEN size(x) > 3 THEN soft_max(x, method => 'softsort') END AS c",
                        "soft_topk(x, int(1 + id % 3), method => 'softsort') AS varying",
                        "soft_sort(x, method => 'ot') AS without");
        List<Row> expected = projected.collectAsList();
        Dataset<Row> computed = onDevice(projected);
        Near.assertSame(computed.collectAsList(), expected);
        String plan = computed.queryExecution().optimizedPlan().toString();
        assertThat(plan)
                .containsPattern("Generate .*\\[soft_rank_vjp\\([^\\n]*, soft_median\\([^\\n]*\\] on device counting");
        assertThat(plan.split("on device", -1)).hasSize(2);
    }

    /** Whatever its type or name, and bytes that are no text. */
    @Test
    void otherColumnsAreAsTheyWere() {
        Metadata metadata = new MetadataBuilder().putString("unit", "minutes").build();
        Dataset<Row> rows = SESSION.sql("SELECT array(3D, 1D, 2D + id) AS x, id AS `a.b`, id + 1 AS `a.b`,"
                        + " CAST(unhex('ff00c3') AS STRING) AS broken, map('k', id) AS m, struct(id, array(id)) AS s,"
                        + " TIMESTAMP '1500-01-01 00:00:00.123456' AS t, DATE '0001-01-01' AS d,"
                        + " INTERVAL '1' YEAR AS y, INTERVAL '2' HOUR AS h, 1.25BD AS dec, CAST(NULL AS INT) AS n,"
                        + " X'00ff' AS bytes FROM range(0, 40, 1, 2)")
                .withColumn("with", expr("x").as("with", metadata));
        Dataset<Row> projected =
                rows.select(col("*"), expr("soft_rank(x, method => 'softsort')").as("r", metadata));
        Dataset<Row> computed = onDevice(projected);
        assertThat(computed.schema()).isEqualTo(projected.schema());
        assertThat(computed.schema().apply("with").metadata()).isEqualTo(metadata);
        assertThat(computed.schema().apply("r").metadata()).isEqualTo(metadata);
        Near.assertSame(
                computed.selectExpr("r", "hex(broken)", "m", "s", "t", "d", "y", "h", "dec", "n", "bytes")
                        .collectAsList(),
                projected
                        .selectExpr("r", "hex(broken)", "m", "s", "t", "d", "y", "h", "dec", "n", "bytes")
                        .collectAsList());
        assertThat(computed.columns()).isEqualTo(projected.columns());
    }

    /** Several partitions in one task, a batch that never fills, one row in each batch, a column that is used later. */
    @Test
    void howRowsArePartitionedAndBatchedDoesNotMatter() {
        Dataset<Row> projected = lists().selectExpr("id", "soft_rank(x, method => 'softsort') AS r");
        List<Row> expected = projected.orderBy("id").collectAsList();
        for (String batch : List.of("1", "7", "1000000")) {
            SESSION.conf().set(DeviceCalls.BATCH, batch);
            Dataset<Row> computed = onDevice(projected);
            Near.assertSame(computed.orderBy("id").collectAsList(), expected);
            Near.assertSame(computed.coalesce(1).orderBy("id").collectAsList(), expected);
            Near.assertSame(
                    computed.filter("size(r) > 4").orderBy("id").collectAsList(),
                    projected.filter("size(r) > 4").orderBy("id").collectAsList());
            assertThat(computed.join(computed.withColumnRenamed("r", "s"), "id").count())
                    .isEqualTo(expected.size());
        }
    }

    /** Two columns of one task share a session; a limit and a failure end it too. */
    @Test
    void sessionsEndWithTheirTask() throws InterruptedException {
        int before = StandIn.SESSIONS.get();
        Dataset<Row> once = onDevice(lists().selectExpr("id", "x", "soft_rank(x, method => 'softsort') AS r"));
        onDevice(once.selectExpr("r", "soft_median(x, method => 'softsort') AS m"))
                .collect();
        assertThat(StandIn.SESSIONS.get() - before)
                .as("one for each task, of 3 with rows")
                .isEqualTo(3);
        assertThat(once.limit(70).count()).isEqualTo(70);
        assertThat(once.takeAsList(2)).hasSize(2);
        StandIn.awaitClosed();
        Dataset<Row> broken = onDevice(once.selectExpr("soft_rank(x, method => 'softsort', missing => 'error') AS r"));
        assertThatThrownBy(broken::collect)
                .hasStackTraceContaining("soft_rank: x must have no NULL elements (missing => 'error'), got 1 of ");
    }

    @Test
    void aDeviceThatFailsLosesNothing() {
        Dataset<Row> projected = lists().selectExpr("id", "soft_rank_vjp(x, x, method => 'softsort') AS r");
        Near.assertSame(DeviceCalls.of(projected, "failing").collectAsList(), projected.collectAsList());
        assertThat(StandIn.BATCHES.get()).isBetween(1, 3);
    }

    @Test
    void autoIsTheOrdinaryPathWhereThereIsNoAccelerator() {
        Dataset<Row> projected = lists().selectExpr("id", "soft_rank_vjp(x, x, method => 'softsort') AS r");
        Near.assertSame(DeviceCalls.of(projected, Devices.AUTO).collectAsList(), projected.collectAsList());
        assertThat(StandIn.BATCHES).hasValue(0);
        assertThat(DeviceCalls.of(projected, Devices.CPU)).isSameAs(projected);
    }

    @Test
    void mistakesAreNamed() {
        Dataset<Row> projected = lists().selectExpr("soft_rank(x, method => 'softsort') AS r");
        assertThatThrownBy(() -> DeviceCalls.of(projected, "none").collect())
                .hasStackTraceContaining(
                        "soft_rank: device: 'none' must be there, got none: 'none' is not on the class path;"
                                + " the kinds here are cpu, auto, counting, failing");
        SESSION.conf().set(DeviceCalls.BATCH, "0");
        assertThatThrownBy(() -> onDevice(projected))
                .hasMessage("spark.supple.device.batch must be a whole number >= 1, got '0'");
        Dataset<Row> upstream = lists().selectExpr("soft_rank_vjp(x, array(1D), method => 'softsort')");
        SESSION.conf().set(DeviceCalls.BATCH, "8");
        assertThatThrownBy(() -> onDevice(upstream).collect())
                .hasStackTraceContaining("soft_rank_vjp: cotangent must be shaped as the value, an array of ");
    }

    /** Nothing that runs row by row is touched: other projections, and functions in SQL. */
    @Test
    void whatIsNotAskedForStays() {
        SESSION.conf().set(DeviceCalls.DEVICE, COUNTING);
        try {
            SESSION.sql("SELECT soft_rank(x, method => 'softsort') FROM (" + LISTS + ")")
                    .collect();
            assertThat(StandIn.BATCHES).hasValue(0);
            assertThat(DeviceCalls.device(SESSION, null)).isEqualTo(COUNTING);
            assertThat(DeviceCalls.device(SESSION, "auto")).isEqualTo("auto");
        } finally {
            SESSION.conf().unset(DeviceCalls.DEVICE);
        }
        Dataset<Row> none = lists().select(col("id"));
        assertThat(onDevice(none)).isSameAs(none);
        Dataset<Row> filtered = lists().filter("id > 3");
        assertThat(onDevice(filtered)).isSameAs(filtered);
        assertThat(DeviceCalls.device(SESSION, null)).isEqualTo("cpu");
    }
}
