// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.supple.spark.job.Columns;
import io.supple.spark.rank.SoftRanker;
import io.supple.spark.rank.SoftRankerModel;
import io.supple.spark.rank.TrainingSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code supple train}: a ranker from a file to a folder. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        modelTransformer = TrainCommand.StageOptions.class,
        description = {
            "Learns scores that put the rows of each list in the order of their labels, and writes a model that"
                    + " 'supple score' and MLlib read, with the history of the training beside it.",
            "",
            "Each iteration is told on stderr. The model is the same, to the last bit, wherever rows are."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  supple train train.letor model --validation vali.letor",
            "  supple train clicks.parquet model --group query --label clicked \\",
            "    --features price,age,score --loss softSpearman",
            "  supple train train.parquet model --hidden-layers 32 \\",
            "    --feature-scaling listStandard --reg-param 0.01"
        })
final class TrainCommand implements Callable<Integer> {

    /** Params that other options set. */
    private static final List<String> SET_OTHERWISE =
            List.of("featuresCol", "labelCol", "groupCol", "validationIndicatorCol");

    private static final String VALIDATION = "__supple_validation";

    @Parameters(index = "0", paramLabel = "INPUT", description = "Table to read: LETOR, Parquet, CSV, TSV or JSON.")
    private String input;

    @Parameters(index = "1", paramLabel = "MODEL", description = "Folder to write.")
    private String output;

    @Option(
            names = "--validation",
            paramLabel = "PATH",
            description = "Lists of their own to judge the training by, in the format of the input.")
    private String validation;

    @Option(
            names = "--validation-col",
            paramLabel = "COLUMN",
            description =
                    "Instead of --validation: a column that is true, or not 0, in lists to judge the training by.")
    private String validationColumn;

    @Option(names = "--overwrite", description = "Replace a model that exists.")
    private boolean overwrite;

    @Mixin
    private ListOptions lists;

    @Mixin
    private SparkOptions spark;

    @Spec
    private CommandSpec spec;

