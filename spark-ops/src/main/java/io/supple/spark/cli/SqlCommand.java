// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code supple sql}: one query with every function at hand. */
@Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        description = "Runs one query with every soft function at hand; prints it as a table or writes it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  supple sql \"SELECT soft_sort(array(3, 1, 2), softness => 0.01)\"",
            "  supple sql --view f=flights.csv --output medians.csv \\",
            "    \"SELECT origin, soft_median_agg(dep_delay) AS m FROM f GROUP BY origin\""
        })
final class SqlCommand implements Callable<Integer> {

    @Parameters(paramLabel = "QUERY", description = "The query.")
    private String query;

    @Option(
            names = "--view",
            paramLabel = "NAME=PATH",
            description = "A file as a table of that name; may be repeated.")
    private Map<String, String> views = new LinkedHashMap<>();

    @Option(names = "--output", paramLabel = "PATH", description = "Write the result instead of printing it.")
    private String output;

    @Mixin
    private OutputOptions writing;

    @Option(names = "--limit", defaultValue = "20", paramLabel = "ROWS", description = "Rows to print; default 20.")
    private int limit;

    @Mixin
    private SparkOptions spark;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) throw new Failures.UsageException("sql: --limit must be a whole number >= 1, got " + limit);
        if (output == null && writing.given()) {
            throw new Failures.UsageException("sql: --output must be given with --output-format and --overwrite");
        }
        Terminal terminal = new Terminal(spec.commandLine().getErr());
        SparkSession session = spark.session(terminal);
        if (output != null) Tables.checkNew(session, output, writing.overwrite());
        views.forEach((name, path) -> Tables.read(session, path, Tables.format(null, path, null, "--view"))
                .createOrReplaceTempView(name));
        Dataset<Row> result = new GivenSql("QUERY", "", query, "").rows(session);
        if (output == null) {
            result.show(limit, false);
        } else {
            terminal.say("writing " + output);
            Tables.write(result, output, writing.format(output), w -> {});
            terminal.say("done");
        }
        return CommandLine.ExitCode.OK;
    }
}
