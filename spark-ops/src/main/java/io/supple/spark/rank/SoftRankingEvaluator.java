// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.supple.Gain;
import io.supple.Loss;
import io.supple.Method;
import io.supple.Mode;
import io.supple.Param.Choice;
import io.supple.RankingLoss;
import io.supple.spark.ml.Declared;
import io.supple.spark.ml.Refusal;
import io.supple.spark.ml.StageReader;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Judges scores by a metric of each list: the mean over lists, weighted where lists have weights. The metrics are the exact
 * operators of {@link io.supple.Ranking}; softNdcg is 1 less {@link Loss#APPROX_NDCG}, what a fit with that loss makes large.
 *
 * <pre>{@code
 * double ndcg = new SoftRankingEvaluator().setGroupCol("query").setK(10).evaluate(model.transform(rows));
 * }</pre>
 *
 * <p>With {@code ties = "average"} nothing depends on the order of rows or on partitions. With {@code "stable"} equal scores
 * stand as the rows come, as LightGBM has them: that is the order of a file that was just read, and nothing after a shuffle.
 */
public final class SoftRankingEvaluator extends Evaluator
        implements HasJudgement<SoftRankingEvaluator>, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final EvaluatorParams judgement;

    /** With a name of its own. */
    public SoftRankingEvaluator() {
        this(Identifiable$.MODULE$.randomUID("softRankingEvaluator"));
    }

    /** With a given name. */
    public SoftRankingEvaluator(String uid) {
        this.uid = uid; // before the Params, which read it
        judgement = new EvaluatorParams(this);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public EvaluatorParams judgement() {
        return judgement;
    }

    @Override
    public boolean isLargerBetter() {
        return true;
    }

    /**
     * The metric of each list, for standard errors and paired comparisons.
     *
     * @return columns group, rows, weight, empty (nothing is relevant) and metric, NULL where the list is left out
     */
    public Dataset<Row> lists(Dataset<?> dataset) {
        Dataset<Row> rows = dataset.toDF();
        StructType schema = rows.schema();
        Column group = GroupKeys.column(this, getGroupCol(), schema);
        Column score = GroupKeys.number(this, "predictionCol", getPredictionCol(), schema);
        Column label = GroupKeys.number(this, "labelCol", getLabelCol(), schema);
        Column weight = isSet(weightCol()) ? GroupKeys.number(this, "weightCol", getWeightCol(), schema) : lit(1.0);
        Dataset<Row> chosen = rows.select(
                group.as("group"),
                score.as("score"),
                label.as("label"),
                weight.as("weight"),
                monotonically_increasing_id().as("came"));
        DataType key = chosen.schema().apply("group").dataType();
        StructType judged = new StructType()
                .add("group", key)
                .add("rows", DataTypes.LongType, false)
                .add("weight", DataTypes.DoubleType, false)
                .add("empty", DataTypes.BooleanType, false)
                .add("metric", DataTypes.DoubleType);
        Judge judge = judge();
        MapPartitionsFunction<Row, Row> judging = judge::of;
        return chosen.repartition(col("group"))
                .sortWithinPartitions("group", "came")
                .mapPartitions(judging, Encoders.row(judged));
    }

    private Judge judge() {
        String name = Refusal.name(this);
        Gain gain = (Gain) Choice.any("gain", "", Gain.EXPONENTIAL).check(name, getGain());
        RankingLoss table =
                isSet(labelGain()) ? RankingLoss.of(Loss.APPROX_NDCG).withLabelGain(getLabelGain()) : null;
        RankingLoss soft;
        try {
            soft = RankingLoss.of(Loss.APPROX_NDCG)
                    .withSoftness(getSoftness())
                    .withMethod(
                            (Method) Choice.any("method", "", Method.PAIRWISE).check(name, getMethod()))
                    .withMode((Mode) Choice.any("mode", "", Mode.SMOOTH).check(name, getMode()));
        } catch (IllegalArgumentException refused) { // a method that does not exist in the mode
            throw Refusal.in(name, refused, "");
        }
        return new Judge(
                name,
                ListMetric.named(getMetricName()),
                getK(),
                getTies().equals("stable"),
                getEmptyList(),
                gain,
                table,
                getMaxLabel(),
                soft);
    }

    @Override
    public double evaluate(Dataset<?> dataset) {
        if (dataset.isStreaming()) {
            throw Refusal.of(
                    this,
                    "dataset",
                    "of whole lists",
                    "a stream, whose lists are never whole; evaluate in foreachBatch");
        }
        List<Sums> parts;
        try {
            parts = lists(dataset)
                    .toJavaRDD()
                    .mapPartitions(lists -> {
                        Sums sums = new Sums(2);
                        while (lists.hasNext()) {
                            Row list = lists.next();
                            if (list.isNullAt(4)) continue;
                            sums.add(0, list.getDouble(2) * list.getDouble(4));
                            sums.add(1, list.getDouble(2));
                        }
                        return List.of(sums).iterator();
                    })
                    .collect();
        } catch (Exception failed) {
            throw Scoring.plain(failed);
        }
        Sums sums = new Sums(2);
        for (Sums part : parts) sums.plus(part);
        if (!(sums.get(1) > 0)) {
            throw new IllegalArgumentException(
                    Refusal.name(this)
                            + ": dataset must have a list that counts, got none; with emptyList 'skip' that needs a relevant row");
        }
        return sums.get(0) / sums.get(1);
    }

    @Override
    public SoftRankingEvaluator copy(ParamMap extra) {
        return this.<SoftRankingEvaluator>defaultCopy(extra);
    }

    @Override
    public String explainParam(Param<?> param) {
        return Declared.explained(this, param);
    }

    /** Reads what {@code write()} wrote. */
    public static MLReader<SoftRankingEvaluator> read() {
        return new StageReader<>(SoftRankingEvaluator.class);
    }

    /** Loads a saved evaluator. */
    public static SoftRankingEvaluator load(String path) {
        return read().load(path);
    }
}
