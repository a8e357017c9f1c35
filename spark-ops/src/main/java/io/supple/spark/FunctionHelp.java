// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Param;
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
        return "\n    Examples:\n      > SELECT " + Sample.sql(function).replace(function.name(), "_FUNC_")
                + ";\n       " + Sample.result(function) + "\n  ";
    }
}
