// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Param.Form;
import io.supple.Result;
import io.supple.spark.Sessions;
import io.supple.spark.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A stage carries every operator of the catalogue row by row, and by group those that give a row its own result. */
class EveryOperatorStageTest {

    private static final SparkSession SESSION = Sessions.shared();

    static List<Operator> operators() {
        return Catalogue.operators();
    }

    static Stream<Operator> byGroup() {
        return operators().stream().filter(EveryOperatorStageTest::carriedByGroup);
    }

    static Stream<Operator> notByGroup() {
        return operators().stream().filter(operator -> !carriedByGroup(operator));
    }

    private static boolean carriedByGroup(Operator operator) {
        Result.Axis first = operator.result().first();
        boolean nested = operator.data().stream().anyMatch(data -> data.form().nested());
        return !operator.random() && !nested && first != Result.Axis.FIRST && first != Result.Axis.ROW;
    }

    private static Dataset<Row> rows() {
        return SESSION.sql("SELECT id, id % 3 AS g, 0.31D + (id % 7) * 0.09D AS number,"
                + " 0.11D + (id * id % 13) * 0.05D AS other,"
                + " array(0.3D, 0.9D, 0.1D + id * 0.01D) AS list, array(0.2D, 0.1D, 0.7D) AS keys,"
                + " array(array(0.2D, 0.1D, 0.7D), array(1D, 0D, 0D)) AS rows FROM range(12)");
    }

    private static SoftTransformer stage(Operator operator) {
        List<String> arguments = new ArrayList<>();
        for (Param param : operator.params()) {
            if (param instanceof Param.Data || !param.required()) continue;
            arguments.add(param.name() + " => " + (param instanceof Param.Level ? "0.3" : "2"));
        }
        return new SoftTransformer()
                .setOperator(operator.name())
                .setArguments(arguments.toArray(String[]::new))
                .setOutputCol("out");
    }

    private static String[] columns(Operator operator) {
        List<String> columns = new ArrayList<>();
        for (Param.Data data : operator.data()) {
            Form form = data.form();
            boolean second = !columns.isEmpty();
            columns.add(
                    form.nested() ? "rows" : form.list() ? (second ? "keys" : "list") : second ? "other" : "number");
        }
        return columns.toArray(String[]::new);
    }

    /** What the stage gives is what the SQL function gives, and of the type that its schema says. */
    @ParameterizedTest
    @MethodSource("operators")
    void rowByRow(Operator operator) {
        SoftTransformer stage = stage(operator).setInputCols(columns(operator));
        StructType schema = stage.transformSchema(rows().schema());
        Dataset<Row> transformed = stage.transform(rows());
        assertThat(transformed.schema().apply("out").dataType())
                .isEqualTo(schema.apply("out").dataType());
        String own = stage.isSet(stage.arguments()) && stage.getOrDefault(stage.arguments()).length > 0
                ? ", " + String.join(", ", stage.getOrDefault(stage.arguments()))
                : "";
        String call = SqlFunction.PREFIX + operator.name() + "(" + String.join(", ", columns(operator)) + own + ")";
        assertThat(transformed.orderBy("id").select("out").collectAsList())
                .isEqualTo(rows().orderBy("id").selectExpr(call).collectAsList());
    }

