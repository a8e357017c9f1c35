// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;

import io.supple.Operator;
import io.supple.Param;
import io.supple.Result;
import io.supple.WholeNumber;
import io.supple.spark.DeviceCalls;
import io.supple.spark.Missing;
import io.supple.spark.SoftColumns;
import io.supple.spark.SqlFunction;
import io.supple.spark.job.Columns;
import io.supple.spark.job.GroupedLists;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** How a stage transforms its rows: each by itself, or the rows of a group as one list. */
final class StagePlan {

    private static final String CALL = "__supple_call";

    private final SoftStage<?> stage;
    private final Operator operator;
    private final List<String> inputs;
    private final List<Param.Data> columns;
    private final List<Param.Data> moving; // the columns that gradients flow to
    private final List<String> groups;
    private final String invalid;
    private final String output;
    private final String gradient;
    private final String cotangent;
    private final String seed;
    private final SoftColumns soft;
    private String device;

    StagePlan(SoftStage<?> stage) {
        this.stage = stage;
        operator = stage.declared();
        inputs = stage.inputs();
        columns = stage.columns();
        moving = new ArrayList<>(columns);
        moving.retainAll(operator.differentiable());
        groups = stage.groups();
        invalid = stage.getOrDefault(stage.handleInvalid());
        output = stage.getOrDefault(stage.outputCol());
        gradient = stage.gradients().gradient();
        cotangent = stage.gradients().cotangent();
        seed = stage.isSet(stage.seedCol()) ? stage.getOrDefault(stage.seedCol()) : null;
        soft = new SoftColumns(stage.soft(), invalid.equals(SoftStage.KEEP) ? Missing.IGNORE_NAN : Missing.IGNORE);
    }

    Dataset<Row> transform(Dataset<Row> rows) {
        device = stage.deviceIn(rows.sparkSession());
        return groups.isEmpty() ? rowByRow(rows) : byGroup(rows);
    }

    // ---- each row by itself

    private Dataset<Row> rowByRow(Dataset<Row> rows) {
        Dataset<Row> valid = rows;
        List<Column> data = new ArrayList<>();
        for (String input : inputs) {
            DataType type = rows.schema().apply(input).dataType();
            Column column = Columns.quoted(input);
            boolean list = SqlFunction.isList(type);
            boolean nested = columns.get(data.size()).form().nested();
            if (type.equals(SQLDataTypes.VectorType())) {
                column = Columns.numbers(column);
            }
            Column bad = nested ? badRows(column) : list ? badList(column) : badNumber(column);
            valid = skipping(valid, bad);
            DataType asNumbers = nested ? SqlFunction.MATRIX : list ? SqlFunction.ARRAY : DataTypes.DoubleType;
            data.add(refusing(column, bad, asNumbers, "column '" + input + "'"));
        }
        Column seeds = null;
        if (seed != null) {
            Column column = Columns.quoted(seed);
            valid = skipping(valid, column.isNull());
            seeds = refusing(column, column.isNull(), DataTypes.LongType, "seed column '" + seed + "'");
        }
        Object[] arguments = arguments(data, seeds);
        if (gradient == null) return called(valid, output, soft.call(operator, arguments));
        boolean list = SqlFunction.isList(rows.schema().apply(inputs.get(0)).dataType());
        Column upstream = cotangent != null ? Columns.quoted(cotangent) : ones(list, data.get(0));
        return withGradient(called(valid, CALL, soft.vjp(operator, upstream, arguments)));
    }

    private Dataset<Row> called(Dataset<Row> rows, String name, Column call) {
        return DeviceCalls.of(rows.withColumn(name, call), device);
    }

    private Dataset<Row> withGradient(Dataset<Row> called) {
        return called.withColumn(output, col(CALL).getField("value"))
                .withColumn(gradient, gradients())
                .drop(CALL);
    }

    private Column gradients() {
        List<Column> fields = new ArrayList<>();
        for (Param.Data data : moving) fields.add(col(CALL).getField("grad_" + data.name()));
        return fields.size() == 1 ? fields.get(0) : struct(fields.toArray(Column[]::new));
    }

    /** Whether the value is one number; a stage's quantile has one level. */
    private boolean number(boolean list) {
        return operator.result().single(list, false) && !operator.result().distribution();
    }

    /** The upstream gradient of the sum of the value. */
    private Column ones(boolean list, Column first) {
        Result result = operator.result();
        if (number(list)) return lit(1.0);
        boolean alongList = result == Result.PLACEWISE
                || (result.first() == Result.Axis.NONE && result.distribution())
                || (!result.distribution()
                        && (result.first() == Result.Axis.ELEMENT || result.first() == Result.Axis.PLACE));
        if (alongList) return array_repeat(lit(1.0), size(first));
        throw stage.refuse(
                "cotangentCol", "set where gradientCol is, for an operator with this shape of result", "nothing");
    }

    // ---- the rows of a group as one list

