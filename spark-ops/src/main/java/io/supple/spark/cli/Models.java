// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.spark.ml.SavedStage;
import io.supple.spark.rank.SoftRankerModel;
import io.supple.spark.rank.TrainingSummary;
import io.supple.spark.report.TrainingHistory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Models in folders: a pipeline of MLlib that makes vectors of feature columns, if there are several, and scores them. */
final class Models {

    /** Where the assembled vectors of several feature columns stand while they are needed. */
    static final String ASSEMBLED = "__supple_features";

    private static final String METADATA = "metadata";

    private Models() {}

    /** A stage that makes one column of several; a NULL among them is NaN, of which the ranker's handleInvalid decides. */
    static VectorAssembler assembler(List<String> features) {
        return new VectorAssembler()
                .setInputCols(features.toArray(String[]::new))
                .setOutputCol(ASSEMBLED)
                .setHandleInvalid("keep");
    }

    /** Writes a model with its history, whole or not at all. */
    static void write(SparkSession session, PipelineModel model, String path) throws InterruptedException {
        Tables.staged(session, path, staged -> {
            model.save(staged.toString());
            FileSystem files = Tables.fileSystem(session, path);
            try (var out = files.create(new Path(staged, TrainingHistory.FILE))) {
                out.write(history(ranker(model).summary()).getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** What the summary knows of each iteration, as a CSV file. */
    private static String history(TrainingSummary summary) {
        StringBuilder csv = new StringBuilder("iteration,objective");
        boolean validated = summary.validationNdcgHistory().length > 0;
        for (int k : summary.evalAt()) csv.append(",training NDCG@").append(k);
        for (int k : summary.evalAt())
            if (validated) csv.append(",validation NDCG@").append(k);
        csv.append('\n');
        double[] objective = summary.objectiveHistory();
        for (int i = 0; i < objective.length; i++) {
            csv.append(i).append(',').append(objective[i]);
            for (double ndcg : summary.trainingNdcgHistory()[i]) csv.append(',').append(ndcg);
            if (validated)
                for (double ndcg : summary.validationNdcgHistory()[i])
                    csv.append(',').append(ndcg);
            csv.append('\n');
        }
        return csv.toString();
    }

    /** Reads a model that {@link #write} or the API wrote. */
    static Transformer read(SparkSession session, String path) {
        if (!Tables.exists(session, path)) {
            throw new Failures.UsageException("the model must be an existing folder, got '" + path + "'");
        }
        if (!Tables.exists(session, path + "/" + METADATA)) throw none(path, "a folder without a model");
        String kind = SavedStage.at("the model", path).className();
        if (kind.equals(SoftRankerModel.class.getName())) return SoftRankerModel.load(path);
        if (!kind.equals(PipelineModel.class.getName())) throw none(path, "another kind of model");
        SavedStage.checkAll("the model", path);
        PipelineModel model = PipelineModel.load(path);
        if (Arrays.stream(model.stages()).noneMatch(SoftRankerModel.class::isInstance)) {
            throw none(path, "a pipeline without a ranker");
        }
        return model;
    }

    /** The ranker in a folder; none where there is no model in it. */
    static Optional<SoftRankerModel> rankerIn(SparkSession session, String path) {
        return Tables.exists(session, path + "/" + METADATA)
                ? Optional.of(ranker(read(session, path)))
                : Optional.empty();
    }

    /** Refuses to replace what is no model: a name that was mistyped must not cost a folder. */
    static void checkReplaceable(SparkSession session, String path) {
        if (Tables.exists(session, path) && !Tables.exists(session, path + "/" + METADATA)) {
            throw new Failures.UsageException(
                    "--overwrite must be of a model, got '" + path + "', which is none; choose" + " another folder");
        }
    }

    private static Failures.UsageException none(String path, String got) {
        return new Failures.UsageException(
                "the model must be a folder that 'supple train' wrote, got " + got + " in '" + path + "'");
    }

    /** The ranker of a model that was read. */
    static SoftRankerModel ranker(Transformer model) {
        if (model instanceof SoftRankerModel ranker) return ranker;
        return Arrays.stream(((PipelineModel) model).stages())
                .filter(SoftRankerModel.class::isInstance)
                .map(SoftRankerModel.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Refuses rows that lack a column of numbers that the model was trained on. */
    static void checkFeatures(Transformer model, String folder, Dataset<Row> rows) {
        if (!(model instanceof PipelineModel pipeline)) return;
        List<String> names = Arrays.asList(rows.columns());
        for (Transformer stage : pipeline.stages()) {
            if (!(stage instanceof VectorAssembler assembler)) continue;
            List<String> missing = Arrays.stream(assembler.getInputCols())
                    .filter(name -> !names.contains(name))
                    .toList();
            if (!missing.isEmpty()) {
                throw new Failures.UsageException("score: the input must have the features of the model '" + folder
                        + "', got none named " + String.join(", ", missing) + "; its columns are "
                        + String.join(", ", names) + ". Add or rename them, or train without them");
            }
        }
    }

    /** Rows with their scores, and no column that only led to them. */
    static Dataset<Row> scored(Transformer model, Dataset<Row> rows) {
        return model.transform(rows).drop(ASSEMBLED);
    }

    /** The history in a folder, if there is one. */
    static Optional<TrainingHistory> history(SparkSession session, String folder) {
        Path file = new Path(folder, TrainingHistory.FILE);
        try {
            FileSystem files = Tables.fileSystem(session, folder);
            if (!files.exists(file)) return Optional.empty();
            List<String> lines = new ArrayList<>();
            try (var reader = new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            }
            return Optional.of(TrainingHistory.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }
}
