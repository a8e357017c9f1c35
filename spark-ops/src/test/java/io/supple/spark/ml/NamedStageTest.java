// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Comparison;
import io.supple.Interpolation;
import io.supple.Method;
import io.supple.Mode;
import io.supple.Soft;
import io.supple.spark.Sessions;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same lists through each named stage, its SQL function and core: the same bits. */
class NamedStageTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static final double[] X = {0.31, -1.2, 2.05, 0.77, 0.13, -0.4};
    private static final double[] Y = {0.3, -1.9, 2.5, 0.2, 0.13, 1.4};
    private static final double[] C = {0.9, 0.2, 1, 0, 0.55, 0.31};

    /** A stage, the call in SQL without the relaxation, and the call in core. */
    record Named(SoftStage<?> stage, String sql, boolean relaxes, BiFunction<Soft, Tensor[], Tensor> core) {
        Named(SoftStage<?> stage, String sql, BiFunction<Soft, Tensor[], Tensor> core) {
            this(stage, sql, true, core);
        }

        @Override
        public String toString() {
            return stage.getClass().getSimpleName() + " " + sql;
        }
    }

    static Stream<Named> stages() {
        List<Named> all = new ArrayList<>(List.of(
                new Named(new SoftSort().setInputCol("x"), "sort(x", (s, t) -> s.sort(t[0])),
                new Named(
                        new SoftSort().setInputCol("x").setDescending(true),
                        "sort(x, descending => true",
                        (s, t) -> s.sort(t[0], true)),
                new Named(
                        new SoftArgsort().setInputCol("x").setDescending(true),
                        "argsort(x, descending => true",
                        (s, t) -> s.argsort(t[0], true)),
                new Named(
                        new SoftRank().setInputCol("x").setDescending(false),
                        "rank(x, descending => false",
                        (s, t) -> s.rank(t[0], false)),
                new Named(new SoftTopK().setInputCol("x").setK(2), "topk(x, 2", (s, t) -> s.topk(t[0], 2)),
                new Named(
                        new SoftQuantile().setInputCol("x").setQ(0.3),
                        "quantile(x, 0.3D",
                        (s, t) -> s.quantile(t[0], 0.3)),
                new Named(
                        new SoftQuantile().setInputCol("x").setQ(0.3).setInterpolation("higher"),
                        "quantile(x, 0.3D, interpolation => 'higher'",
                        (s, t) -> s.quantile(t[0], 0.3, Interpolation.HIGHER, null, false)),
                new Named(new SoftMax().setInputCol("x"), "max(x", (s, t) -> s.max(t[0])),
                new Named(new SoftMin().setInputCol("x"), "min(x", (s, t) -> s.min(t[0])),
                new Named(new SoftMedian().setInputCol("x"), "median(x", (s, t) -> s.median(t[0])),
                new Named(
                        new SoftClamp().setInputCol("x").setA(-0.5).setB(1),
                        "clamp(x, -0.5D, 1D",
                        (s, t) -> s.clamp(t[0], Tensor.scalar(-0.5), Tensor.scalar(1))),
                new Named(
                        new SoftClamp().setInputCols("x", "y").setB(1).setGated(true),
                        "clamp(x, y, 1D, gated => true",
                        (s, t) -> s.clamp(t[0], t[1], Tensor.scalar(1), true)),
                new Named(
                        new SoftClamp().setInputCols("x", "c", "y"),
                        "clamp(x, c, y",
                        (s, t) -> s.clamp(t[0], t[2], t[1])),
                new Named(
                        new SoftRound().setInputCol("x").setNeighborRadius(2),
                        "round(x, 2",
                        (s, t) -> s.round(t[0], 2)),
                new Named(
                        new SoftCompare()
                                .setOperator("isclose")
                                .setInputCols("x", "y")
                                .setAtol(0.1),
                        "isclose(x, y, atol => 0.1D",
                        (s, t) -> s.isclose(t[0], t[1], 1e-5, 0.1)),
                new Named(
                        new SoftCompare()
                                .setOperator("less")
                                .setInputCol("x")
                                .setY(0.5)
                                .setEpsilon(0.01),
                        "less(x, 0.5D, epsilon => 0.01D",
                        (s, t) -> s.call(Comparison.LESS, t[0], Tensor.scalar(0.5), 0.01)),
                new Named(
                        new SoftWhere().setInputCols("c", "x", "y"),
                        "where(c, x, y",
                        false,
                        (s, t) -> s.where(t[2], t[0], t[1])),
                new Named(
                        new SoftWhere().setInputCols("c", "x").setY(0),
                        "where(c, x, 0D",
                        false,
                        (s, t) -> s.where(t[2], t[0], Tensor.scalar(0)))));
        for (var relation : Comparison.COMPARISON.operators()) {
            all.add(new Named(
                    new SoftCompare().setOperator(relation.name()).setInputCols("x", "y"),
                    relation.name() + "(x, y",
                    (s, t) -> s.call(relation, t[0], t[1])));
        }
        return all.stream();
    }

    private static String sql(double... values) {
        StringBuilder text = new StringBuilder();
        for (double v : values)
            text.append(text.isEmpty() ? "array(" : ", ").append(v).append('D');
        return text.append(')').toString();
    }

    private static Dataset<Row> rows() {
        return SESSION.sql("SELECT " + sql(X) + " AS x, " + sql(Y) + " AS y, " + sql(C) + " AS c");
    }

    @ParameterizedTest
    @MethodSource("stages")
    void stageSqlAndCore(Named named) {
        for (Mode mode : List.of(Mode.HARD, Mode.SMOOTH, Mode.C0, Mode.C2)) {
            String name = mode.name().toLowerCase(java.util.Locale.ROOT);
            Dataset<Row> out = named.stage
                    .setSoftness(0.3)
                    .setMode(name)
                    .setOutputCol("out")
                    .transform(rows());
            assertThat(out.schema().apply("out").dataType())
                    .isEqualTo(named.stage
                            .transformSchema(rows().schema())
                            .apply("out")
                            .dataType());
            Object stage = out.first().getAs("out");
            String relaxed = named.relaxes ? ", softness => 0.3D, mode => '" + name + "')" : ")";
            assertThat(rows().selectExpr("soft_" + named.sql + relaxed).first().get(0))
                    .isEqualTo(stage);
            Soft soft = Soft.smooth(0.3).with(mode);
            Tensor core = named.core.apply(soft, new Tensor[] {Tensor.of(X), Tensor.of(Y), Tensor.of(C)});
            assertThat(flat(stage)).as(name).containsExactly(core.data());
        }
    }

    private static double[] flat(Object value) {
        if (value instanceof Double number) return new double[] {number};
        List<Double> all = new ArrayList<>();
        ((scala.collection.Seq<?>) value).foreach(each -> {
            for (double v : flat(each)) all.add(v);
            return null;
        });
        return all.stream().mapToDouble(v -> v).toArray();
    }

    @Test
    void methodsGoThrough() {
        Row row = new SoftMedian()
                .setMethod("ot")
                .setStandardize(false)
                .setInputCol("x")
                .setOutputCol("out")
                .transform(rows())
                .first();
        double core = Soft.smooth(0.1)
                .with(Method.OT)
                .withStandardize(false)
                .median(Tensor.of(X))
                .data()[0];
        assertThat(row.<Double>getAs("out")).isEqualTo(core);
    }

    /** A number in place of a column has no gradient; that of the columns is the same. */
    @ParameterizedTest
    @ValueSource(strings = {"by itself", "by group"})
    void gradientsWhereNumbersStandForColumns(String how) {
        boolean grouped = how.equals("by group");
        Dataset<Row> rows = grouped
                ? SESSION.sql("SELECT id, 0 AS g, id * 0.37D - 1 AS x, -0.5D AS a, 1D AS b FROM range(9)")
                : SESSION.sql("SELECT id, id * 0.37D - 1 AS x, -0.5D AS a, 1D AS b FROM range(9)");
        SoftClamp numbers = new SoftClamp().setA(-0.5).setB(1).setInputCol("x");
        SoftClamp columns = new SoftClamp().setInputCols("x", "a", "b");
        SoftClamp both = new SoftClamp().setB(1).setInputCols("x", "a");
        for (SoftClamp stage : List.of(numbers, columns, both)) {
            stage.setOutputCol("out").setGradientCol("grad").setSoftness(0.2);
            if (grouped) stage.setGroupCol("g");
            assertThat(stage.transform(rows).schema().apply("grad").dataType())
                    .isEqualTo(
                            stage.transformSchema(rows.schema()).apply("grad").dataType());
        }
        List<Row> expected = columns.transform(rows)
                .orderBy("id")
                .select("out", "grad.grad_x")
                .collectAsList();
        assertThat(numbers.transform(rows).orderBy("id").select("out", "grad").collectAsList())
                .isEqualTo(expected);
        assertThat(both.transform(rows)
                        .orderBy("id")
                        .select("out", "grad.grad_x")
                        .collectAsList())
                .isEqualTo(expected);
    }

    @Test
    void anyOperatorTakesNumbersForColumns() {
        Row row = new SoftTransformer()
                .setOperator("clamp")
                .setArguments("a => 0", "b => 1")
                .setMode("hard")
                .setInputCol("x")
                .setOutputCol("out")
                .transform(rows())
                .first();
        assertThat(row.<Double>getList(3)).containsExactly(0.31, 0.0, 1.0, 0.77, 0.13, 0.0);
    }

    @Test
    void refused() {
        assertRefused(new SoftTopK().setInputCol("x"), "SoftTopK: k must be a whole number >= 1, got nothing");
        assertThatThrownBy(() -> new SoftQuantile().setQ(1.5)).hasMessage("SoftQuantile: q must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> new SoftQuantile().setInterpolation("nearby"))
                .hasMessageStartingWith("SoftQuantile: interpolation must be one of 'linear', ")
                .hasMessageEndingWith(", got 'nearby'");
        assertThatThrownBy(() -> new SoftRound().setNeighborRadius(0))
                .hasMessage("SoftRound: neighborRadius must be a whole number >= 1, got 0");
        assertRefused(new SoftCompare().setInputCols("x", "y"), "SoftCompare: operator must be set, got nothing");
        assertRefused(
                new SoftCompare().setOperator("less").setInputCols("x", "y").setAtol(0.1),
                "SoftCompare: arguments must be of [x, y, epsilon] for soft_less, got 'atol'");
        assertRefused(
                new SoftClamp().setInputCols("x", "y").setA(0).setB(1),
                "SoftClamp: inputCols must be the columns for [x], got [x, y]");
        assertRefused(
                new SoftClamp().setInputCol("x").setA(0),
                "SoftClamp: inputCols must be the columns for [x, b], got [x]");
        assertRefused(
                new SoftTransformer()
                        .setOperator("clamp")
                        .setArguments("a => low", "b => 1")
                        .setInputCol("x"),
                "a must be a number where it is no column, got 'low'");
        assertRefused(
                new SoftTransformer().setOperator("sort").setArguments("x => 1").setInputCol("x"), "got 'x'");
        assertThatThrownBy(() -> new SoftCompare().setOperator("sort")).hasMessageContaining("operator");
        assertThatThrownBy(() -> new SoftTopK().setK(0)).hasMessageContaining("k");
    }

    private static void assertRefused(SoftStage<?> stage, String message) {
        assertThatThrownBy(() -> stage.transformSchema(rows().schema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void getters() {
        assertThat(new SoftRound().getNeighborRadius()).isEqualTo(5);
        assertThat(new SoftTopK().setK(3).getK()).isEqualTo(3);
        assertThat(new SoftQuantile().getInterpolation()).isEqualTo("linear");
        assertThat(new SoftQuantile().setQ(0.2).getQ()).isEqualTo(0.2);
        assertThat(new SoftClamp().setA(1).setB(2).getA()).isEqualTo(1);
        assertThat(new SoftSort().getDescending()).isFalse();
        assertThat(new SoftRank().getDescending()).isTrue();
        assertThat(new SoftMax().setStraightThrough(true).getStraightThrough()).isTrue();
        assertThat(new SoftMax().getStandardize()).isTrue();
    }
}