    private Dataset<Row> byGroup(Dataset<Row> rows) {
        Dataset<Row> valid = rows;
        for (String input : inputs) {
            Column column = Columns.quoted(input);
            Column bad = badNumber(column);
            valid = skipping(valid, bad);
            DataType type = rows.schema().apply(input).dataType();
            valid = checked(valid, input, refusing(column, bad, type, "column '" + input + "'"));
        }
        for (String group : groups) {
            Column column = Columns.quoted(group);
            valid = skipping(valid, column.isNull());
            DataType type = rows.schema().apply(group).dataType();
            valid = checked(valid, group, refusing(column, column.isNull(), type, "group column '" + group + "'"));
        }
        GroupedLists lists = gathered(valid);
        List<Column> data = new ArrayList<>();
        for (String input : inputs) data.add(lists.values(input));
        if (gradient == null) {
            Dataset<Row> computed = called(lists.lists(), output, soft.call(operator, arguments(data, null)));
            return lists.scatter(computed, List.of(output));
        }
        Column call = soft.vjp(operator, groupCotangent(lists, data.get(0)), arguments(data, null));
        Dataset<Row> computed = called(lists.lists(), CALL, call);
        if (moving.size() == 1) return lists.scatter(withGradient(computed), List.of(output, gradient));
        return severalGradients(lists, computed);
    }

    private GroupedLists gathered(Dataset<Row> rows) {
        try {
            return GroupedLists.gather(rows, groups);
        } catch (IllegalArgumentException refused) {
            throw Refusal.in(Refusal.name(stage), refused, "");
        }
    }

    private Dataset<Row> severalGradients(GroupedLists lists, Dataset<Row> computed) {
        List<String> results = new ArrayList<>(List.of(output));
        Dataset<Row> unpacked = computed.withColumn(output, col(CALL).getField("value"));
        List<Column> fields = new ArrayList<>();
        for (Param.Data data : moving) {
            String name = "__supple_grad_" + data.name();
            unpacked = unpacked.withColumn(name, col(CALL).getField("grad_" + data.name()));
            results.add(name);
            fields.add(col(name).as("grad_" + data.name()));
        }
        Dataset<Row> scattered = lists.scatter(unpacked.drop(CALL), results);
        Column[] packed = fields.toArray(Column[]::new);
        return scattered
                .withColumn(gradient, struct(packed))
                .drop(results.subList(1, results.size()).toArray(String[]::new));
    }

    /** One number given back to every row collects the cotangents of all of them. */
    private Column groupCotangent(GroupedLists lists, Column first) {
        boolean number = number(true);
        if (cotangent == null) return number ? lit(1.0) : ones(true, first);
        Column list = lists.values(cotangent).cast(SqlFunction.ARRAY);
        return number ? aggregate(list, lit(0.0), (a, b) -> a.plus(coalesce(b, lit(0.0)))) : list;
    }

    // ---- invalid input

    private static Column badNumber(Column column) {
        return column.isNull().or(isnan(column.cast("double")));
    }

    /** array_contains is NULL where NaN is not found but a NULL element is. */
    private static Column badList(Column column) {
        return column.isNull().or(coalesce(array_contains(column.cast(SqlFunction.ARRAY), lit(Double.NaN)), lit(true)));
    }

    private static Column badRows(Column column) {
        return column.isNull().or(coalesce(exists(column, StagePlan::badList), lit(true)));
    }

    private Dataset<Row> skipping(Dataset<Row> rows, Column bad) {
        return invalid.equals(SoftStage.SKIP) ? rows.filter(bad.equalTo(lit(false))) : rows;
    }

    private Dataset<Row> checked(Dataset<Row> rows, String name, Column column) {
        return invalid.equals(SoftStage.ERROR) ? rows.withColumn(name, column) : rows;
    }

    private Column refusing(Column column, Column bad, DataType type, String what) {
        if (!invalid.equals(SoftStage.ERROR)) return column;
        String message = stage.getClass().getSimpleName() + ": " + what
                + " must have no NULL or NaN (handleInvalid = 'error'), got one; set handleInvalid to 'skip' or 'keep'";
        return Columns.refusing(column, bad, type, message);
    }

    /** The operator's arguments in order; what was not given has its default. */
    private Object[] arguments(List<Column> data, Column seeds) {
        Map<String, Object> given = stage.ownArguments();
        Iterator<Column> next = data.iterator();
        List<Object> values = new ArrayList<>();
        for (Param param : operator.params()) {
            Object value = given.getOrDefault(param.name(), param.byDefault());
            if (param instanceof Param.Data) {
                value = columns.contains(param) ? next.next() : lit(((Number) value).doubleValue());
            }
            if (param instanceof Param.Seed && seeds != null) value = seeds;
            boolean count = param instanceof WholeNumber;
            values.add(count && value != null ? ((Number) value).intValue() : value);
        }
        return values.toArray();
    }
}
