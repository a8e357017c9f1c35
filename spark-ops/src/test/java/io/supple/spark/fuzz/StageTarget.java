// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.spark.DeviceCalls;
import io.supple.spark.Sessions;
import io.supple.spark.SqlFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkException;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Stages with any Params on columns of any kind: what they give, saved and loaded too, or a refusal in their name. */
final class StageTarget implements Target, AutoCloseable {

    private static final String OURS = "io.supple.spark.";
    private static final String OPERATOR = "operator";
    private static final String DEVICE = "device";
    private static final int MOST = 6;

    private final Sender sender = new Sender(Sessions.shared(), Duration.ofSeconds(90));
    private final Dataset<Row> table = StageTable.in(Sessions.shared());
    private final Path folder;

    StageTarget(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "stages";
    }

    /** The stages that Spark finds by their service files. */
    static List<Class<? extends PipelineStage>> classes() {
        Stream<Class<?>> found = Stream.concat(
                ServiceLoader.load(Transformer.class).stream().map(ServiceLoader.Provider::type),
                ServiceLoader.load(Estimator.class).stream().map(ServiceLoader.Provider::type));
        return found.filter(type -> type.getName().startsWith(OURS))
                .<Class<? extends PipelineStage>>map(type -> type.asSubclass(PipelineStage.class))
                .toList();
    }

    @Override
    public void attack(Dice dice, Tally tally) throws ReflectiveOperationException {
        PipelineStage stage = dice.of(classes()).getConstructor().newInstance();
        ParamValues values = new ParamValues(dice, table.columns());
        if (stage.hasParam("maxIter")) stage.set("maxIter", 2);
        int given = dice.below(MOST);
        List<String> set = new ArrayList<>();
        for (int i = 0; i < given; i++) set(stage, dice.of(stage.params()), values, set, tally);
        if (stage.hasParam("inputCol") && dice.percent(70)) set(stage, stage.getParam("inputCol"), values, set, tally);
        if (stage.hasParam("featuresCol") && dice.percent(60)) stage.set("featuresCol", dice.of("vector", "sparse"));
        if (stage.hasParam("labelCol") && dice.percent(60)) stage.set("labelCol", "label");
        if (stage.hasParam("groupCol") && dice.percent(30)) stage.set("groupCol", dice.of("g", "text", "g_gaps"));
        Dataset<Row> rows = dice.percent(20) ? table : table.drop(StageTable.UNORDERED);
        String example = stage.getClass().getSimpleName() + " "
                + stage.extractParamMap().toString().replaceAll("\\s+", " ");
        Outcome outcome = enter(tally, stage, () -> transformed(stage, rows), example);
        if (outcome instanceof Outcome.Value && stage.hasParam(DEVICE) && !stage.isSet(stage.getParam(DEVICE))) {
            onDevice(stage, rows, outcome, dice, example, tally);
        }
        boolean again = dice.percent(15) && stage instanceof MLWritable;
        if (again) {
            Outcome loaded = enter(tally, stage, () -> transformed(savedAndLoaded(stage), rows), example);
            boolean same = outcome.equals(loaded)
                    || outcome.getClass() == loaded.getClass() && !(loaded instanceof Outcome.Value);
            if (!same)
                tally.fail(stage.getClass().getSimpleName() + " differs when loaded", example + outcome + loaded);
        }
    }

    /** The same from batches of a device that computes as the JVM does. */
    private void onDevice(
            PipelineStage stage, Dataset<Row> rows, Outcome expected, Dice dice, String example, Tally tally) {
        PipelineStage copy = stage.copy(new ParamMap());
        copy.set(DEVICE, "counting");
        sender.session().conf().set(DeviceCalls.BATCH, dice.of("1", "7", "1000"));
        Outcome outcome = enter(tally, copy, () -> transformed(copy, rows), example + " on a device");
        sender.session().conf().unset(DeviceCalls.BATCH);
        if (!outcome.equals(expected)) {
            tally.fail(stage.getClass().getSimpleName() + " differs on a device", example + expected + outcome);
        }
    }

    @SuppressWarnings("unchecked")
    private static void set(PipelineStage stage, Param<?> param, ParamValues values, List<String> set, Tally tally) {
        if (param.name().equals("maxIter")) return;
        Object value = values.of(param);
        try {
            stage.set((Param<Object>) param, value);
            tally.call(false);
            set.add(param.name());
        } catch (RuntimeException refused) {
            Verdict.enter(
                    tally,
                    "Param " + param.name(),
                    new Outcome.Thrown(refused),
                    param.name(),
                    List.of(param.name()),
                    value + "");
        }
    }

    private Outcome enter(Tally tally, PipelineStage stage, Callable<Outcome> task, String example) {
        Outcome outcome = sender.outcome(task);
        // what an estimator fits speaks for itself, and may be of another name
        String own = stage.getClass().getSimpleName();
        String name = stage instanceof Estimator ? "Soft" : own.replaceFirst("Model$", "");
        List<String> params = new ArrayList<>(List.of("column", "columns"));
        for (Param<?> param : stage.params()) params.add(param.name());
        for (Operator operator : Catalogue.operators()) {
            for (io.supple.Param param : operator.params()) params.add(param.name());
            for (io.supple.Param param : operator.relaxation()) params.add(param.name());
        }
        Verdict.enter(tally, name, outcome, spoken(stage, outcome) ? function(stage) : name, params, example);
        return outcome;
    }

    /**
     * Whether the SQL function that computes the stage's rows says what is wrong with one, where rows are: it names itself.
     * Not that a row has no result: iterations end on all of these rows.
     */
    private static boolean spoken(PipelineStage stage, Outcome outcome) {
        if (!stage.hasParam(OPERATOR) || !stage.isDefined(stage.getParam(OPERATOR))) return false;
        boolean rows = outcome instanceof Outcome.Thrown thrown
                && thrown.thrown() instanceof SparkException
                && !Clarity.says(thrown.thrown(), "may have a result");
        return rows
                && Stream.of(": ", "_vjp: ")
                        .anyMatch(end -> Clarity.says(((Outcome.Thrown) outcome).thrown(), function(stage) + end));
    }

    private static String function(PipelineStage stage) {
        return SqlFunction.PREFIX + stage.getOrDefault(stage.getParam(OPERATOR));
    }

    private static Outcome transformed(PipelineStage stage, Dataset<Row> table) {
        StructType schema = stage.transformSchema(table.schema());
        Dataset<Row> out = stage instanceof Estimator<?> estimator
                ? ((Transformer) estimator.fit(table)).transform(table)
                : ((Transformer) stage).transform(table);
        String wanted = types(schema);
        String got = types(out.schema());
        if (!wanted.equals(got))
            throw new AssertionError("transformSchema says " + wanted + ", transform gives " + got);
        List<String> rows =
                out.collectAsList().stream().map(Row::toString).sorted().toList();
        return new Outcome.Value(rows.toString(), false);
    }

    private static String types(StructType schema) {
        return Stream.of(schema.fields())
                .map(field -> field.name() + " " + field.dataType())
                .toList()
                .toString();
    }

    private PipelineStage savedAndLoaded(PipelineStage stage) throws IOException, ReflectiveOperationException {
        String path = folder.resolve("saved").toString();
        try {
            ((MLWritable) stage).write().overwrite().save(path);
            MLReader<?> reader =
                    (MLReader<?>) stage.getClass().getMethod("read").invoke(null);
            return (PipelineStage) reader.load(path);
        } finally {
            FileUtils.deleteDirectory(folder.resolve("saved").toFile());
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}
