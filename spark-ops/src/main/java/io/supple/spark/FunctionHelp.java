// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Operator;
import io.supple.Param;
import io.supple.Result;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;

/** What {@code DESCRIBE FUNCTION EXTENDED} prints, derived from the catalogue. */
public final class FunctionHelp {

    private static final String SINCE = "0.1.0";

    private FunctionHelp() {}

    static ExpressionInfo info(SqlFunction function) {
        return new ExpressionInfo(
                SoftExpression.class.getName(),
                null,
                function.name(),
                usage(function),
                arguments(function),
                examples(function),
                "",
                function.operator().data().get(0).form().list() ? "array_funcs" : "math_funcs",
                SINCE,
                "",
                "java_udf");
    }

    /** The help of a function as text. */
    public static String text(SqlFunction function) {
        String name = function.name();
        return (usage(function) + "\n" + arguments(function) + examples(function))
                .replace("_FUNC_", name)
                .stripTrailing();
    }

    private static String usage(SqlFunction function) {
        String usage = function.signature().replace(function.name(), "_FUNC_") + " - "
                + (function.vjp() ? "The value and the gradients of the following: " : "")
                + sentence(function.operator().meaning());
        return usage;
    }

    private static String sentence(String meaning) {
        return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + ".";
    }

    private static String arguments(SqlFunction function) {
        StringBuilder text = new StringBuilder("\n    Arguments:\n");
        for (Param param : function.params()) {
            text.append("      * ").append(param.name()).append(" - ").append(param.type());
            text.append(": ").append(param.doc());
            if (!(param instanceof Param.Data)) text.append("; ").append(param.allowed());
            if (param.byDefault() != null) {
                text.append("; default ").append(SqlFunction.literal(param.byDefault()));
            }
            text.append('\n');
        }
        return text.append("  ").toString();
    }

    private static String examples(SqlFunction function) {
        return "\n    Examples:\n      > SELECT " + example(function).replace(function.name(), "_FUNC_") + ";\n  ";
    }

    /** A call of the function with sample arguments. */
    public static String example(SqlFunction function) {
        Operator operator = function.operator();
        List<String> arguments = new ArrayList<>();
        boolean skipped = false;
        for (Param param : function.params()) {
            boolean upstream = param.equals(SqlFunction.COTANGENT);
            String value = upstream ? cotangent(operator) : SqlFunction.optional(param) ? null : sample(param);
            if (value != null) arguments.add(skipped ? param.name() + " => " + value : value);
            skipped |= value == null;
        }
        return function.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** A sample argument. */
    static String sample(Param param) {
        if (param instanceof Param.Count) return "2";
        if (param instanceof Param.Level) return "0.5";
        Param.Form form = ((Param.Data) param).form();
        return switch (form) {
            case LIST -> "array(3.0D, 1.0D, 2.0D)";
            case TRUTH_LIST -> "array(0.9D, 0.8D, 0.3D)";
            case TRUTHS -> param.name().equals("x") ? "0.9D" : "0.2D";
            case NUMBERS ->
                switch (param.name()) {
                    case "a" -> "-1.0D";
                    case "b" -> "1.0D";
                    case "y" -> "0.5D";
                    default -> "0.6D";
                };
        };
    }

    /** One for each number of the sample's result; null where that is one number. */
    private static String cotangent(Operator operator) {
        Result result = operator.result();
        boolean single = result.first() == Result.Axis.NONE || result.first() == Result.Axis.LEVEL;
        String row = "array(1.0D, 0.0D, 0.0D)";
        if (single) return result.distribution() ? row : null;
        boolean first = result.first() == Result.Axis.FIRST;
        if (!result.distribution()) return first ? "array(1.0D, 0.0D)" : row;
        return first ? "array(" + row + ", " + row + ")" : "array(" + row + ", " + row + ", " + row + ")";
    }
}
