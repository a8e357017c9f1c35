// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.spark.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A call of a SQL function, before it is known how it is sent.
 *
 * @param function what is called
 * @param arguments as they are given
 * @param rows of an aggregate the number of rows that its group has; 1 otherwise
 */
record Call(SqlFunction function, List<Argument> arguments, int rows) {

    Call(SqlFunction function, List<Argument> arguments) {
        this(function, arguments, 1);
    }

    /** The call with its arguments as they are. */
    String constant() {
        return text(argument -> argument);
    }

    /** The call with some of its arguments in another form. */
    String text(UnaryOperator<Argument> form) {
        return text(function.name(), arguments, form);
    }

    private String text(String name, List<Argument> given, UnaryOperator<Argument> form) {
        List<String> texts = new ArrayList<>();
        for (Argument argument : given) {
            String sql = argument.sql().equals(Argument.VALUE)
                    ? text(new SqlFunction(function.operator(), false).name(), withoutCotangent(), form)
                    : form.apply(argument).sql();
            texts.add(argument.name() == null ? sql : argument.name() + " => " + sql);
        }
        return name + "(" + String.join(", ", texts) + ")";
    }

    /** What a companion and its function share; what came by its place after the cotangent keeps its place. */
    private List<Argument> withoutCotangent() {
        return arguments.stream()
                .filter(argument -> !argument.sql().equals(Argument.VALUE))
                .toList();
    }

    /** The call with other arguments. */
    Call with(UnaryOperator<Argument> change) {
        return new Call(function, arguments.stream().map(change).toList(), rows);
    }

    /** The argument of that parameter if it is given by name, or by one of the places of the data; null otherwise. */
    Argument argument(String param) {
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i).name();
            String meant = name != null
                    ? name
                    : i < function.params().size() ? function.params().get(i).name() : null;
            if (param.equalsIgnoreCase(meant)) return arguments.get(i);
        }
        return null;
    }

    /** Whether a value differs from row to row, or from query to query. */
    static boolean changes(String sql) {
        return sql.contains("id") || sql.contains("SELECT") || sql.contains("rand") || sql.contains("uuid");
    }

    /** Whether all arguments are what they are in every row. */
    boolean steady() {
        return arguments.stream().noneMatch(argument -> changes(argument.sql()));
    }

    /** Whether Spark draws an argument, from a sequence of the partition: the same call gives another value in another. */
    boolean drawn() {
        return arguments.stream().anyMatch(argument -> argument.sql().contains("rand"));
    }

    @Override
    public String toString() {
        return constant();
    }
}
