// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Gain;
import io.supple.Method;
import io.supple.Mode;
import io.supple.Param.Choice;
import io.supple.spark.ml.Declared;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params of a judgement, made for the stage that owns them. */
public final class EvaluatorParams implements Serializable {

    private static final long serialVersionUID = 1L;

    final Param<String> metricName;
    final IntParam k;
    final Param<String> groupCol;
    final Param<String> labelCol;
    final Param<String> predictionCol;
    final Param<String> weightCol;
    final Param<String> ties;
    final Param<String> emptyList;
    final Param<String> gain;
    final DoubleArrayParam labelGain;
    final IntParam maxLabel;
    final DoubleParam softness;
    final Param<String> method;
    final Param<String> mode;

    EvaluatorParams(Params owner) {
        Declared declared = new Declared(owner);
        metricName = declared.choice("metricName", "metric of a list", "ndcg", ListMetric.names());
        k = declared.count("k", "how many places count; 0 for the whole list", 0, 0);
        groupCol =
                declared.column("groupCol", "column that says which rows are one list, wherever they stand", "group");
        labelCol = declared.column(
                "labelCol", "label column name, numbers >= 0, of which a larger one is better", "label");
        predictionCol =
                declared.column("predictionCol", "column of scores, of which the largest comes first", "prediction");
        weightCol = declared.column(
                "weightCol",
                "column of the weight of the whole list, the same in each of its rows; 1 if not set",
                null);
        ties = declared.choice(
                "ties",
                "equal scores: the mean over all of their orders, or in the order of the rows as they come",
                "average",
                List.of("average", "stable"));
        emptyList = declared.choice(
                "emptyList",
                "a list in which nothing is relevant (for spearman: of equal labels or scores): counts as 1, as 0, or is left"
                        + " out; dcg, precision and err are 0 there in any case, unless it is left out",
                "one",
                List.of("one", "zero", "skip"));
        gain = declared.choice(
                "gain",
                "what a label y is worth: 2^y - 1, or y",
                Choice.text(Gain.EXPONENTIAL),
                List.of(Choice.text(Gain.EXPONENTIAL), Choice.text(Gain.LINEAR)));
        labelGain = declared.numbers(
                "labelGain",
                "what the labels 0, 1, 2... are worth, instead of gain",
                "numbers >= 0 and finite that do not fall",
                LossParams::rises);
        maxLabel = declared.count("maxLabel", "the highest label there can be, for err", 4, 0);
        softness = declared.positive("softness", "width of the relaxation of softNdcg, in units of the scores", 1.0);
        method = declared.choice(
                "method", "how soft ranks of softNdcg are made", Choice.text(Method.PAIRWISE), names(Method.values()));
        mode = declared.choice("mode", "smoothness class of softNdcg", Choice.text(Mode.SMOOTH), LossParams.soft());
    }

    private static List<String> names(Enum<?>[] values) {
        List<String> names = new ArrayList<>();
        for (Enum<?> value : values) names.add(Choice.text(value));
        return names;
    }
}
