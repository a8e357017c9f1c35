// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Scorer;
import io.supple.spark.job.Columns;
import io.supple.spark.ml.Declared;
import io.supple.spark.ml.Refusal;
import io.supple.spark.ml.StageReader;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What {@link SoftRanker} fits: a score for each row, of which the largest comes first in its list. No row and no column is
 * lost.
 *
 * <p>Where {@code featureScaling} is by list, rows are gathered by {@code groupCol}, one list at a time in memory, and come
 * out group by group: a score then depends on the rows beside it. Otherwise each row is scored where it is, and
 * {@code groupCol} is not needed.
 */
public final class SoftRankerModel extends Model<SoftRankerModel>
        implements HasScoring<SoftRankerModel>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private static final String KEY = "__supple_group";

    private final String uid;
    private final ScoringParams scoring;
    private final IntArrayParam hiddenLayers;
    private final Param<String> labelCol;
    private final IntArrayParam evalAt;
    private final DoubleArrayParam weights;
    private final DoubleArrayParam featureMeans;
    private final DoubleArrayParam featureFactors;
    private final DoubleArrayParam objectiveHistory;
    private final DoubleArrayParam trainingHistory;
    private final DoubleArrayParam validationHistory;
    private final DoubleArrayParam counts;
    private final Param<String> stop;

    /** With a name of its own; for those who load it. */
    public SoftRankerModel() {
        this(Identifiable$.MODULE$.randomUID("softRanker"));
    }

    /** With a given name; for those who load it. */
    public SoftRankerModel(String uid) {
        this.uid = uid; // before the Params, which read it
        scoring = new ScoringParams(this);
        Declared declared = new Declared(this);
        hiddenLayers = SolverParams.hiddenLayers(declared);
        labelCol = ValidationParams.labelCol(declared);
        evalAt = ValidationParams.evalAt(declared);
        weights = declared.fitted("weights", "weights of the scaled features");
        featureMeans = declared.fitted("featureMeans", "mean of each feature, of featureScaling standard");
        featureFactors =
                declared.fitted("featureFactors", "1 over the deviation of each feature, of featureScaling standard");
        objectiveHistory = declared.fitted("objectiveHistory", "objective after each iteration");
        trainingHistory = declared.fitted("trainingHistory", "training NDCG after each iteration, at each of evalAt");
        validationHistory =
                declared.fitted("validationHistory", "validation NDCG after each iteration, at each of evalAt");
        counts = declared.fitted("counts", "numbers of lists, rows and iterations that the summary shows");
        stop = declared.column("stop", "why the fit ended", null);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public ScoringParams scoring() {
        return scoring;
    }

    /** Size of the hidden layer, or none. */
    public IntArrayParam hiddenLayers() {
        return hiddenLayers;
    }

    /** Cut-offs of the metrics in the summary. */
    public IntArrayParam evalAt() {
        return evalAt;
    }

    /** The label that it was fitted to, for who judges the scores. */
    public Param<String> labelCol() {
        return labelCol;
    }

    /** The value of {@link #labelCol()}. */
    public String getLabelCol() {
        return getOrDefault(labelCol);
    }

    /** The weights as a Param. */
    public DoubleArrayParam weights() {
        return weights;
    }

    /** Means of featureScaling standard. */
    public DoubleArrayParam featureMeans() {
        return featureMeans;
    }

    /** Factors of featureScaling standard. */
    public DoubleArrayParam featureFactors() {
        return featureFactors;
    }

    /** Part of the summary. */
    public DoubleArrayParam objectiveHistory() {
        return objectiveHistory;
    }

    /** Part of the summary. */
    public DoubleArrayParam trainingHistory() {
        return trainingHistory;
    }

    /** Part of the summary. */
    public DoubleArrayParam validationHistory() {
        return validationHistory;
    }

    /** Part of the summary. */
    public DoubleArrayParam counts() {
        return counts;
    }

    /** Part of the summary. */
    public Param<String> stop() {
        return stop;
    }

    SoftRankerModel fitted(double[] w, double[] means, double[] factors, TrainingSummary summary) {
        set(weights, w);
        if (means != null) {
            set(featureMeans, means);
            set(featureFactors, factors);
        }
        summary.give(this);
        return this;
    }

    /**
     * The weights of the scaled features; with a hidden layer of h units those of its inputs (feature after feature, h each),
     * its biases, its outputs, and the linear part.
     */
    public Vector coefficients() {
        return Vectors.dense(getOrDefault(weights).clone());
    }

    /** How many features it scores. */
    public int numFeatures() {
        int n = getOrDefault(weights).length;
        int[] hidden = getOrDefault(hiddenLayers);
        return hidden.length == 0 ? n : (n - 2 * hidden[0]) / (hidden[0] + 1);
    }

    /** Refuses weights and scales that do not go together, as only an altered file has them. */
    private void checkWeights() {
        if (!isSet(weights)) throw Refusal.of(this, "weights", "fitted", "nothing");
        int n = getOrDefault(weights).length;
        int[] hidden = getOrDefault(hiddenLayers);
        boolean whole =
                hidden.length == 0 || (n >= 2 * (long) hidden[0] && (n - 2 * (long) hidden[0]) % (hidden[0] + 1L) == 0);
        if (!whole) {
            String layer = "as many as a hidden layer of " + hidden[0] + " and some features have";
            throw Refusal.of(this, "weights", layer, String.valueOf(n));
        }
        for (DoubleArrayParam scales : List.of(featureMeans, featureFactors)) {
            int given = isSet(scales) ? getOrDefault(scales).length : 0;
            boolean needed = scaling() == FeatureScaling.STANDARD || isSet(scales);
            if (needed && given != numFeatures()) {
                throw Refusal.of(this, scales.name(), "one for each of " + numFeatures() + " features", "" + given);
            }
        }
    }

    /** How the fit went. */
    public TrainingSummary summary() {
        if (!isSet(counts) || !isSet(objectiveHistory) || !isSet(trainingHistory) || !isSet(stop)) {
            throw Refusal.of(this, "counts, objectiveHistory, trainingHistory and stop", "fitted", "nothing");
        }
        if (getOrDefault(counts).length != TrainingSummary.COUNTS) {
            throw Refusal.of(this, "counts", TrainingSummary.COUNTS + " numbers", "" + getOrDefault(counts).length);
        }
        return new TrainingSummary(
                getOrDefault(stop),
                getOrDefault(evalAt),
                getOrDefault(counts),
                getOrDefault(objectiveHistory),
                getOrDefault(trainingHistory),
                isSet(validationHistory) ? getOrDefault(validationHistory) : new double[0]);
    }

    @Override
    public StructType transformSchema(StructType schema) {
        checkWeights();
        if (scaling().byList()) GroupKeys.column(this, getGroupCol(), schema);
        return Scoring.schema(this, this, schema, numFeatures());
    }

    private FeatureScaling scaling() {
        return FeatureScaling.of(getFeatureScaling());
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        if (dataset.isStreaming() && scaling().byList()) {
            String got = getFeatureScaling() + "; score in foreachBatch, where the rows of a batch are whole lists";
            throw Refusal.of(
                    this, "featureScaling", "of rows by themselves on a stream, whose lists are never whole", got);
        }
        StructType output = transformSchema(dataset.schema());
        Dataset<Row> rows = dataset.toDF();
        int d = numFeatures();
        Scoring scores = new Scoring(
                getFeaturesCol(),
                d,
                Scorer.of(d, getOrDefault(hiddenLayers)),
                getOrDefault(weights),
                scaling(),
                isSet(featureMeans) ? getOrDefault(featureMeans) : null,
                isSet(featureFactors) ? getOrDefault(featureFactors) : null,
                getHandleInvalid());
        if (!scaling().byList()) return byRow(rows, scores, output);
        int key = rows.schema().size();
        int vectors = Arrays.asList(rows.schema().fieldNames()).indexOf(getFeaturesCol());
        MapPartitionsFunction<Row, Row> scored = lists -> scores.byList(lists, key, vectors);
        Dataset<Row> made = rows.withColumn(KEY, GroupKeys.column(this, getGroupCol(), rows.schema()))
                .repartition(functions.col(KEY))
                .sortWithinPartitions(KEY)
                .mapPartitions(scored, Encoders.row(output));
        return described(made, output);
    }

    /** Rows that are made anew have lost what was known of their columns, such as the names of features. */
    private static Dataset<Row> described(Dataset<Row> made, StructType output) {
        return made.select(Arrays.stream(output.fields())
                .map(field -> Columns.quoted(field.name()).as(field.name(), field.metadata()))
                .toArray(Column[]::new));
    }

    private Dataset<Row> byRow(Dataset<Row> rows, Scoring scores, StructType output) {
        StructField field = output.apply(getPredictionCol());
        Column score = functions.udf(scores.byRow(), DataTypes.DoubleType).apply(Columns.quoted(getFeaturesCol()));
        if (!getHandleInvalid().equals("skip")) score = functions.coalesce(score, functions.lit(Double.NaN));
        Dataset<Row> scored = rows.withColumn(field.name(), score);
        return getHandleInvalid().equals("skip")
                ? scored.filter(Columns.quoted(field.name()).isNotNull())
                : scored;
    }

    @Override
    public SoftRankerModel copy(ParamMap extra) {
        return this.<SoftRankerModel>defaultCopy(extra).setParent(parent());
    }

    @Override
    public String explainParam(Param<?> param) {
        return Declared.explained(this, param);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftRankerModel> read() {
        return new StageReader<>(SoftRankerModel.class);
    }

    /** Loads a saved model. */
    public static SoftRankerModel load(String path) {
        return read().load(path);
    }
}
