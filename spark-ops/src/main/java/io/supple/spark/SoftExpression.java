// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Param;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.NullType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The only Catalyst expression for functions of a row: every soft SQL function is an instance of it.
 *
 * <p>Its children are the arguments that were given, and {@code slots} says which parameter each fills. Constant
 * arguments are evaluated once, when the call is planned.
 */
public final class SoftExpression extends Expression implements Serializable {

    private static final long serialVersionUID = 1L;

    private final SqlFunction function;
    private final int[] slots;
    private final Seq<Expression> arguments;
    private transient volatile SoftPlan plan;

    SoftExpression(SqlFunction function, int[] slots, Seq<Expression> arguments) {
        this.function = function;
        this.slots = slots;
        this.arguments = arguments;
    }

    // ---- analysis

    @Override
    public TypeCheckResult checkInputDataTypes() {
        try {
            plan();
            return TypeCheckResult.TypeCheckSuccess$.MODULE$;
        } catch (IllegalArgumentException refused) {
            return new TypeCheckResult.TypeCheckFailure(refused.getMessage());
        }
    }

    private SoftPlan plan() {
        if (plan == null) plan = makePlan();
        return plan;
    }

    private SoftPlan makePlan() {
        List<Param> params = function.params();
        DataType[] types = new DataType[params.size()];
        Object[] constants = new Object[params.size()];
        boolean alwaysNull = false;
        for (int i = 0; i < constants.length; i++) constants[i] = params.get(i).byDefault();
        for (int child = 0; child < slots.length; child++) {
            Param param = params.get(slots[child]);
            Expression argument = arguments.apply(child);
            if (param instanceof Param.Data data) {
                types[slots[child]] = dataType(data, argument.dataType());
            } else if (argument.foldable()) {
                Object value = argument.eval(null);
                alwaysNull |= value == null;
                constants[slots[child]] = value == null ? param.byDefault() : check(param, argument, value);
            } else if (param.varies()) {
                types[slots[child]] = varyingType(param, argument.dataType());
            } else {
                throw new IllegalArgumentException(function.name() + ": " + param.name()
                        + " must be a constant, got the expression " + argument.sql());
            }
        }
        SoftPlan made = new SoftPlan(function, types, constants, alwaysNull);
        checkCotangent(made, params);
        return made;
    }

    private DataType dataType(Param.Data param, DataType type) {
        boolean truth = param.form().truth();
        boolean list = SqlFunction.isList(type);
        boolean nested = param.equals(SqlFunction.COTANGENT)
                && type instanceof ArrayType outer
                && outer.elementType() instanceof ArrayType;
        DataType number = Cells.isVector(type) ? DataTypes.DoubleType : list ? innermost(type, nested) : type;
        if (!Cells.isNumber(number, truth) || (param.form().list() && !list && !(type instanceof NullType))) {
            throw param.refuse(function.name(), type.sql());
        }
        return type;
    }

    private static DataType innermost(DataType type, boolean nested) {
        DataType element = Cells.element(type);
        return nested ? Cells.element(element) : element;
    }

    private DataType varyingType(Param param, DataType type) {
        DataType number = param instanceof Param.Level && type instanceof ArrayType list ? list.elementType() : type;
        if (!Cells.isNumber(number, false)) throw param.refuse(function.name(), type.sql());
        return type;
    }

    /** A constant in the form that {@link Param#check} takes. */
    private Object check(Param param, Expression argument, Object value) {
        DataType type = argument.dataType();
        Object plain = value;
        if (type instanceof ArrayType list && Cells.isNumber(list.elementType(), false)) {
            plain = Cells.numbers((ArrayData) value, list.elementType(), true);
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
        return type instanceof ArrayType array ? 1 + depth(array.elementType()) : 0;
    }

    @Override
    public DataType dataType() {
        return plan().resultType();
    }

    @Override
    public boolean nullable() {
        return true;
    }

    @Override
    public boolean foldable() {
        return Scala.list(arguments).stream().allMatch(Expression::foldable);
    }

    // ---- evaluation

    @Override
    public Object eval(InternalRow row) {
        SoftCall call = plan().newCall();
        for (int child = 0; child < slots.length; child++) {
            if (varies(child)) call.set(slots[child], arguments.apply(child).eval(row));
        }
        call.run();
        return call.result();
    }

    private boolean varies(int child) {
        return plan().type(slots[child]) != null;
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode code) {
        String reference = context.addReferenceObj("softPlan", plan(), SoftPlan.class.getName());
        String call = context.addMutableState(
                SoftCall.class.getName(), "softCall", name -> name + " = " + reference + ".newCall();", true, true);
        StringBuilder java = new StringBuilder();
        for (int child = 0; child < slots.length; child++) {
            if (varies(child)) java.append(argument(context, arguments.apply(child), call, slots[child]));
        }
        String type = CodeGenerator.javaType(dataType());
        String read =
                dataType() instanceof DoubleType ? "number" : dataType() instanceof ArrayType ? "array" : "struct";
        java.append(call).append(".run();\n");
        java.append("boolean ").append(code.isNull()).append(" = ").append(call).append(".isNull();\n");
        java.append(type)
                .append(' ')
                .append(code.value())
                .append(" = ")
                .append(code.isNull())
                .append(" ? ");
        java.append(CodeGenerator.defaultValue(dataType(), true)).append(" : ");
        java.append(call).append('.').append(read).append("();\n");
        return code.copy(block(java.toString()), code.isNull(), code.value());
    }

    private static CodeBlock block(String java) {
        return new CodeBlock(Scala.seq(List.of(java)), Scala.seq(List.of()));
    }

    private static String argument(CodegenContext context, Expression argument, String call, int slot) {
        ExprCode made = argument.genCode(context);
        DataType type = argument.dataType();
        String set = Cells.isVector(type) ? "setVector" : type instanceof ArrayType ? "setArray" : "setNumber";
        String value = String.valueOf(made.value());
        if (type instanceof DecimalType) value += ".toDouble()";
        if (type instanceof BooleanType) value = "(" + value + " ? 1.0 : 0.0)";
        String present = type instanceof NullType ? "" : call + "." + set + "(" + slot + ", " + value + ");";
        return made.code() + "\nif (" + made.isNull() + ") {\n" + call + ".setNull(" + slot + ");\n} else {\n" + present
                + "\n}\n";
    }

    // ---- as a tree

    @Override
    public Seq<Expression> children() {
        return arguments;
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        return new SoftExpression(function, slots, children);
    }

    @Override
    public String prettyName() {
        return function.name();
    }

    @Override
    public String sql() {
        return text(Expression::sql);
    }

    @Override
    public String toString() {
        return text(Expression::toString);
    }

    private String text(Function<Expression, String> form) {
        List<Param> params = function.params();
        StringBuilder text = new StringBuilder(function.name()).append('(');
        for (int child = 0; child < slots.length; child++) {
            if (child > 0) text.append(", ");
            if (slots[child] != child)
                text.append(params.get(slots[child]).name()).append(" => ");
            text.append(form.apply(arguments.apply(child)));
        }
        return text.append(')').toString();
    }

    @Override
    public int productArity() {
        return 3;
    }

    @Override
    public Object productElement(int i) {
        return switch (i) {
            case 0 -> function;
            case 1 -> Arrays.stream(slots).boxed().collect(Collectors.toList());
            default -> arguments;
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof SoftExpression;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SoftExpression e
                && e.function.equals(function)
                && Arrays.equals(e.slots, slots)
                && e.arguments.equals(arguments);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * function.hashCode() + Arrays.hashCode(slots)) + arguments.hashCode();
    }
}
