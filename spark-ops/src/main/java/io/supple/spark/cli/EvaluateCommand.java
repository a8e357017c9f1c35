// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.apache.spark.sql.functions.max;

import io.supple.EmptyList;
import io.supple.Gain;
import io.supple.spark.job.Columns;
import io.supple.spark.report.Judging;
import io.supple.spark.report.Page;
import io.supple.spark.report.RankingColumns;
import io.supple.spark.report.RankingEvaluation;
import io.supple.spark.report.RankingReport;
import io.supple.spark.report.TrainingHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code supple evaluate}: how well a column of predictions orders lists, as tables and as a page. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Judges the order that a column of predictions gives each list: NDCG, precision, recall, MRR, ERR and MAP by"
                    + " cut-off, beside a random order, the best single feature, the best order and other columns.",
            "",
            "Prints tables; --report writes a page with pictures that needs nothing else. Results do not depend on"
                    + " partitions or on the order of rows; tied scores count by the mean over their orders."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  supple evaluate scored.parquet --model model --report report.html",
            "  supple evaluate scored.csv --prediction score \\",
            "    --baseline bm25,clicks --k 1,5,10"
        })
final class EvaluateCommand implements Callable<Integer> {

    private static final String USUAL_PREDICTION = "prediction";

    @Parameters(
            index = "0",
            paramLabel = "INPUT",
            description = "Table to read, as 'supple score' writes it: Parquet, CSV, TSV, JSON or LETOR.")
    private String input;

    @Option(
            names = "--prediction",
            paramLabel = "COLUMN",
            description = "The scores, of which the largest come first; default that of --model, else prediction.")
    private String prediction;

    @Option(
            names = "--baseline",
            split = ",",
            paramLabel = "COLUMNS",
            description = "Other scores to compare with, separated by commas; may be repeated.")
    private List<String> baselines = new ArrayList<>();

    @Option(
            names = "--k",
            split = ",",
            paramLabel = "K",
            defaultValue = "1,3,5,10,20",
            description = "How many places count; default 1,3,5,10,20.")
    private List<Integer> cutoffs;

    @Option(
            names = "--empty-list",
            paramLabel = "POLICY",
            defaultValue = "one",
            description = "Lists without relevant rows count as one (default) or zero, or skip leaves them out.")
    private Empty emptyList;

    @Option(
            names = "--gain",
            paramLabel = "GAIN",
            defaultValue = "exponential",
            description = "What a label y is worth: exponential, 2^y - 1 (default), or linear, y.")
    private Gain gain;

    @Option(
            names = "--max-label",
            paramLabel = "Y",
            defaultValue = "0",
            description =
                    "The highest label there can be, for ERR; default 4, or the largest of the input if that is more.")
    private int maxLabel;

    @Option(
            names = "--softness",
            paramLabel = "SOFTNESS",
            defaultValue = "0.1",
            description = "Softness at which the page shows gradients; default 0.1.")
    private double softness;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page, HTML in one file.")
    private Path page;

    @Option(names = "--overwrite", description = "Replace a page that exists.")
    private boolean overwrite;

    @Option(
            names = "--model",
            paramLabel = "FOLDER",
            description =
                    "Folder of the model, whose history the page shows, by default looked for beside the input; its columns"
                            + " are those of --group, --label and --prediction where these are not given.")
    private String model;

    @Mixin
    private ListOptions lists;

    @Mixin
    private SparkOptions spark;

    @Spec
    private CommandSpec spec;

    /** What a list without relevant rows is worth. */
    enum Empty {
        ONE(EmptyList.ONE),
        ZERO(EmptyList.ZERO),
        SKIP(EmptyList.NAN);

        private final EmptyList policy;

        Empty(EmptyList policy) {
            this.policy = policy;
        }
    }

