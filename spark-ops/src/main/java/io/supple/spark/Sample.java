// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Cutoff;
import io.supple.Operator;
import io.supple.Param;
import io.supple.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A sample call of each function for its help: the arguments follow from the parameters, the result is computed. */
final class Sample {

    private static final double[] LIST = {3, 1, 2};
    private static final double[] KEYS = {2, 3, 1};
    private static final double[] LABELS = {0, 1, 2};
    private static final double[] TRUTHS = {0.9, 0.8, 0.3};
    private static final double[] INDEX = {0, 0.25, 0.75};
    private static final double[][] INDICES = {{0, 0.25, 0.75}, {1, 0, 0}};
    private static final double[] ROW = {1, 0, 0};

    private static final int COUNT = 2;
    private static final long SEED = 7;

    private Sample() {}

    /** The call as SQL. */
    static String sql(SqlFunction function) {
        List<String> arguments = new ArrayList<>();
        boolean skipped = false;
        for (Param param : function.params()) {
            Object value = value(function, param);
            if (value != null) arguments.add((skipped ? param.name() + " => " : "") + sql(function, param));
            skipped |= value == null;
        }
        return function.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** What follows SELECT: the call, for an aggregate with the rows of a group. */
    static String query(SqlFunction function) {
        if (!function.aggregate()) return sql(function);
        Param element = function.params().get(0);
        String rows = Arrays.stream((double[]) value(function, element))
                .mapToObj(v -> "(" + sql(v) + ")")
                .collect(Collectors.joining(", "));
        return sql(function) + " FROM VALUES " + rows + " AS t(" + element.name() + ")";
    }

    /** A sample argument as SQL, for a parameter that must be given. */
    static String sql(SqlFunction function, Param param) {
        boolean column = function.aggregate() && param instanceof Param.Data;
        return column ? param.name() : sql(value(function, param));
    }

    private static String sql(Object value) {
        if (value instanceof double[][] rows) {
            return Arrays.stream(rows).map(Sample::sql).collect(Collectors.joining(", ", "array(", ")"));
        }
        if (value instanceof double[] list) {
            return Arrays.stream(list).mapToObj(v -> v + "D").collect(Collectors.joining(", ", "array(", ")"));
        }
        return value instanceof Double ? value + "D" : String.valueOf(value);
    }

    /** What the call returns, as a cast to STRING prints it. */
    static String result(SqlFunction function) {
        List<Param> params = function.params();
        DataType[] types = new DataType[params.size()];
        Object[] constants = new Object[params.size()];
        for (int i = 0; i < constants.length; i++) {
            Param param = params.get(i);
            Object value = value(function, param);
            boolean data = param instanceof Param.Data;
            if (data && value != null) types[i] = type(value);
            else constants[i] = value == null ? param.byDefault() : param.check(function.name(), value);
        }
        SoftPlan plan = new SoftPlan(function, types, constants, false);
        SoftCall call = plan.newCall();
        for (int i = 0; i < types.length; i++) {
            if (types[i] != null) call.set(i, cell(value(function, params.get(i)), function.aggregate()));
        }
        call.run();
        return text(call.result(), plan.resultType());
    }

    private static DataType type(Object value) {
        if (value instanceof double[][]) return SqlFunction.MATRIX;
        return value instanceof double[] ? SqlFunction.ARRAY : DataTypes.DoubleType;
    }

    private static Object cell(Object value, boolean sorted) {
        if (value instanceof double[][] rows) {
            return Cells.rows(Arrays.stream(rows).map(Cells::write).toArray(ArrayData[]::new));
        }
        if (!(value instanceof double[] list)) return value;
        return Cells.write(sorted ? Arrays.stream(list).sorted().toArray() : list);
    }

    private static String text(Object value, DataType type) {
        List<String> parts = new ArrayList<>();
        if (value instanceof ArrayData array) {
            DataType element = ((ArrayType) type).elementType();
            for (int i = 0; i < array.numElements(); i++) parts.add(text(array.get(i, element), element));
            return "[" + String.join(", ", parts) + "]";
        }
        if (value instanceof InternalRow row) {
            StructField[] fields = ((StructType) type).fields();
            for (int i = 0; i < fields.length; i++) {
                parts.add(text(row.get(i, fields[i].dataType()), fields[i].dataType()));
            }
            return "{" + String.join(", ", parts) + "}";
        }
        return String.valueOf(value);
    }

    /** The argument; null for one that is left out. */
    static Object value(SqlFunction function, Param param) {
        if (param.equals(SqlFunction.COTANGENT)) return cotangent(function.operator());
        if (SqlFunction.optional(param)) return null;
        if (param instanceof Param.Count || param instanceof Cutoff) return COUNT;
        if (param instanceof Param.Seed) return SEED;
        if (param instanceof Param.Level level) return 0.5 * level.most();
        return switch (((Param.Data) param).form()) {
            case NUMBER -> LIST;
            case TRUTH -> TRUTHS;
            case LIST -> param.name().equals("keys") || param.name().equals("y") ? KEYS : LIST;
            case LABELS -> LABELS;
            case TRUTH_LIST -> TRUTHS;
            case INDEX -> INDEX;
            case INDICES -> INDICES;
            case TRUTHS -> param.name().equals("y") ? 0.2 : 0.9;
            case NUMBERS ->
                switch (param.name()) {
                    case "a" -> -1.0;
                    case "b" -> 1.0;
                    case "y" -> 0.5;
                    default -> 0.6;
                };
        };
    }

    /** One number for each of the result; null where that is one number. */
    private static Object cotangent(Operator operator) {
        Result result = operator.result();
        boolean single = result.first() == Result.Axis.NONE || result.first() == Result.Axis.LEVEL;
        if (single) return result.distribution() ? ROW : null;
        int places = switch (result.first()) {
            case FIRST -> first(operator);
            case ROW -> result == Result.ROWS ? INDICES.length : COUNT;
            default -> LIST.length;
        };
        if (!result.distribution()) return Arrays.copyOf(ROW, places);
        double[][] rows = new double[places][];
        Arrays.fill(rows, ROW);
        return rows;
    }

    /** How many places the sample asks for. */
    private static int first(Operator operator) {
        for (Param param : operator.params()) {
            if (param instanceof Param.Count count) return count.required() ? COUNT : count.byDefault();
        }
        throw new AssertionError(operator + " gives the first places, but declares no count of them");
    }
}
