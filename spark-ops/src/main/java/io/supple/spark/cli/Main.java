// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * Entry point of {@code bin/supple} and of {@code spark-submit}. Exit codes: 0 done, 1 the job failed, 2 the call was
 * wrong. Results go to stdout, progress and messages to stderr.
 */
@Command(
        name = "supple",
        description = "Soft, differentiable sorting, ranking, top-k, quantiles, comparisons and logic on Apache Spark.",
        subcommands = {
            FeaturesCommand.class,
            SqlCommand.class,
            FunctionsCommand.class,
            BenchCommand.class,
            GenerateCommand.class,
            TrainCommand.class,
            ScoreCommand.class,
            EvaluateCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  supple features flights.csv ranked --group \"date, origin\" \\",
            "    --select \"soft_rank(dep_delay) AS r\"",
            "  supple sql \"SELECT soft_sort(array(3, 1, 2), softness => 0.01)\"",
            "  supple evaluate scored.parquet --report report.html",
            "  supple functions soft_rank"
        })
public final class Main {

    private Main() {}

    /** Runs a command and exits with its code; Spark, if it was started, stops with the process. */
    public static void main(String[] arguments) {
        System.exit(run(utf8(System.out), utf8(System.err), arguments));
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** All commands with their options. */
    static CommandLine commands() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Runs a command and returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = commands().setOut(out).setErr(err);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> Failures.report(thrown, command));
        line.setParameterExceptionHandler(WrongCall::report);
        if (arguments.length == 0) {
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(arguments);
    }

    /** The version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"supple " + (version == null ? "(not packaged)" : version)};
        }
    }
}
