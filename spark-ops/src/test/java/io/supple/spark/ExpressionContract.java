// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.Param;
import io.supple.Relaxation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Spark's planner relies on: every function is deterministic, folds, has one canonical form, and travels. */
class ExpressionContract {

    private static final SparkSession SESSION = Sessions.shared();

    static List<SqlFunction> functions() {
        return SqlFunction.all().stream().filter(f -> !f.aggregate()).toList(); // those: AggregateContract
    }

    private static Project plan(Dataset<Row> query) {
        return (Project) query.queryExecution().analyzed();
    }

    private static Expression expression(Dataset<Row> query, int i) {
        return ((Alias) plan(query).projectList().apply(i)).child();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void constantsFold(SqlFunction function) {
        Dataset<Row> query = SESSION.sql("SELECT " + Sample.sql(function) + " AS v");
        Expression call = expression(query, 0);
        assertThat(call.deterministic()).isTrue();
        assertThat(call.foldable()).isTrue();
        assertThat(query.queryExecution().optimizedPlan().toString()).doesNotContain(function.name());
        Expression ofRows = expression(table(function).selectExpr(call(function, "0.2D", false) + " AS v"), 0);
        assertThat(ofRows.deterministic()).isTrue();
        assertThat(ofRows.foldable()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void equalCallsAreOneHoweverTheyAreWritten(SqlFunction function) {
        Dataset<Row> query = table(function)
                .selectExpr(
                        call(function, "0.2D", false) + " AS named",
                        call(function, "0.2", true) + " AS reversed",
                        positional(function, "CAST(0.2 AS DECIMAL(9, 4))") + " AS positional",
                        call(function, "0.3D", false) + " AS other");
        Expression named = expression(query, 0);
        for (int i : new int[] {1, 2}) {
            Expression same = expression(query, i);
            assertThat(same.semanticEquals(named)).as(same + " is " + named).isTrue();
            assertThat(same.semanticHash()).isEqualTo(named.semanticHash());
        }
        assertThat(named.canonicalized().dataType()).isEqualTo(named.dataType());
        boolean softens = function.operator().relaxation().stream()
                .anyMatch(param -> param.name().equals(Relaxation.SOFTNESS));
        assertThat(expression(query, 3).semanticEquals(named)).isEqualTo(!softens);
        if (softens) assertThat(expression(query, 2)).isNotEqualTo(named); // it is written at greater length
    }

    @ParameterizedTest
    @MethodSource("functions")
    void boundExpressionsTravel(SqlFunction function) throws Exception {
        Dataset<Row> query = table(function).selectExpr(call(function, "0.2D", false) + " AS v");
        Expression bound =
                bound(expression(query, 0), Scala.list(plan(query).child().output()));
        Expression arrived = travel(bound);
        assertThat(arrived).isEqualTo(bound).isNotSameAs(bound).hasSameHashCodeAs(bound);
        assertThat(arrived.canonicalized()).isEqualTo(bound.canonicalized());
        InternalRow row = table(function).queryExecution().toRdd().first();
        assertThat(arrived.eval(row)).isNotNull().isEqualTo(bound.eval(row));
    }

    private static Expression bound(Expression call, List<Attribute> columns) {
        List<Expression> children = new ArrayList<>();
        for (Expression child : Scala.list(call.children())) {
            boolean column = child instanceof Attribute;
            children.add(
                    column ? new BoundReference(columns.indexOf(child), child.dataType(), child.nullable()) : child);
        }
        return call.withNewChildren(Scala.seq(children));
    }

    private static Expression travel(Expression expression) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(expression);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Expression) in.readObject();
        }
    }

    private static Dataset<Row> table(SqlFunction function) {
        List<String> columns = new ArrayList<>();
        for (Param param : function.params()) {
            if (!(param instanceof Param.Data)) continue;
            String value = Sample.sql(function, param);
            columns.add((value.equals("null") ? "1D" : value) + " AS " + param.name());
        }
        return SESSION.range(1).selectExpr(columns.toArray(String[]::new));
    }

    /** Data from columns, one other parameter after the other by name; or all by name from the last to the first. */
    private static String call(SqlFunction function, String softness, boolean reversed) {
        List<String> arguments = new ArrayList<>();
        for (Param param : function.params()) {
            String value = value(function, param, softness);
            if (value == null) continue;
            boolean byName = reversed || !(param instanceof Param.Data);
            arguments.add(byName ? param.name().toUpperCase(Locale.ROOT) + " => " + value : value);
        }
        if (reversed) Collections.reverse(arguments);
        return function.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** All parameters in their order, defaults too. */
    private static String positional(SqlFunction function, String softness) {
        List<String> arguments = new ArrayList<>();
        for (Param param : function.params()) {
            String value = value(function, param, softness);
            arguments.add(value == null ? SqlFunction.literal(param.byDefault()) : value);
        }
        return function.name() + "(" + String.join(", ", arguments) + ")";
    }

    private static String value(SqlFunction function, Param param, String softness) {
        if (param instanceof Param.Data) return param.name();
        if (param.name().equals(Relaxation.SOFTNESS)) return softness;
        if (param.equals(Missing.PARAM)) return "'null'";
        return SqlFunction.optional(param) ? null : Sample.sql(function, param);
    }
}
