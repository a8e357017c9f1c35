// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Gain;
import io.supple.Loss;
import io.supple.Method;
import io.supple.Mode;
import io.supple.Param.Choice;
import io.supple.RankingLoss;
import io.supple.Target;
import io.supple.spark.ml.Declared;
import io.supple.spark.ml.Refusal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params of a loss, made for the stage that owns them. */
public final class LossParams implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Params owner;
    final Param<String> loss;
    final Param<String> method;
    final Param<String> mode;
    final DoubleParam softness;
    final BooleanParam standardize;
    final IntParam truncationLevel;
    final Param<String> gain;
    final DoubleArrayParam labelGain;
    final Param<String> target;
    final IntParam sinkhornIters;

    LossParams(Params owner) {
        this.owner = owner;
        Declared declared = new Declared(owner);
        List<String> losses = new ArrayList<>();
        for (Loss each : Loss.values()) losses.add(each.paramName());
        loss = declared.choice("loss", "what is made small", Loss.APPROX_NDCG.paramName(), losses);
        method = declared.choice(
                "method",
                "how soft ranks or the soft permutation are made; of neuralNDCG neuralsort unless it is set",
                Choice.text(Method.PAIRWISE),
                names(Method.values()));
        mode = declared.choice("mode", "smoothness class of the relaxation", Choice.text(Mode.SMOOTH), soft());
        softness = declared.positive("softness", "width of the relaxation in units of the scores", 1.0);
        standardize = declared.flag("standardize", "standardise the scores of each list inside the loss", false);
        truncationLevel = declared.count(
                "truncationLevel", "how many places count in approxNDCG and neuralNDCG; 0 for the whole list", 0, 0);
        gain = declared.choice(
                "gain", "what a label y is worth: 2^y - 1, or y", Choice.text(Gain.EXPONENTIAL), names(Gain.values()));
        labelGain = declared.numbers(
                "labelGain",
                "what the labels 0, 1, 2... are worth, instead of gain",
                "numbers >= 0 and finite that do not fall",
                LossParams::rises);
        target = declared.choice(
                "target",
                "which distribution listNet takes from labels: their softmax, or their share of the gain",
                Choice.text(Target.LABEL),
                names(Target.values()));
        sinkhornIters = declared.count(
                "sinkhornIters",
                "how often neuralNDCG normalises columns and rows; 5 for softsort and 0 otherwise if not set",
                null,
                0);
    }

    private static List<String> names(Enum<?>[] values) {
        List<String> names = new ArrayList<>();
        for (Enum<?> value : values) names.add(Choice.text(value));
        return names;
    }

    /** The modes that have a gradient. */
    static List<String> soft() {
        List<String> names = names(Mode.values());
        names.remove(Choice.text(Mode.HARD));
        return names;
    }

    static boolean rises(double[] table) {
        for (int y = 0; y < table.length; y++) {
            if (!(table[y] >= (y == 0 ? 0 : table[y - 1]) && table[y] <= Double.MAX_VALUE)) return false;
        }
        return table.length > 0;
    }

    /** The loss that the Params say. */
    RankingLoss chosen() {
        return chosen(Loss.of(owner.getOrDefault(loss)));
    }

    /** Another loss with the same Params, where it has them. */
    RankingLoss chosen(Loss which) {
        try {
            RankingLoss made = RankingLoss.of(which)
                    .withSoftness((Double) owner.getOrDefault(softness))
                    .withStandardize((Boolean) owner.getOrDefault(standardize))
                    .withTruncationLevel((Integer) owner.getOrDefault(truncationLevel))
                    .withGain(constant(Gain.EXPONENTIAL, gain))
                    .withTarget(constant(Target.LABEL, target));
            if (which.usesOrder() && owner.isSet(method)) made = made.withMethod(constant(Method.SOFTSORT, method));
            made = made.withMode(constant(Mode.SMOOTH, mode));
            if (owner.isSet(labelGain)) made = made.withLabelGain(owner.getOrDefault(labelGain));
            if (owner.isSet(sinkhornIters)) made = made.withSinkhorn((Integer) owner.getOrDefault(sinkhornIters));
            return made;
        } catch (IllegalArgumentException refused) { // a method that the loss or the mode does not have
            throw Refusal.in(Refusal.name(owner), refused, "");
        }
    }

    @SuppressWarnings("unchecked")
    private <E extends Enum<E>> E constant(E any, Param<String> param) {
        return (E) Choice.any(param.name(), "", any).check(Refusal.name(owner), owner.getOrDefault(param));
    }
}