    /** The Params of the stage as options. */
    static final class StageOptions implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec spec) {
            new ParamOptions(new SoftRanker("train"), SET_OTHERWISE).addTo(spec);
            return spec;
        }
    }

    @Override
    public Integer call() throws Exception {
        if (validation != null && validationColumn != null) {
            throw new Failures.UsageException("train: --validation must be left out where --validation-col is given");
        }
        SoftRanker ranker = new SoftRanker().setLabelCol(lists.label());
        new ParamOptions(ranker, SET_OTHERWISE).apply(spec.commandLine().getParseResult());
        if (ranker.getEarlyStoppingRounds() > 0 && validation == null && validationColumn == null) {
            throw new Failures.UsageException("train: --validation or --validation-col must be given where"
                    + " --early-stopping-rounds is, got neither");
        }
        Terminal terminal = new Terminal(spec.commandLine().getErr());
        SparkSession session = spark.session(terminal);
        if (validation != null && !Tables.exists(session, validation)) {
            throw new Failures.UsageException(
                    "train: --validation must be an existing file or folder, got '" + validation + "'");
        }
        Tables.checkNew(session, output, overwrite);
        Models.checkReplaceable(session, output);
        Dataset<Row> rows = lists.read(session, terminal, input);
        String group = lists.group(rows);
        lists.checkLabel(rows, List.of(group));
        checkWeight(ranker, rows);
        List<String> features = lists.features(rows, others(ranker, group));
        if (features.isEmpty())
            throw new Failures.UsageException(
                    "train: there must be features, got no other columns of" + " numbers; name some with --features");
        terminal.say("features " + ListOptions.told(features));
        ranker.setGroupCol(group);
        boolean vectors = vectors(rows, features);
        ranker.setFeaturesCol(vectors ? features.get(0) : Models.ASSEMBLED);
        if (validation != null || validationColumn != null) ranker.setValidationIndicatorCol(VALIDATION);
        rows = withValidation(session, terminal, rows, group, features);
        long start = System.nanoTime();
        ProgressLine progress = new ProgressLine(terminal, spec.commandLine().getErr(), Terminal.interactive());
        terminal.say("gathering lists");
        List<PipelineStage> stages = new ArrayList<>();
        if (!vectors) stages.add(Models.assembler(features));
        stages.add(ranker.setProgress(progress));
        PipelineModel model;
        try {
            model = new Pipeline()
                    .setStages(stages.toArray(PipelineStage[]::new))
                    .fit(rows);
        } finally {
            progress.close();
        }
        double seconds = Terminal.seconds(start);
        terminal.say("writing " + output);
        Models.write(session, model, output);
        terminal.say("done");
        summary(Models.ranker(model), seconds);
        return CommandLine.ExitCode.OK;
    }

    /** Columns that are no features. */
    private List<String> others(SoftRanker ranker, String group) {
        List<String> others = new ArrayList<>(List.of(lists.label(), group));
        if (ranker.isSet(ranker.weightCol())) others.add(ranker.getWeightCol());
        if (validationColumn != null) others.add(validationColumn);
        return others;
    }

    /** Before features are assembled in a column that is none of the input's. */
    private static void checkWeight(SoftRanker ranker, Dataset<Row> rows) {
        if (!ranker.isSet(ranker.weightCol())) return;
        List<String> names = Arrays.asList(rows.columns());
        if (!names.contains(ranker.getWeightCol())) {
            throw Columns.unknown("train: --weight-col", ranker.getWeightCol(), names);
        }
    }

    private static boolean vectors(Dataset<Row> rows, List<String> features) {
        return features.size() == 1
                && rows.schema().apply(features.get(0)).dataType().equals(SQLDataTypes.VectorType());
    }

    private Dataset<Row> withValidation(
            SparkSession session, Terminal terminal, Dataset<Row> rows, String group, List<String> features) {
        if (validationColumn != null) return rows.withColumn(VALIDATION, indicator(rows));
        if (validation == null) return rows;
        int size = vectors(rows, features) ? size(rows, features.get(0)) : 0;
        Dataset<Row> others = lists.read(session, terminal, validation, size);
        List<Column> columns = new ArrayList<>();
        for (String name : rows.columns()) {
            if (!Arrays.asList(others.columns()).contains(name)) {
                if (!name.equals(group) && !features.contains(name) && !name.equals(lists.label())) continue;
                throw Columns.unknown("train: --validation", name, Arrays.asList(others.columns()));
            }
            columns.add(Columns.quoted(name));
        }
        Column[] shared = columns.toArray(Column[]::new);
        return marked(rows.select(shared), group, false).unionByName(marked(others.select(shared), group, true));
    }

    /** Both files may number their lists from 1: those of one are not those of the other. */
    private static Dataset<Row> marked(Dataset<Row> rows, String group, boolean validation) {
        Column id = Columns.quoted(group).cast(DataTypes.StringType);
        return rows.withColumn(group, concat(lit(validation ? "validation " : "training "), id))
                .withColumn(VALIDATION, lit(validation));
    }

    private Column indicator(Dataset<Row> rows) {
        List<String> names = Arrays.asList(rows.columns());
        if (!names.contains(validationColumn))
            throw Columns.unknown("train: --validation-col", validationColumn, names);
        DataType type = rows.schema().apply(validationColumn).dataType();
        Column column = Columns.quoted(validationColumn);
        if (type instanceof BooleanType) return column;
        if (type instanceof NumericType) return when(column.isNotNull(), column.notEqual(0));
        throw new Failures.UsageException("train: --validation-col must be a column of booleans or numbers, got '"
                + validationColumn + "' of " + type.sql());
    }

    private static int size(Dataset<Row> rows, String vectors) {
        return rows
                .select(Columns.quoted(vectors))
                .filter(Columns.quoted(vectors).isNotNull())
                .takeAsList(1)
                .stream()
                .mapToInt(row -> ((Vector) row.get(0)).size())
                .findFirst()
                .orElse(0);
    }

    private void summary(SoftRankerModel model, double seconds) {
        TrainingSummary summary = model.summary();
        var out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "lists       %,d used, %,d without a gradient%n",
                summary.listsUsed(),
                summary.listsSkipped());
        out.printf(Locale.ROOT, "rows        %,d%n", summary.rowsUsed());
        out.printf(Locale.ROOT, "features    %,d%n", model.numFeatures());
        out.printf(Locale.ROOT, "iterations  %,d (%s)%n", summary.iterations(), summary.stop());
        out.printf(Locale.ROOT, "objective   %s%n", summary.objective());
        ndcg("training", summary.evalAt(), summary.trainingNdcg());
        ndcg("validation", summary.evalAt(), summary.validationNdcg());
        out.printf(Locale.ROOT, "seconds     %.1f%n", seconds);
        out.printf(Locale.ROOT, "model       %s%n", output);
        out.flush();
    }

    private void ndcg(String lists, int[] cutoffs, double[] ndcg) {
        if (ndcg.length == 0) return;
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-10s ", lists));
        for (int j = 0; j < ndcg.length; j++) {
            line.append(String.format(Locale.ROOT, " NDCG@%d %.4f", cutoffs[j], ndcg[j]));
        }
        spec.commandLine().getOut().println(line);
    }
}
