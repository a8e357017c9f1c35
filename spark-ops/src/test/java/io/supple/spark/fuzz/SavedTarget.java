// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.spark.Sessions;
import io.supple.spark.cli.Main;
import io.supple.spark.ml.SoftRobustScaler;
import io.supple.spark.rank.GroupFolds;
import io.supple.spark.rank.SoftRanker;
import io.supple.spark.rank.SoftRankerModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Saved stages and models whose files were altered: loaded and used, or refused in the stage's name. */
final class SavedTarget implements Target, AutoCloseable {

    private static final String PIPELINE = "pipeline";

    private final Sender sender = new Sender(Sessions.shared(), Duration.ofSeconds(60));
    private final Dataset<Row> table = StageTable.in(Sessions.shared());
    private final Path folder;
    private final List<PipelineStage> saved = new ArrayList<>();

    SavedTarget(Path folder) throws IOException, ReflectiveOperationException {
        this.folder = folder;
        Dataset<Row> lists = table.selectExpr("g", "label", "vector AS features");
        SoftRankerModel ranker = new SoftRanker().setGroupCol("g").setMaxIter(2).fit(lists);
        saved.add(ranker);
        saved.add(ranker.copy(new org.apache.spark.ml.param.ParamMap()).setFeaturesCol("vector"));
        saved.add(new SoftRanker()
                .setGroupCol("g")
                .setHiddenLayers(2)
                .setMaxIter(2)
                .fit(lists)
                .setFeaturesCol("vector"));
        saved.add(new SoftRobustScaler()
                .setInputCol("vector")
                .setWithCentering(true)
                .fit(table));
        saved.add(new GroupFolds().setGroupCol("g"));
        for (Class<? extends PipelineStage> type : StageTarget.classes()) {
            PipelineStage stage = type.getConstructor().newInstance();
            if (!(stage instanceof Transformer) || !stage.hasParam("inputCol")) continue;
            stage.set("inputCol", "list");
            saved.add(stage);
        }
        for (int i = 0; i < saved.size(); i++)
            ((MLWritable) saved.get(i)).write().save(at(i).toString());
        new PipelineModel("late", new Transformer[] {ranker})
                .save(folder.resolve(PIPELINE).toString());
        lists.write().parquet(folder.resolve("lists.parquet").toString());
    }

    private Path at(int i) {
        return folder.resolve("stage" + i);
    }

    @Override
    public String name() {
        return "saved stages";
    }

    @Override
    public void attack(Dice dice, Tally tally) throws IOException {
        Path work = folder.resolve("work");
        FileUtils.deleteDirectory(work.toFile());
        if (dice.percent(15)) {
            commandLine(dice, work, tally);
            return;
        }
        int which = dice.below(saved.size());
        PipelineStage stage = saved.get(which);
        FileUtils.copyDirectory(at(which).toFile(), work.toFile());
        String example = stage.getClass().getSimpleName() + ": " + new Damage(dice).to(work);
        List<String> params = new ArrayList<>(List.of("path", "column"));
        for (Param<?> param : stage.params()) params.add(param.name());
        Outcome outcome = sender.outcome(() -> {
            MLReader<?> reader =
                    (MLReader<?>) stage.getClass().getMethod("read").invoke(null);
            Transformer loaded = (Transformer) reader.load(work.toString());
            loaded.explainParams();
            if (loaded instanceof SoftRankerModel ranker) ranker.summary();
            return new Outcome.Value(loaded.transform(table).collectAsList().toString(), false);
        });
        String name = stage.getClass().getSimpleName();
        Verdict.enter(tally, name, outcome, name, params, example);
    }

    /** A pipeline with a model, as the command line reads it. */
    private void commandLine(Dice dice, Path work, Tally tally) throws IOException {
        FileUtils.copyDirectory(folder.resolve(PIPELINE).toFile(), work.toFile());
        String example = "supple score: " + new Damage(dice).to(work);
        StringWriter err = new StringWriter();
        String[] line = {
            "score",
            work.toString(),
            folder.resolve("lists.parquet").toString(),
            folder.resolve("scored").toString()
        };
        Outcome outcome = sender.outcome(() -> {
            int code = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), line);
            return new Outcome.Value(code + err.toString(), false);
        });
        CommandLines.judge(outcome, err.toString(), example, tally);
        FileUtils.deleteDirectory(folder.resolve("scored").toFile());
    }

    @Override
    public void close() {
        sender.close();
    }
}
