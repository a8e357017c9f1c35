// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.spark.FunctionHelp;
import io.supple.spark.SqlFunction;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code supple functions}: the catalogue, and the help of one function. Starts no Spark. */
@Command(
        name = "functions",
        mixinStandardHelpOptions = true,
        description = "Lists the functions, or explains one of them.")
final class FunctionsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A function, with or without soft_.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) list(out);
        else out.println(FunctionHelp.text(function(name.toLowerCase(Locale.ROOT))));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void list(PrintWriter out) {
        for (Catalogue.Family family : Catalogue.families()) {
            out.println(family.name() + ": " + family.summary());
            for (Operator operator : family.operators()) {
                out.printf("  %-22s %s%n", new SqlFunction(operator, false).name(), operator.meaning());
            }
            out.println();
        }
        out.println("aggregates: the same of the values of a group of rows, for GROUP BY, FILTER and OVER");
        for (SqlFunction function : SqlFunction.aggregates()) {
            out.printf("  %-22s %s%n", function.name(), function.operator().meaning());
        }
        out.println();
        out.println("Each of the others has a companion with _vjp appended that returns the value and the gradients.");
        out.println(
                "Losses have one with _objective appended: value, gradient and second derivatives, for boosted trees.");
        out.println("'supple functions NAME' explains one.");
    }

    private static SqlFunction function(String asked) {
        String full = asked.startsWith(SqlFunction.PREFIX) ? asked : SqlFunction.PREFIX + asked;
        for (SqlFunction function : SqlFunction.all()) if (function.name().equals(full)) return function;
        String near = SqlFunction.hint(asked);
        throw new Failures.UsageException("there is no function '" + asked + "'" + (near.isEmpty() ? ";" : near)
                + " 'supple functions' lists them all");
    }
}
