// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.spark.ml.Declared;
import io.supple.spark.ml.Refusal;
import io.supple.spark.ml.SavedStage;
import io.supple.spark.ml.StageReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Cross-validation that never splits a list: Spark's {@link CrossValidator} on the folds of {@link GroupFolds}, or on a
 * column of folds that is there. What it fits is Spark's {@link CrossValidatorModel}, with its {@code avgMetrics}.
 *
 * <pre>{@code
 * new GroupCrossValidator().setGroupCol("query").setNumFolds(5).setEstimator(ranker)
 *         .setEstimatorParamMaps(maps).setEvaluator(new SoftRankingEvaluator().setGroupCol("query").setK(10)).fit(rows);
 * }</pre>
 */
public final class GroupCrossValidator extends Estimator<CrossValidatorModel>
        implements HasFolds<GroupCrossValidator>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private static final String INNER = "validator";
    private static final String FOLDS = "__supple_fold";

    private final String uid;
    private final FoldParams folds;
    private final Param<String> foldCol;
    private final IntParam parallelism;
    private Estimator<?> estimator;
    private Evaluator evaluator;
    private ParamMap[] maps = {new ParamMap()};

    /** With a name of its own. */
    public GroupCrossValidator() {
        this(Identifiable$.MODULE$.randomUID("groupCrossValidator"));
    }

    /** With a given name. */
    public GroupCrossValidator(String uid) {
        this.uid = uid; // before the Params, which read it
        Declared declared = new Declared(this);
        folds = new FoldParams(this, "seed of the folds");
        foldCol = declared.column("foldCol", "column of folds, 0 to numFolds - 1, instead of those by groupCol", null);
        parallelism = declared.count("parallelism", "how many fits run at a time", 1, 1);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public FoldParams foldParams() {
        return folds;
    }

    /** Column of folds. */
    public Param<String> foldCol() {
        return foldCol;
    }

    /** How many fits run at a time. */
    public IntParam parallelism() {
        return parallelism;
    }

    /** What is fitted. */
    public Estimator<?> getEstimator() {
        return estimator;
    }

    /** What judges it. */
    public Evaluator getEvaluator() {
        return evaluator;
    }

    /** The Params that are compared. */
    public ParamMap[] getEstimatorParamMaps() {
        return maps.clone();
    }

    /** Sets {@link #foldCol()}. */
    public GroupCrossValidator setFoldCol(String value) {
        return given(foldCol, value);
    }

    /** Sets {@link #parallelism()}. */
    public GroupCrossValidator setParallelism(int value) {
        return given(parallelism, value);
    }

    /** What is fitted. */
    public GroupCrossValidator setEstimator(Estimator<?> value) {
        estimator = value;
        return this;
    }

    /** What judges it. */
    public GroupCrossValidator setEvaluator(Evaluator value) {
        evaluator = value;
        return this;
    }

    /** The Params that are compared. */
    public GroupCrossValidator setEstimatorParamMaps(ParamMap[] value) {
        maps = value.clone();
        return this;
    }

    private CrossValidator inner() {
        if (estimator == null) throw Refusal.of(this, "estimator", "set", "nothing");
        if (evaluator == null) throw Refusal.of(this, "evaluator", "set", "nothing");
        return new CrossValidator(uid)
                .setEstimator(estimator)
                .setEvaluator(evaluator)
                .setEstimatorParamMaps(maps)
                .setNumFolds(getNumFolds())
                .setParallelism((Integer) getOrDefault(parallelism))
                .setSeed(getSeed());
    }

    private GroupFolds byGroup() {
        return new GroupFolds(uid)
                .setGroupCol(getGroupCol())
                .setFoldCol(FOLDS)
                .setNumFolds(getNumFolds())
                .setSeed(getSeed());
    }

    @Override
    public StructType transformSchema(StructType schema) {
        if (isSet(foldCol)) Refusal.field(this, "foldCol", getOrDefault(foldCol), schema);
        else GroupKeys.column(this, getGroupCol(), schema);
        return inner().transformSchema(schema);
    }

    @Override
    public CrossValidatorModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        CrossValidator validator = inner();
        if (isSet(foldCol)) return validator.setFoldCol(getOrDefault(foldCol)).fit(dataset);
        Dataset<Row> folded = byGroup().transform(dataset);
        return validator.setFoldCol(FOLDS).fit(folded);
    }

    @Override
    public GroupCrossValidator copy(ParamMap extra) {
        GroupCrossValidator copy = copyValues(new GroupCrossValidator(uid), extra);
        if (estimator != null) copy.estimator = (Estimator<?>) estimator.copy(extra);
        if (evaluator != null) copy.evaluator = evaluator.copy(extra);
        List<ParamMap> copied = new ArrayList<>();
        for (ParamMap map : maps) copied.add(map.copy());
        copy.maps = copied.toArray(ParamMap[]::new);
        return copy;
    }

    /** Writes its own Params, and beside them estimator, evaluator and Params to compare as Spark's validator does. */
    @Override
    public MLWriter write() {
        MLWriter own = DefaultParamsWritable.super.write();
        CrossValidator validator = inner();
        return new MLWriter() {
            @Override
            public void saveImpl(String path) {
                try {
                    own.save(path);
                    validator.save(path + "/" + INNER);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        };
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<GroupCrossValidator> read() {
        return new MLReader<>() {
            @Override
            public GroupCrossValidator load(String path) {
                GroupCrossValidator loaded = new StageReader<>(GroupCrossValidator.class).load(path);
                SavedStage.checkAll(GroupCrossValidator.class.getSimpleName(), path + "/" + INNER);
                CrossValidator validator = CrossValidator.load(path + "/" + INNER);
                return loaded.setEstimator(validator.getEstimator())
                        .setEvaluator(validator.getEvaluator())
                        .setEstimatorParamMaps(validator.getEstimatorParamMaps());
            }
        };
    }

    /** Loads a saved validator. */
    public static GroupCrossValidator load(String path) {
        return read().load(path);
    }
}
