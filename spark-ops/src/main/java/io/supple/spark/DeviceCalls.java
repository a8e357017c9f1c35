// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.device.Devices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BinaryArithmetic;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.ExpressionUtils$;

/**
 * Soft calls of a projection computed in batches of rows, on the device of each executor. Rows come out in their order,
 * all other columns as they are.
 *
 * <p>What a device is worth it for are calls on lists whose arguments, but for the data, are constant, and that stand as
 * columns of their own, or with arithmetic, a cast or a field taken around them; not in conditions, which would have them
 * computed for some rows only. Everything else stays as it is.
 */
public final class DeviceCalls {

    /** Setting of a session: the device where nothing else is said. */
    public static final String DEVICE = "spark.supple.device";

    /** Setting of a session: how many numbers of a column make a batch. */
    public static final String BATCH = "spark.supple.device.batch";

    private static final int USUAL_BATCH = 1 << 20;

    private DeviceCalls() {}

    /**
     * The device that is asked for.
     *
     * @param session whose setting holds if nothing is given
     * @param given a name, or null
     */
    public static String device(SparkSession session, String given) {
        return given != null ? given : session.conf().get(DEVICE, Devices.CPU);
    }

    /**
     * The rows of a projection, with the calls of its columns computed on a device. The same if there are none for it, or
     * the device is the CPU. Columns are found by their names: what referred to columns of the rows before no longer does.
     *
     * @param projected made by {@code select}, {@code withColumn} or SELECT
     * @param device {@code cpu}, {@code auto}, or the name of a kind that executors have on their class path
     */
    public static Dataset<Row> of(Dataset<Row> projected, String device) {
        if (device.equals(Devices.CPU)) return projected;
        if (!(projected instanceof org.apache.spark.sql.classic.Dataset<Row> dataset)) return projected;
        if (!(dataset.queryExecution().analyzed() instanceof Project project)) return projected;
        List<Expression> columns = new ArrayList<>();
        for (NamedExpression each : Scala.list(project.projectList())) columns.add((Expression) each);
        List<SoftExpression> calls = new ArrayList<>();
        Map<ExprId, Attribute> kept = new LinkedHashMap<>();
        for (Expression column : columns) if (!collect(column, calls, kept)) return projected;
        if (calls.isEmpty()) return projected;
        List<Attribute> attributes = List.copyOf(kept.values());
        RowBatches batches = new RowBatches(attributes, calls, device, batch(dataset.sparkSession()));
        Dataset<Row> computed = Dataset$.MODULE$
                .ofRows(dataset.sparkSession(), project.child())
                .select(ExpressionUtils$.MODULE$.column(batches));
        List<Attribute> made = Scala.list(((org.apache.spark.sql.classic.Dataset<Row>) computed)
                .queryExecution()
                .analyzed()
                .output());
        Map<ExprId, Attribute> moved = new LinkedHashMap<>();
        for (int i = 0; i < attributes.size(); i++) moved.put(attributes.get(i).exprId(), made.get(i));
        List<Attribute> results = made.subList(attributes.size(), made.size());
        Column[] selected = columns.stream()
                .map(column -> ExpressionUtils$.MODULE$.column(replaced(column, calls, results, moved)))
                .toArray(Column[]::new);
        return computed.select(selected);
    }

    /**
     * How many numbers make a batch.
     *
     * @throws IllegalArgumentException if the session's setting is no whole number of at least 1
     */
    public static int batch(SparkSession session) {
        String given = session.conf().get(BATCH, String.valueOf(USUAL_BATCH));
        try {
            int numbers = Integer.parseInt(given.strip());
            if (numbers >= 1) return numbers;
        } catch (NumberFormatException e) {
            // refused with what is too small
        }
        throw new IllegalArgumentException(BATCH + " must be a whole number >= 1, got '" + given + "'");
    }

    /** Notes the calls of a column, and the attributes that it takes beside them; false for a column of another plan. */
    private static boolean collect(Expression e, List<SoftExpression> calls, Map<ExprId, Attribute> kept) {
        if (e instanceof SubqueryExpression) return false;
        if (e instanceof SoftExpression call && CallBatch.takes(call.plan())) {
            if (place(call, calls) < 0) calls.add(call);
            return true;
        }
        if (e instanceof Attribute attribute) kept.put(attribute.exprId(), attribute);
        boolean through =
                e instanceof Alias || e instanceof Cast || e instanceof GetStructField || e instanceof BinaryArithmetic;
        boolean whole = true;
        for (Expression child : Scala.list(e.children())) {
            whole &= through ? collect(child, calls, kept) : attributes(child, kept);
        }
        return whole;
    }

    private static boolean attributes(Expression e, Map<ExprId, Attribute> kept) {
        if (e instanceof SubqueryExpression) return false;
        if (e instanceof Attribute attribute) kept.put(attribute.exprId(), attribute);
        boolean whole = true;
        for (Expression child : Scala.list(e.children())) whole &= attributes(child, kept);
        return whole;
    }

    private static int place(Expression call, List<SoftExpression> calls) {
        for (int i = 0; i < calls.size(); i++) if (calls.get(i).semanticEquals(call)) return i;
        return -1;
    }

    private static Expression replaced(
            Expression e, List<SoftExpression> calls, List<Attribute> results, Map<ExprId, Attribute> moved) {
        int call = e instanceof SoftExpression ? place(e, calls) : -1;
        if (call >= 0) return (Expression) results.get(call);
        if (e instanceof Attribute attribute) return (Expression) moved.get(attribute.exprId());
        List<Expression> children = new ArrayList<>();
        for (Expression child : Scala.list(e.children())) children.add(replaced(child, calls, results, moved));
        return e.withNewChildren(Scala.seq(children));
    }
}
