// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.spark.job.Columns;
import io.supple.spark.rank.SoftRankerModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Column;
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

/** {@code supple score}: the scores of a model beside the rows of a file. */
@Command(
        name = "score",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a column with a model's score, of which the largest comes first in its list. Every input row comes out"
                    + " exactly once.",
            "",
            "A model that looks at a feature's place in its list needs the whole list: score lists, not parts of them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  supple score model test.letor scored.parquet",
            "  supple score model test.parquet scored.csv --columns qid,label"
        })
final class ScoreCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "MODEL", description = "Folder that 'supple train' wrote.")
    private String folder;

    @Parameters(index = "1", paramLabel = "INPUT", description = "Table to read: LETOR, Parquet, CSV, TSV or JSON.")
    private String input;

    @Parameters(
            index = "2",
            paramLabel = "OUTPUT",
            description = "Folder to write; Parquet unless its name says otherwise.")
    private String output;

    @Option(
            names = "--prediction",
            paramLabel = "COLUMN",
            description = "Name of the score's column; default that of the training, prediction.")
    private String prediction;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COLUMNS",
            description = "Columns of the input to write beside the score; default all. Text formats hold no vectors.")
    private List<String> columns = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Format of the input, if its name does not say: letor, parquet, csv, tsv, json.")
    private String format;

    @Mixin
    private OutputOptions writing;

    @Mixin
    private SparkOptions spark;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = new Terminal(spec.commandLine().getErr());
        String inputFormat = Tables.format(format, input, null, "--format");
        String writtenFormat = writing.format(output);
        if (writtenFormat.equals(Tables.LETOR)) {
            throw new Failures.UsageException(
                    "score: the output must be of a format that holds scores, got letor; choose"
                            + " parquet, csv, tsv or json");
        }
        SparkSession session = spark.session(terminal);
        Tables.checkNew(session, output, writing.overwrite());
        Transformer model = Models.read(session, folder);
        SoftRankerModel ranker = Models.ranker(model);
        if (prediction != null) ranker.set(ranker.predictionCol(), prediction);
        terminal.say("reading " + input);
        boolean sized = inputFormat.equals(Tables.LETOR);
        Dataset<Row> rows = Tables.read(
                session, input, inputFormat, sized ? Map.of("numFeatures", "" + ranker.numFeatures()) : Map.of());
        if (rows.isEmpty()) throw new IllegalArgumentException("the input must have rows, got none in '" + input + "'");
        Models.checkFeatures(model, folder, rows);
        checkPrediction(ranker, rows);
        long start = System.nanoTime();
        Dataset<Row> scored = chosen(Models.scored(model, rows), rows, ranker.getPredictionCol());
        terminal.say("scoring");
        long[] written = new long[1];
        Tables.write(scored, output, writtenFormat, whole -> {
            written[0] = whole.count();
            long expected = rows.count();
            if (written[0] != expected && !ranker.getHandleInvalid().equals("skip")) {
                throw new Failures.JobException("the output must have each row once: " + expected + " were read, "
                        + written[0] + " written; nothing was kept");
            }
        });
        terminal.say("done");
        double seconds = Terminal.seconds(start);
        var out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "rows     %,d%n", written[0]);
        out.printf(Locale.ROOT, "seconds  %.1f%n", seconds);
        out.printf(Locale.ROOT, "rows/s   %,.0f%n", written[0] / seconds);
        out.printf(Locale.ROOT, "output   %s (%s)%n", output, writtenFormat);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static void checkPrediction(SoftRankerModel ranker, Dataset<Row> rows) {
        String name = ranker.getPredictionCol();
        if (!Arrays.asList(rows.columns()).contains(name)) return;
        throw new Failures.UsageException("score: --prediction: predictionCol must be a new column, got '" + name
                + "', which the input has; name another");
    }

    private Dataset<Row> chosen(Dataset<Row> scored, Dataset<Row> rows, String score) {
        if (columns.isEmpty()) return scored;
        ListOptions.refuseTwice(
                "score: --columns", columns.stream().map(String::strip).toList());
        List<String> names = Arrays.asList(rows.columns());
        List<Column> kept = new ArrayList<>();
        for (String name : columns) {
            if (!names.contains(name.strip())) throw Columns.unknown("score: --columns", name.strip(), names);
            kept.add(Columns.quoted(name.strip()));
        }
        kept.add(Columns.quoted(score));
        return scored.select(kept.toArray(Column[]::new));
    }
}
