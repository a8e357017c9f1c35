// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Param;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
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
    private final SoftPlan analysed; // of the call that this one was made from; null if it is the first
    private transient volatile SoftPlan plan;
    private transient volatile Expression canonical;

    SoftExpression(SqlFunction function, int[] slots, Seq<Expression> arguments) {
        this(function, slots, arguments, null);
    }

    private SoftExpression(SqlFunction function, int[] slots, Seq<Expression> arguments, SoftPlan analysed) {
        this.function = function;
        this.slots = slots;
        this.arguments = arguments;
        this.analysed = analysed;
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

    /** All that is known of the call before its rows come. */
    SoftPlan plan() {
        if (plan == null) plan = new CallAnalysis(function, slots, Scala.list(arguments)).planAfter(analysed);
        return plan;
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
        SoftCall call = plan().callOfThisThread();
        set(call, row);
        call.run();
        return call.result();
    }

    /** Whether a parameter was given; one that was not has its default. */
    boolean gives(String param) {
        for (int slot : slots) if (function.params().get(slot).name().equals(param)) return true;
        return false;
    }

    /** Evaluates the arguments that vary, for a call of {@link #plan}. */
    void set(SoftCall call, InternalRow row) {
        for (int child = 0; child < slots.length; child++) {
            if (varies(slots[child]))
                call.set(slots[child], arguments.apply(child).eval(row));
        }
    }

    private boolean varies(int slot) {
        return plan().type(slot) != null;
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode code) {
        String reference = context.addReferenceObj("softPlan", plan(), SoftPlan.class.getName());
        NumberProgram numbers = plan().newNumbers();
        return NumberCode.writes(numbers)
                ? codeOfNumbers(context, code, new NumberCode(plan(), numbers, context, reference))
                : codeOfCall(context, code, reference);
    }

    /** Numbers in, a number or a row out, with a method of the generated class in between. */
    private ExprCode codeOfNumbers(CodegenContext context, ExprCode code, NumberCode numbers) {
        StringBuilder java = new StringBuilder();
        String[] values = new String[function.params().size()];
        List<String> missing = new ArrayList<>();
        for (int child = 0; child < slots.length; child++) {
            int slot = slots[child];
            if (!varies(slot)) continue;
            Expression argument = arguments.apply(child);
            ExprCode made = argument.genCode(context);
            values[slot] = context.freshName("softArgument");
            java.append(made.code()).append('\n');
            java.append("double ")
                    .append(values[slot])
                    .append(" = ")
                    .append(number(argument, made))
                    .append(";\n");
            missing.add(String.valueOf(made.isNull()));
            boolean element = slot < function.operator().data().size();
            if (element && plan().missing() == Missing.IGNORE_NAN) missing.add("Double.isNaN(" + values[slot] + ")");
        }
        List<String> given = Arrays.stream(values).filter(Objects::nonNull).toList();
        define(java, code, String.join(" || ", missing), numbers.call(given));
        return code.copy(block(java.toString()), code.isNull(), code.value());
    }

    /** An argument as a double, whatever it is where it is NULL. */
    private static String number(Expression argument, ExprCode made) {
        String value = String.valueOf(made.value());
        DataType type = argument.dataType();
        if (type instanceof NullType) return "0.0D";
        if (type instanceof DecimalType) return "(" + made.isNull() + ") ? 0.0D : " + value + ".toDouble()";
        return type instanceof BooleanType ? value + " ? 1.0D : 0.0D" : value;
    }

    /** The result's variables. */
    private void define(StringBuilder java, ExprCode code, String isNull, String value) {
        java.append("boolean ")
                .append(code.isNull())
                .append(" = ")
                .append(isNull)
                .append(";\n");
        java.append(CodeGenerator.javaType(dataType()))
                .append(' ')
                .append(code.value())
                .append(" = ");
        java.append(code.isNull()).append(" ? ").append(CodeGenerator.defaultValue(dataType(), true));
        java.append(" : ").append(value).append(";\n");
    }

    /** Everything else, by a {@link SoftCall}. */
    private ExprCode codeOfCall(CodegenContext context, ExprCode code, String reference) {
        String call = context.addMutableState(
                SoftCall.class.getName(), "softCall", name -> name + " = " + reference + ".newCall();", true, true);
        StringBuilder java = new StringBuilder();
        for (int child = 0; child < slots.length; child++) {
            if (varies(slots[child])) java.append(argument(context, arguments.apply(child), call, slots[child]));
        }
        String read =
                dataType() instanceof DoubleType ? "number" : dataType() instanceof ArrayType ? "array" : "struct";
        java.append(call).append(".run();\n");
        define(java, code, call + ".isNull()", call + "." + read + "()");
        return code.copy(block(java.toString()), code.isNull(), code.value());
    }

    private static CodeBlock block(String java) {
        return new CodeBlock(Scala.seq(List.of(java)), Scala.seq(List.of()));
    }

    private String argument(CodegenContext context, Expression argument, String call, int slot) {
        ExprCode made = argument.genCode(context);
        DataType type = argument.dataType();
        boolean whole = function.params().get(slot) instanceof Param.Seed;
        String set = Cells.isVector(type)
                ? "setVector"
                : type instanceof ArrayType ? "setArray" : whole ? "setLong" : "setNumber";
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
        return new SoftExpression(function, slots, children, plan == null ? analysed : plan);
    }

    /**
     * What all calls of one meaning have in common, by which Spark knows them as one: arguments in the order of the
     * parameters, constants by their value, defaults left out.
     */
    @Override
    public Expression canonicalized() {
        if (canonical == null) canonical = resolved() ? canonicalForm() : super.canonicalized();
        return canonical;
    }

    private Expression canonicalForm() {
        List<Expression> kept = new ArrayList<>();
        List<Integer> filled = new ArrayList<>();
        for (int slot = 0; slot < function.params().size(); slot++) {
            Expression given = argument(slot);
            if (given == null || isDefault(slot)) continue;
            kept.add(varies(slot) || plan().alwaysNull() ? given.canonicalized() : literal(plan().constant(slot)));
            filled.add(slot);
        }
        return new SoftExpression(function, filled.stream().mapToInt(i -> i).toArray(), Scala.seq(kept));
    }

    /** The argument of a parameter; null if none was given. */
    private Expression argument(int slot) {
        for (int child = 0; child < slots.length; child++) if (slots[child] == slot) return arguments.apply(child);
        return null;
    }

    private boolean isDefault(int slot) {
        Param param = function.params().get(slot);
        return !varies(slot)
                && !plan().alwaysNull()
                && SqlFunction.hasDefault(param)
                && Objects.equals(plan().constant(slot), param.byDefault());
    }

    private static Literal literal(Object constant) {
        if (constant instanceof double[] levels) return new Literal(Cells.write(levels), SqlFunction.ARRAY);
        return Literal$.MODULE$.apply(constant instanceof Enum<?> choice ? Param.Choice.text(choice) : constant);
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
        return function.name() + "("
                + text(function, slots, Scala.list(arguments).stream().map(form).toList()) + ")";
    }

    /** Arguments as a call gives them: those that do not stand at their places by name. */
    static String text(SqlFunction function, int[] slots, List<String> arguments) {
        List<Param> params = function.params();
        StringBuilder text = new StringBuilder();
        for (int child = 0; child < slots.length; child++) {
            if (child > 0) text.append(", ");
            if (slots[child] != child)
                text.append(params.get(slots[child]).name()).append(" => ");
            text.append(arguments.get(child));
        }
        return text.toString();
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
