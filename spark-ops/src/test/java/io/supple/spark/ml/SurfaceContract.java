// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.supple.Case;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Soft;
import io.supple.spark.Sessions;
import io.supple.spark.SoftColumns;
import io.supple.spark.SqlCases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Columns and stages give what core gives, bit for bit, values and gradients: on the same cases as {@code SqlContract},
 * which holds SQL to core, and {@code AggregateContract}, which holds aggregates to core.
 */
class SurfaceContract {

    private static final SparkSession SESSION = Sessions.shared();
    private static final int TOGETHER = 4;

    static List<Operator> operators() {
        return SqlCases.operators();
    }

    /**
     * Every mode, method, flag and argument in some case; SQL is tried with all that go together. A case that shows nothing
     * new is left out.
     */
    private static List<Case> cases(Operator operator) {
        Set<List<Object>> seen = new HashSet<>();
        List<Case> cases = new ArrayList<>();
        for (Case c : SqlCases.of(operator)) {
            boolean shows = false;
            for (Map.Entry<String, Object> part : c.soft().relaxation().entrySet()) {
                shows |= seen.add(List.of(part.getKey(), part.getValue()));
            }
            for (int i = operator.data().size(); i < c.arguments().size(); i++) {
                shows |= seen.add(List.of(i, SqlCases.literal(c.arguments().get(i))));
            }
            if (shows) cases.add(c);
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("operators")
    void columns(Operator operator) {
        List<Case> cases = cases(operator);
        Column[] columns = cases.stream()
                .flatMap(c -> {
                    SoftColumns soft = SoftColumns.of(c.soft());
                    Object[] arguments = c.arguments().toArray();
                    for (int i = 0; i < operator.data().size(); i++) {
                        arguments[i] = col(operator.data().get(i).name());
                    }
                    return Stream.of(
                            soft.call(operator, arguments), soft.vjp(operator, expr(SqlCases.cotangent(c)), arguments));
                })
                .toArray(Column[]::new);
        Row row = SqlCases.table(SESSION, operator).select(columns).first();
        for (int i = 0; i < cases.size(); i++) {
            Case c = cases.get(i);
            assertThat(SqlCases.numbers(row.get(2 * i)))
                    .as(c + " value")
                    .isEqualTo(c.value().data());
            List<double[]> gradients = gradients(c);
            for (int k = 0; k < gradients.size(); k++) {
                assertThat(SqlCases.numbers(row.getStruct(2 * i + 1).get(1 + k)))
                        .as(c + " gradient " + k)
                        .isEqualTo(gradients.get(k));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operators")
    void stages(Operator operator) {
        List<Case> cases =
                cases(operator).stream().filter(SurfaceContract::ofOneLevel).toList();
        assertThat(cases).isNotEmpty();
        String[] inputs = operator.data().stream().map(Param.Data::name).toArray(String[]::new);
        Dataset<Row> table = SqlCases.table(SESSION, operator);
        for (int from = 0; from < cases.size(); from += TOGETHER) {
            together(table, inputs, cases.subList(from, Math.min(from + TOGETHER, cases.size())));
        }
    }

    /** Stage upon stage, which Spark analyses from the beginning each time: a few of them. */
    private static void together(Dataset<Row> table, String[] inputs, List<Case> cases) {
        Dataset<Row> rows = table;
        for (int i = 0; i < cases.size(); i++) {
            Case c = cases.get(i);
            Dataset<Row> given = rows.withColumn("upstream" + i, expr(SqlCases.cotangent(c)));
            rows = stage(c).setInputCols(inputs)
                    .setOutputCol("value" + i)
                    .setGradientCol("gradient" + i)
                    .setCotangentCol("upstream" + i)
                    .transform(given);
        }
        Row row = rows.first();
        for (int i = 0; i < cases.size(); i++) {
            Case c = cases.get(i);
            assertThat(SqlCases.numbers(row.getAs("value" + i)))
                    .as(c + " value")
                    .isEqualTo(c.value().data());
            List<double[]> gradients = gradients(c);
            Object written = row.getAs("gradient" + i);
            for (int k = 0; k < gradients.size(); k++) {
                assertThat(SqlCases.numbers(gradients.size() == 1 ? written : ((Row) written).get(k)))
                        .as(c + " gradient " + k)
                        .isEqualTo(gradients.get(k));
            }
        }
    }

    /** Those of the data that gradients flow to. */
    private static List<double[]> gradients(Case c) {
        double[][] all = c.gradients();
        List<double[]> gradients = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            if (c.operator().differentiable().contains(c.operator().data().get(i))) gradients.add(all[i]);
        }
        return gradients;
    }

    /** Stages take one quantile level; SQL takes arrays of them. */
    private static boolean ofOneLevel(Case c) {
        return c.arguments().stream().noneMatch(double[].class::isInstance);
    }

    private static String text(Object value) {
        return value instanceof Number ? value.toString() : SqlCases.literal(value);
    }

    private static SoftTransformer stage(Case c) {
        Operator operator = c.operator();
        List<String> arguments = new ArrayList<>();
        for (int i = operator.data().size(); i < c.arguments().size(); i++) {
            Param param = operator.params().get(i);
            if (!param.tensorOnly() && c.arguments().get(i) != null) {
                arguments.add(param.name() + " => " + text(c.arguments().get(i)));
            }
        }
        Soft soft = c.soft();
        SoftTransformer stage = new SoftTransformer()
                .setOperator(operator.name())
                .setSoftness(soft.softness())
                .setMode(Param.Choice.text(soft.mode()))
                .setStandardize(soft.standardize())
                .setStraightThrough(soft.straight());
        Map<String, Object> relaxation = soft.relaxation();
        for (Param param : stage.relaxationArguments()) {
            Object value = relaxation.get(param.name());
            if (value != null && !value.equals(param.byDefault())) arguments.add(param.name() + " => " + value);
        }
        boolean takesMethod =
                operator.relaxation().stream().anyMatch(param -> param.name().equals("method"));
        if (takesMethod && soft.method() != null) stage.setMethod(Param.Choice.text(soft.method()));
        return stage.setArguments(arguments.toArray(String[]::new));
    }
}
