// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Operator;
import io.supple.tensor.PlaceProgram;
import io.supple.tensor.PlaceStep;
import io.supple.tensor.Pointwise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;

/**
 * Writes the Java method that computes what a {@link NumberProgram} computes: its steps as statements, in the same order
 * and so to the same last bit, for a companion the walk back after them.
 *
 * <p>Each function of a step has a field and a call of its own, so that the compiler knows which function is called there
 * and makes straight code of all. Methods are named after the call's function and mode: Spark compiles equal sources once,
 * and calls of other functions shall not share that knowledge.
 */
final class NumberCode {

    /** Programs of more steps are not written out: no operator comes near, and methods of the JVM have a limit. */
    static final int MOST_STEPS = 100;

    private static final String COTANGENT = "cotangent";

    private final SoftPlan plan;
    private final NumberProgram program;
    private final CodegenContext context;
    private final StringBuilder java = new StringBuilder();
    private final String numbers; // the field of the program
    private final String name;

    /**
     * A writer.
     *
     * @param plan the call's
     * @param program its computation
     * @param context where the method is added
     * @param reference the plan in generated code
     */
    NumberCode(SoftPlan plan, NumberProgram program, CodegenContext context, String reference) {
        this.plan = plan;
        this.program = program;
        this.context = context;
        String mode = plan.soft().mode().name().toLowerCase(Locale.ROOT);
        name = plan.function().name() + "_" + mode + (plan.soft().straight() ? "_straight" : "");
        numbers = field(NumberProgram.class, "softNumbers", reference + ".newNumbers()");
    }

    /** Whether a computation is written out. */
    static boolean writes(NumberProgram program) {
        return program != null && program.steps() <= MOST_STEPS;
    }

    /** Adds the method and returns the call of it. */
    String call(List<String> arguments) {
        String method = context.freshName(name);
        boolean vjp = plan.function().vjp();
        int inputs = program.value().inputs();
        List<String> parameters = IntStream.range(0, inputs)
                .mapToObj(i -> "double " + place("v", i))
                .collect(Collectors.toCollection(ArrayList::new));
        if (vjp) parameters.add("double " + COTANGENT);
        String result = vjp ? InternalRow.class.getName() : "double";
        java.append("private ").append(result).append(' ').append(method);
        java.append(parameters.stream().collect(Collectors.joining(", ", "(", ") {\n")));
        forward(program.value(), 0, "v");
        String value = place("v", program.value().result());
        if (vjp) gradients(value);
        else java.append("return ").append(value).append(";\n");
        java.append("}\n");
        String added = context.addNewFunction(method, java.toString(), false);
        Stream<String> given = arguments.size() == parameters.size() ? arguments.stream() : withOne(arguments);
        return given.collect(Collectors.joining(", ", added + "(", ")"));
    }

    /** A cotangent that is left out is 1. */
    private static Stream<String> withOne(List<String> arguments) {
        return Stream.concat(arguments.stream(), Stream.of("1.0D"));
    }

    // ---- the value

    /** Places are variables, named by a letter; the steps' functions stand in the program from a number on. */
    private void forward(PlaceProgram steps, int from, String letter) {
        double[] constants = steps.constants();
        int place = steps.inputs();
        for (double constant : constants) declare(place(letter, place++), literal(constant));
        for (int k = 0; k < steps.steps().size(); k++) {
            PlaceStep step = steps.steps().get(k);
            if (step.several() == null) {
                String f = field(DoubleUnaryOperator.class, "softStep", numbers + ".function(" + (from + k) + ")");
                declare(place(letter, place++), f + ".applyAsDouble(" + place(letter, step.place(0)) + ")");
            } else {
                String at = IntStream.range(0, step.arguments())
                        .mapToObj(j -> place(letter, step.place(j)))
                        .collect(Collectors.joining(", "));
                // arrays that go nowhere else: the compiler makes none
                java.append("double[] ")
                        .append(in(letter, k))
                        .append(" = {")
                        .append(at)
                        .append("};\n");
                declare(place(letter, place++), several(from + k) + ".value(" + in(letter, k) + ")");
            }
        }
    }

    private String several(int step) {
        return field(Pointwise.class, "softStep", numbers + ".several(" + step + ")");
    }

    // ---- the walk back

    private void gradients(String value) {
        PlaceProgram relaxed = program.relaxed();
        String letter = "v";
        int from = 0;
        if (relaxed != program.value()) {
            letter = "w";
            from = program.value().steps().size();
            for (int i = 0; i < relaxed.inputs(); i++) declare(place(letter, i), place("v", i));
            forward(relaxed, from, letter);
        }
        backward(relaxed, from, letter);
        Operator operator = plan.function().operator();
        String fields = IntStream.range(0, relaxed.inputs())
                .filter(i -> operator.differentiable().contains(operator.data().get(i)))
                .mapToObj(i -> ", " + boxed(place("c", i)))
                .collect(Collectors.joining());
        java.append("return new ").append(GenericInternalRow.class.getName());
        java.append("(new Object[] {").append(boxed(value)).append(fields).append("});\n");
    }

    private void backward(PlaceProgram steps, int from, String letter) {
        int first = steps.inputs() + steps.constants().length;
        int places = first + steps.steps().size();
        for (int p = 0; p < places; p++) declare(place("c", p), p == steps.result() ? COTANGENT : "0.0D");
        for (int k = steps.steps().size() - 1; k >= 0; k--) {
            PlaceStep step = steps.steps().get(k);
            String g = place("c", first + k);
            if (step.several() == null) {
                String slope = field(DoubleUnaryOperator.class, "softSlope", numbers + ".slope(" + (from + k) + ")");
                String at = place(letter, step.place(0));
                // a slope of infinity where nothing flows must not make NaN
                add(step.place(0), g + " == 0.0D ? 0.0D : " + g + " * " + slope + ".applyAsDouble(" + at + ")");
            } else {
                String d = "d" + k;
                java.append("double[] ")
                        .append(d)
                        .append(" = new double[")
                        .append(step.arguments())
                        .append("];\n");
                String f = several(from + k);
                java.append(f)
                        .append(".partials(")
                        .append(in(letter, k))
                        .append(", ")
                        .append(d)
                        .append(");\n");
                for (int j = 0; j < step.arguments(); j++) add(step.place(j), g + " * " + d + "[" + j + "]");
            }
        }
    }

    private void add(int place, String term) {
        java.append(place("c", place)).append(" += ").append(term).append(";\n");
    }

    // ---- pieces of Java

    private void declare(String variable, String value) {
        java.append("double ").append(variable).append(" = ").append(value).append(";\n");
    }

    private static String place(String letter, int place) {
        return letter + place;
    }

    private static String in(String letter, int step) {
        return letter + "In" + step;
    }

    private static String boxed(String variable) {
        return "Double.valueOf(" + variable + ")";
    }

    static String literal(double constant) {
        boolean plain = Math.abs(constant) <= Double.MAX_VALUE && !(constant == 0 && 1 / constant < 0);
        if (plain) return constant + "D";
        return "Double.longBitsToDouble(" + Double.doubleToRawLongBits(constant) + "L)";
    }

    private String field(Class<?> type, String name, String value) {
        return context.addMutableState(type.getName(), name, variable -> variable + " = " + value + ";", true, true);
    }
}