    @Override
    public Integer call() throws IOException {
        for (int k : cutoffs) if (k < 1) throw wrong("--k must be whole numbers >= 1, got " + k);
        if (maxLabel < 0) throw wrong("--max-label must be a whole number >= 1, got " + maxLabel);
        if (!(softness > 0 && softness < Double.POSITIVE_INFINITY)) {
            throw wrong("--softness must be > 0 and finite, got " + softness);
        }
        PageFile file = page == null ? null : new PageFile("evaluate", page, overwrite);
        if (file != null) file.check();
        Judging judging = new Judging(cutoffs, gain, emptyList.policy, maxLabel, softness);
        Terminal terminal = new Terminal(spec.commandLine().getErr());
        SparkSession session = spark.session(terminal);
        Optional<TrainingHistory> history = history(session, terminal);
        Dataset<Row> rows = lists.read(session, terminal, input);
        if (model != null) fromModel(session, terminal, rows);
        if (prediction == null) prediction = USUAL_PREDICTION;
        List<String> groups = List.of(lists.group(rows));
        List<String> others = new ArrayList<>(groups);
        others.addAll(List.of(lists.label(), prediction));
        others.addAll(baselines);
        lists.checkLabel(rows, groups);
        checkMaxLabel(rows);
        if (!List.of(rows.columns()).contains(prediction)) {
            throw wrong("--prediction must be the column of scores that 'supple score' wrote, got '" + prediction
                    + "', which the input has not; score it first, or name another. The columns are "
                    + String.join(", ", rows.columns()));
        }
        List<String> features = lists.features(rows, others);
        terminal.say("best feature: looked for among " + (features.isEmpty() ? "none" : ListOptions.told(features)));
        RankingReport report = RankingEvaluation.of(
                        new RankingColumns(groups, lists.label(), prediction, baselines, features), judging)
                .run(rows, terminal::say);
        Page made = new Page(report, input, history);
        print(made.text());
        if (file != null) {
            terminal.say("drawing " + page);
            file.write(made.html());
        }
        terminal.say("done");
        return CommandLine.ExitCode.OK;
    }

    /** What was not named is as the model has it. */
    private void fromModel(SparkSession session, Terminal terminal, Dataset<Row> rows) {
        Models.rankerIn(session, model).ifPresent(ranker -> {
            lists.from(ranker, rows);
            String scores = ranker.getPredictionCol();
            if (prediction == null && List.of(rows.columns()).contains(scores)) prediction = scores;
            terminal.say("lists by '" + lists.group(rows) + "', labels in '" + lists.label() + "'");
        });
    }

    /** Before lists are judged, which takes longer. */
    private void checkMaxLabel(Dataset<Row> rows) {
        if (maxLabel == 0) return;
        Row largest = rows.agg(max(Columns.quoted(lists.label()).cast(DataTypes.DoubleType)))
                .first();
        if (!largest.isNullAt(0) && largest.getDouble(0) > maxLabel) {
            throw wrong("--max-label must be at least the largest label of the input, " + largest.getDouble(0)
                    + ", got " + maxLabel);
        }
    }

    private static Failures.UsageException wrong(String message) {
        return new Failures.UsageException("evaluate: " + message);
    }

    private Optional<TrainingHistory> history(SparkSession session, Terminal terminal) {
        if (model != null && !Tables.exists(session, model)) {
            throw wrong("--model must be the folder of a model, got '" + model + "'");
        }
        String folder = model == null ? beside() : model;
        Optional<TrainingHistory> history = Models.history(session, folder);
        if (model != null && history.isEmpty()) {
            throw wrong("--model must be a folder with " + TrainingHistory.FILE + ", as 'supple train' writes it, got '"
                    + model + "'");
        }
        if (history.isPresent()) terminal.say("training curves from " + folder + "/" + TrainingHistory.FILE);
        return history;
    }

    private String beside() {
        org.apache.hadoop.fs.Path parent = new org.apache.hadoop.fs.Path(input).getParent();
        // of a bare name Hadoop gives a parent that has none
        return parent == null || parent.toString().isEmpty() ? "." : parent.toString();
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
