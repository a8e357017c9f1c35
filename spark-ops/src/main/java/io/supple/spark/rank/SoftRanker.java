// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Loss;
import io.supple.Method;
import io.supple.RankingLoss;
import io.supple.spark.ml.Declared;
import io.supple.spark.ml.HasDevice;
import io.supple.spark.ml.Refusal;
import io.supple.spark.ml.StageReader;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.StructType;

/**
 * Learns to rank: scores, linear or with a hidden layer, that put the rows of each list in the order of their labels. It
 * makes {@code sum_l omega_l L_l / sum_l omega_l} small, L a {@link Loss} of a list, plus a penalty, by L-BFGS with all lists in
 * each step.
 *
 * <pre>{@code
 * SoftRankerModel model = new SoftRanker().setGroupCol("query").fit(rows); // features, label
 * Dataset<Row> scored = model.transform(more);                             // prediction: the largest first
 * }</pre>
 *
 * <p>Rows of a list may stand anywhere: neither their order nor partitions change the model. Lists without a relevant row,
 * of one row or of equal labels say nothing and are left out ({@link TrainingSummary#listsSkipped}). Memory on the workers
 * is {@code 8 (features + 2)} bytes a row, on disk what does not fit; one list at a time is gathered. Time is one pass over
 * the rows for each evaluation, and for each list what its loss takes.
 */
public final class SoftRanker extends Estimator<SoftRankerModel>
        implements HasScoring<SoftRanker>,
                HasLoss<SoftRanker>,
                HasSolver<SoftRanker>,
                HasValidation<SoftRanker>,
                HasDevice<SoftRanker>,
                DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final ScoringParams scoring;
    private final LossParams loss;
    private final SolverParams solver;
    private final ValidationParams validation;
    private final Param<String> device;
    private transient Progress progress;

    /** With a name of its own. */
    public SoftRanker() {
        this(Identifiable$.MODULE$.randomUID("softRanker"));
    }

    /** With a given name. */
    public SoftRanker(String uid) {
        this.uid = uid; // before the Params, which read it
        scoring = new ScoringParams(this);
        loss = new LossParams(this);
        solver = new SolverParams(this);
        validation = new ValidationParams(this);
        device = HasDevice.declared(this, "soft ranks of lists, in the losses approxNDCG and softSpearman,");
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public ScoringParams scoring() {
        return scoring;
    }

    @Override
    public LossParams lossParams() {
        return loss;
    }

    @Override
    public SolverParams solverParams() {
        return solver;
    }

    @Override
    public ValidationParams validation() {
        return validation;
    }

    /** Where soft ranks of lists are computed. */
    @Override
    public Param<String> device() {
        return device;
    }

    /** Sets {@link #featureScaling()}. */
    public SoftRanker setFeatureScaling(String value) {
        return given(featureScaling(), value);
    }

    /** Who is told of each iteration; not saved. */
    public SoftRanker setProgress(Progress told) {
        progress = told;
        return this;
    }

    Progress progress() {
        return progress == null ? Progress.NOBODY : progress;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        RankingLoss chosen = loss.chosen();
        boolean linear = getHiddenLayers().length == 0;
        boolean stuck = chosen.loss().usesOrder() && chosen.method() == Method.SOFTSORT;
        if (stuck && linear && getWarmStart().equals(SolverParams.NONE)) {
            throw Refusal.of(
                    this,
                    "warmStart",
                    "a convex loss, or auto, where method is softsort",
                    "'none': from weights of 0 all scores are tied, |s_i - s_j| has no slope there, and "
                            + chosen.loss().paramName() + " would never leave them");
        }
        if (getEarlyStoppingRounds() > 0 && !isSet(validationIndicatorCol())) {
            throw Refusal.of(this, "validationIndicatorCol", "set where earlyStoppingRounds is", "nothing");
        }
        GroupKeys.column(this, getGroupCol(), schema);
        GroupKeys.number(this, "labelCol", getLabelCol(), schema);
        if (isSet(weightCol())) GroupKeys.number(this, "weightCol", getWeightCol(), schema);
        if (isSet(validationIndicatorCol())) {
            String name = getValidationIndicatorCol();
            var type =
                    Refusal.field(this, "validationIndicatorCol", name, schema).dataType();
            if (!(type instanceof BooleanType)) {
                throw Refusal.of(
                        this, "validationIndicatorCol", "a column of booleans", "'" + name + "' of type " + type.sql());
            }
        }
        return Scoring.schema(this, this, schema, -1);
    }

    @Override
    public SoftRankerModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        try {
            return new Fit(this, dataset).run();
        } catch (Exception failed) {
            throw Scoring.plain(failed);
        }
    }

    SoftRankerModel model(double[] w, double[] means, double[] factors, TrainingSummary summary) {
        SoftRankerModel model = new SoftRankerModel(uid).fitted(w, means, factors, summary);
        return copyValues(model.setParent(this), new ParamMap());
    }

    @Override
    public SoftRanker copy(ParamMap extra) {
        return this.<SoftRanker>defaultCopy(extra).setProgress(progress);
    }

    @Override
    public String explainParam(Param<?> param) {
        return Declared.explained(this, param);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftRanker> read() {
        return new StageReader<>(SoftRanker.class);
    }

    /** Loads a saved ranker. */
    public static SoftRanker load(String path) {
        return read().load(path);
    }
}