    @ParameterizedTest
    @MethodSource("byGroup")
    void theRowsOfAGroup(Operator operator) {
        String[] columns = operator.data().size() == 1
                ? new String[] {"number"}
                : operator.data().size() == 2
                        ? new String[] {"number", "other"}
                        : new String[] {"number", "other", "id"};
        SoftTransformer stage = stage(operator).setInputCols(columns).setGroupCol("g");
        StructType schema = stage.transformSchema(rows().schema());
        Dataset<Row> transformed = stage.transform(rows());
        assertThat(transformed.schema().apply("out").dataType())
                .isEqualTo(schema.apply("out").dataType());
        assertThat(transformed.filter("out IS NOT NULL").count()).isEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("notByGroup")
    void refusedByGroup(Operator operator) {
        String[] columns = new String[operator.data().size()];
        java.util.Arrays.fill(columns, "number");
        assertThatThrownBy(() ->
                        stage(operator).setInputCols(columns).setGroupCol("g").transformSchema(rows().schema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SoftTransformer: operator must be one ")
                .hasMessageContaining("where groupCol is set, since ")
                .hasMessageContaining("got '" + operator + "'");
    }

    @Test
    void seedsOfTheirOwn() {
        SoftTransformer stage = new SoftTransformer()
                .setOperator("bernoulli")
                .setInputCol("p")
                .setSeedCol("seed")
                .setOutputCol("b");
        Dataset<Row> rows = SESSION.sql("SELECT 0.3D AS p, 9007199254740992L + id AS seed FROM range(2)");
        List<Row> drawn = stage.transform(rows).orderBy("seed").select("b").collectAsList();
        assertThat(drawn)
                .isEqualTo(rows.orderBy("seed")
                        .selectExpr("soft_bernoulli(p, seed)")
                        .collectAsList());
        assertThat(drawn.get(0)).isNotEqualTo(drawn.get(1));
        Dataset<Row> constant = new SoftTransformer()
                .setOperator("bernoulli")
                .setArguments("seed => 9007199254740993")
                .setInputCol("p")
                .setOutputCol("b")
                .transform(rows);
        assertThat(constant.first().getDouble(2)).isEqualTo(drawn.get(1).getDouble(0));
        Dataset<Row> unseeded = SESSION.sql("SELECT * FROM VALUES (0.3D, NULL), (0.3D, 5L) t(p, seed)");
        assertThatThrownBy(() -> stage.transform(unseeded).collect())
                .hasStackTraceContaining("SoftTransformer: seed column 'seed' must have no NULL");
        assertThat(stage.setHandleInvalid("skip").transform(unseeded).count()).isEqualTo(1);
    }

    @Test
    void aMissingWeightIsInvalidInput() {
        Dataset<Row> rows = SESSION.sql("SELECT * FROM VALUES (array(1D), array(array(1D))),"
                + " (array(1D), array(array(CAST(NULL AS DOUBLE)))), (array(1D), array(array(double('nan'))))"
                + " t(x, rows)");
        SoftTransformer stage = new SoftTransformer()
                .setOperator("take")
                .setInputCols("x", "rows")
                .setOutputCol("t");
        assertThatThrownBy(() -> stage.transform(rows).collect())
                .hasStackTraceContaining("SoftTransformer: column 'rows' must have no NULL or NaN");
        assertThat(stage.setHandleInvalid("skip").transform(rows).count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sort    | c0       | smooth_sort    | list   |        | mode must be 'smooth' or 'hard' with method",
                "argsort | smooth   | fast_soft_sort | list   |        | method must be one of 'softsort', 'neuralsort',",
                "bernoulli | smooth | softsort       | number |        | set seedCol to give each row its own",
                "abs     | smooth   | softsort       | number | id     | seedCol must be left out, since abs draws nothing",
                "bernoulli | smooth | softsort       | number | number | seedCol must be a column of whole numbers",
                "bernoulli | smooth | softsort       | number | sed    | seedCol must be a column of the input, got 'sed'",
            })
    void refused(String operator, String mode, String method, String column, String seed, String message) {
        SoftTransformer stage = new SoftTransformer()
                .setOperator(operator)
                .setMode(mode)
                .setMethod(method)
                .setInputCol(column);
        if (seed != null) stage.setSeedCol(seed);
        assertThatThrownBy(() -> stage.transformSchema(rows().schema()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SoftTransformer: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"c1_pnorm, ot", "c2_pnorm, sorting_network", "c0, fast_soft_sort", "smooth, smooth_sort"})
    void everyModeAndMethod(String mode, String method) {
        Row row = new SoftTransformer()
                .setOperator("sort")
                .setMode(mode)
                .setMethod(method)
                .setInputCol("list")
                .setOutputCol("s")
                .transform(rows())
                .selectExpr("s", "soft_sort(list, mode => '" + mode + "', method => '" + method + "')")
                .first();
        assertThat(row.getList(0)).hasSize(3).isEqualTo(row.getList(1));
    }
}
