// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Param;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;

/** What {@code DESCRIBE FUNCTION EXTENDED} prints, derived from the catalogue. */
public final class FunctionHelp {

    private static final String SINCE = "0.1.0";

    private static final String OWN_SEED =
            "; may be a column: give each row its own, such as xxhash64(id), since rows of one seed draw the same noise";

    private FunctionHelp() {}

    /** What Spark keeps of a function; the examples are evaluated when somebody asks, not at every session's start. */
    static ExpressionInfo info(SqlFunction function) {
        String arguments = arguments(function);
        boolean list = function.operator().data().get(0).form().list();
        String group = function.aggregate() ? "agg_funcs" : list ? "array_funcs" : "math_funcs";
        Class<?> expression = function.aggregate() ? SoftAggregate.class : SoftExpression.class;
        return new ExpressionInfo(
                expression.getName(),
                null,
                function.name(),
                usage(function),
                arguments,
                "",
                "",
                group,
                SINCE,
                "",
                "java_udf") {
            @Override
            public String getExamples() {
                return examples(function).replace("_FUNC_", function.name());
            }

            @Override
            public String getExtended() {
                return arguments + getExamples();
            }
        };
    }

    /** The help of a function as text. */
    public static String text(SqlFunction function) {
        String name = function.name();
        return (usage(function) + "\n" + arguments(function) + examples(function))
                .replace("_FUNC_", name)
                .stripTrailing();
    }

    private static String usage(SqlFunction function) {
        String kind = switch (function.kind()) {
            case VALUE -> "";
            case VJP -> "The value and the gradients of the following: ";
            case OBJECTIVE ->
                "The value, gradient and second derivatives, by which boosted trees are grown, of the following: ";
            case AGGREGATE -> "Where x are the values of a group of rows: ";
        };
        return function.signature().replace(function.name(), "_FUNC_") + " - " + kind
                + sentence(function.operator().meaning());
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
            if (param instanceof Param.Seed) text.append(OWN_SEED);
            if (SqlFunction.hasDefault(param)) {
                text.append("; default ").append(SqlFunction.literal(param.byDefault()));
            }
            text.append('\n');
        }
        return text.append("  ").toString();
    }

    private static String examples(SqlFunction function) {
        return "\n    Examples:\n      > SELECT " + Sample.query(function).replace(function.name(), "_FUNC_")
                + ";\n       " + Sample.result(function) + "\n  ";
    }
}
