// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Param;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.NullType;

/** What can be said of a call before its rows come: types and constants are checked, and a plan is made of them. */
final class CallAnalysis {

    /** How much of an expression a message shows. */
    private static final int SHOWN = 60;

    private final SqlFunction function;
    private final int[] slots;
    private final List<Expression> arguments;

    /**
     * The analysis of a call.
     *
     * @param function what is called
     * @param slots which parameter each argument fills
     * @param arguments those that were given
     */
    CallAnalysis(SqlFunction function, int[] slots, List<Expression> arguments) {
        this.function = function;
        this.slots = slots;
        this.arguments = arguments;
    }

    /**
     * The plan.
     *
     * @throws IllegalArgumentException naming function, parameter, value and what is allowed
     */
    SoftPlan plan() {
        return plan(null);
    }

    /**
     * The plan of a call that had another before the optimizer changed its arguments. Where it folded one that varied to a
     * constant that is not allowed, that stays a matter of the rows.
     */
    SoftPlan planAfter(SoftPlan analysed) {
        try {
            return plan(null);
        } catch (IllegalArgumentException refused) {
            if (analysed == null) throw refused;
            return plan(analysed);
        }
    }

    private SoftPlan plan(SoftPlan analysed) {
        List<Param> params = function.params();
        DataType[] types = new DataType[params.size()];
        Object[] constants = new Object[params.size()];
        boolean alwaysNull = false;
        for (int i = 0; i < constants.length; i++) constants[i] = params.get(i).byDefault();
        for (int child = 0; child < slots.length; child++) {
            Param param = params.get(slots[child]);
            Expression argument = arguments.get(child);
            if (param instanceof Param.Data data) {
                DataType type = dataType(data, argument);
                types[slots[child]] = function.aggregate() ? SqlFunction.ARRAY : type; // what is evaluated in the end
            } else if (argument.foldable() && (analysed == null || analysed.type(slots[child]) == null)) {
                Object value = argument.eval(null);
                // a NULL that would be refused as a column is refused as a constant
                boolean typedNull = value == null && !(argument.dataType() instanceof NullType);
                if (typedNull && param.varies() && !function.aggregate()) varyingType(param, argument);
                alwaysNull |= value == null && !SqlFunction.nullIsValue(param);
                constants[slots[child]] = value == null ? param.byDefault() : check(param, argument, value);
            } else if (param.varies() && !function.aggregate()) {
                types[slots[child]] = varyingType(param, argument);
            } else {
                throw new IllegalArgumentException(
                        function.name() + ": " + param.name() + " must be a constant, got " + told(argument));
            }
        }
        SoftPlan made = new SoftPlan(function, types, constants, alwaysNull);
        made.soft(); // refuses constants that do not go together
        checkCotangent(made, params);
        return made;
    }

    /** An argument in messages: a column by its name. */
    private static String told(Expression argument) {
        if (argument instanceof Attribute named) return "'" + named.name() + "'";
        String sql = argument.sql();
        return "the expression " + (sql.length() > SHOWN ? sql.substring(0, SHOWN) + "..." : sql);
    }

    private static String typed(Expression argument) {
        return told(argument) + " of type " + argument.dataType().sql();
    }

    private DataType dataType(Param.Data param, Expression argument) {
        DataType type = argument.dataType();
        Param.Form form = param.form();
        boolean array = SqlFunction.isList(type);
        boolean fits = form.nested()
                ? isNested(type, form.truth())
                : param.equals(SqlFunction.COTANGENT) && isMatrix(type)
                        ? Cells.isNumber(Cells.element(Cells.element(type)), false)
                        : array
                                ? !function.aggregate() && isNumbers(type, form.truth())
                                : !form.list() && Cells.isNumber(type, form.truth());
        if (!fits && !(type instanceof NullType)) {
            throw param.refuse(function.name(), typed(argument) + remedy(form, type));
        }
        return type;
    }

    /** How one number of each row becomes the list that a function of lists takes. */
    private String remedy(Param.Form form, DataType type) {
        if (function.aggregate() && SqlFunction.isList(type)) {
            return "; " + new SqlFunction(function.operator(), SqlFunction.Kind.VALUE).name() + " takes a list";
        }
        if (function.aggregate() || !form.list() || form.nested() || !Cells.isNumber(type, form.truth())) return "";
        boolean aggregates =
                function.kind() == SqlFunction.Kind.VALUE && function.operator().aggregates();
        return "; collect_list makes a list of a group's numbers"
                + (aggregates
                        ? ", " + new SqlFunction(function.operator(), SqlFunction.Kind.AGGREGATE).name()
                                + " takes them as they are"
                        : "")
                + ", and a stage with groupCol or 'supple features --group' gives each row its own element";
    }

    private static boolean isNumbers(DataType type, boolean truth) {
        return Cells.isVector(type) || Cells.isNumber(Cells.element(type), truth);
    }

    private static boolean isMatrix(DataType type) {
        return type instanceof ArrayType outer && outer.elementType() instanceof ArrayType;
    }

    /** An array of arrays of numbers; an array of nothing but NULL has no type to speak of. */
    private static boolean isNested(DataType type, boolean truth) {
        if (isMatrix(type)) return Cells.isNumber(Cells.element(Cells.element(type)), truth);
        return type instanceof ArrayType rows && rows.elementType() instanceof NullType;
    }

    private DataType varyingType(Param param, Expression argument) {
        DataType type = argument.dataType();
        if (param instanceof Param.Seed) {
            if (Cells.isWhole(type) || type instanceof NullType) return type;
            throw param.refuse(function.name(), typed(argument) + "; cast it to BIGINT");
        }
        DataType number = param instanceof Param.Level && type instanceof ArrayType list ? list.elementType() : type;
        if (!Cells.isNumber(number, false)) throw param.refuse(function.name(), typed(argument));
        return type;
    }

    /** A constant in the form that {@link Param#check} takes. */
    private Object check(Param param, Expression argument, Object value) {
        DataType type = argument.dataType();
        Object plain = value;
        if (type instanceof ArrayType list && Cells.isNumber(list.elementType(), false)) {
            plain = Cells.numbers((ArrayData) value, list.elementType(), true);
        } else if (param instanceof Param.Seed && Cells.isWhole(type)) {
            plain = ((Number) value).longValue(); // a double does not hold every one
        } else if (Cells.isNumber(type, false)) {
            plain = Cells.number(value);
        } else if (!(type instanceof BooleanType)) {
            plain = value.toString();
        }
        return param.check(function.name(), plain);
    }

    private void checkCotangent(SoftPlan made, List<Param> params) {
        if (!function.vjp()) return;
        int at = params.indexOf(SqlFunction.COTANGENT);
        DataType given = made.type(at);
        DataType value = SqlFunction.struct(made.resultType()).fields()[0].dataType();
        String wanted =
                value instanceof DoubleType ? "a number" : "a value of type " + value.sql() + ", shaped as the value";
        boolean fits = given == null || given instanceof NullType
                ? value instanceof DoubleType || given != null
                : depth(given) == depth(value);
        if (!fits) {
            throw new IllegalArgumentException(function.name() + ": cotangent must be " + wanted + ", got "
                    + (given == null ? "none" : given.sql()));
        }
    }

    private static int depth(DataType type) {
        if (Cells.isVector(type)) return -1; // a value is none
        return type instanceof ArrayType array ? 1 + depth(array.elementType()) : 0;
    }
}
