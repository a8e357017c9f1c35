// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Param;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import scala.collection.Seq;

/**
 * Puts positional and {@code name => value} arguments into the order of the parameters. Spark has such a thing, but its
 * signature changed between 4.0 and 4.1.
 */
final class ArgumentBinder {

    private ArgumentBinder() {}

    /** The expression of a call, with the arguments that were given. */
    static Expression bind(SqlFunction function, Seq<Expression> given) {
        List<Param> params = function.params();
        List<Expression> arguments = new ArrayList<>();
        List<Integer> slots = new ArrayList<>();
        String firstNamed = null;
        for (Expression argument : Scala.list(given)) {
            int slot = arguments.size();
            if (argument instanceof NamedArgumentExpression named) {
                firstNamed = named.key();
                slot = slot(function, params, named.key());
            } else if (firstNamed != null) {
                throw error("UNEXPECTED_POSITIONAL_ARGUMENT", function, "parameterName", quoted(firstNamed));
            } else if (slot >= params.size()) {
                throw error(
                        "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                        function,
                        "expectedNum",
                        "[" + required(params) + ", " + params.size() + "]",
                        "actualNum",
                        String.valueOf(given.length()),
                        "docroot",
                        "https://spark.apache.org/docs/latest");
            }
            if (slots.contains(slot)) {
                throw error(
                        "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED",
                        function,
                        "parameterName",
                        quoted(params.get(slot).name()));
            }
            slots.add(slot);
            arguments.add(argument instanceof NamedArgumentExpression named ? named.value() : argument);
        }
        for (int i = 0; i < params.size(); i++) {
            if (!SqlFunction.optional(params.get(i)) && !slots.contains(i)) {
                throw error(
                        "REQUIRED_PARAMETER_NOT_FOUND",
                        function,
                        "parameterName",
                        quoted(params.get(i).name()),
                        "index",
                        String.valueOf(i));
            }
        }
        int[] filled = slots.stream().mapToInt(i -> i).toArray();
        return function.aggregate()
                ? new SoftAggregate(function, filled, arguments)
                : new SoftExpression(function, filled, Scala.seq(arguments));
    }

    private static int slot(SqlFunction function, List<Param> params, String key) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < params.size(); i++) {
            if (params.get(i).name().equalsIgnoreCase(key)) return i;
            names.add(quoted(params.get(i).name()));
        }
        throw error(
                "UNRECOGNIZED_PARAMETER_NAME",
                function,
                "argumentName",
                quoted(key),
                "proposal",
                String.join(" ", names));
    }

    private static long required(List<Param> params) {
        return params.stream().filter(param -> !SqlFunction.optional(param)).count();
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }

    private static RuntimeException error(String condition, SqlFunction function, String... parameters) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(condition.startsWith("WRONG") ? "functionName" : "routineName", quoted(function.name()));
        for (int i = 0; i < parameters.length; i += 2) map.put(parameters[i], parameters[i + 1]);
        return ArgumentBinder.<RuntimeException>unchecked(new AnalysisException(condition, Scala.map(map)));
    }

    /** Spark's builders declare no checked exception, and its own AnalysisException is one. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
