// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.ListLoss;
import io.supple.kernel.Scratch;
import io.supple.tensor.Lists;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A {@link RankingLoss} as an operator on tensors of scores and labels. */
final class LossOperator {

    private final Inputs in;
    private final String function;
    private final Lists scores;
    private final double[] labels;
    private final int n;

    private LossOperator(Inputs in, String function) {
        this.in = in;
        this.function = function;
        scores = Lists.along(in.tensor("scores"), in.axis());
        labels = Lists.along(in.tensor("labels"), in.axis()).rows().data();
        n = scores.n();
    }

    /** A loss without a softness. */
    static Function<Inputs, Tensor> of(Loss loss) {
        return in -> new LossOperator(in, in.function()).call(plain(loss, in), Soft.HARD);
    }

    /** A loss under a choice of softening. */
    static BiFunction<Soft, Inputs, Tensor> soft(Loss loss) {
        return (choice, in) -> new LossOperator(in, in.function()).call(chosen(loss, choice, in), choice);
    }

    /** What a loss gives boosted trees. */
    static BiFunction<Soft, Inputs, SoftRankingObjective.Round> round(Loss loss) {
        return (choice, in) -> {
            LossOperator lists = new LossOperator(in, in.function());
            RankingLoss chosen = loss.usesSoftness() ? chosen(loss, choice, in) : plain(loss, in);
            return lists.round(chosen);
        };
    }

    private SoftRankingObjective.Round round(RankingLoss loss) {
        double[] rows = scores.rows().data();
        int[] offsets = new int[scores.rows().length(0) + 1];
        for (int list = 1; list < offsets.length; list++) {
            offsets[list] = list * n;
            loss.counts(labels, offsets[list - 1], offsets[list], function); // refuses labels in the function's name
        }
        for (double score : rows) if (!Double.isFinite(score)) return SoftRankingObjective.undefined(rows.length);
        return SoftRankingObjective.of(loss).gradient(rows, labels, offsets, null);
    }

    private static RankingLoss plain(Loss loss, Inputs in) {
        RankingLoss chosen = RankingLoss.of(loss);
        return in.has(Losses.DISCOUNTED) ? chosen.withDiscounted(in.flag(Losses.DISCOUNTED)) : chosen;
    }

    private static RankingLoss chosen(Loss loss, Soft choice, Inputs in) {
        RankingLoss chosen =
                RankingLoss.of(loss).withSoftness(choice.softness()).withStandardize(choice.standardize());
        if (loss.usesMode()) chosen = chosen.withMode(choice.mode());
        if (loss.usesOrder() && choice.method() != null) chosen = chosen.withMethod(choice.method());
        if (in.has("gain")) chosen = chosen.withGain((Gain) in.get("gain"));
        if (in.has("target")) chosen = chosen.withTarget((Target) in.get("target"));
        if (in.has("mu")) chosen = chosen.withMu(in.number("mu"));
        if (in.has(Losses.SINKHORN_ITERS) && in.get(Losses.SINKHORN_ITERS) != null) {
            chosen = chosen.withSinkhorn(in.count(Losses.SINKHORN_ITERS));
        }
        return in.has("k") && in.get("k") != null ? chosen.withTruncationLevel(in.count("k")) : chosen;
    }

    private Tensor call(RankingLoss loss, Soft choice) {
        Tensor rows = scores.rows();
        ListLosses[] losses = new ListLosses[rows.length(0)];
        for (int list = 0; list < losses.length; list++) {
            int from = list * n;
            if (!loss.counts(labels, from, from + n, function)) continue;
            double[] y = Arrays.copyOfRange(labels, from, from + n);
            losses[list] = new ListLosses(loss, new ListLabels(loss, function, y, Scratch.FRESH), Scratch.FRESH);
        }
        Tensor x = loss.standardize() && n > 1 ? StandardScores.of(rows) : rows;
        Tensor each = loss.ordered() && n > 1
                ? OrderLosses.of(loss, choice, x, losses)
                : Each.of(x, list -> kernel(losses[list], x, list));
        return scores.restoreReduced(each, in.flag("keepdim"));
    }

    private ListLoss kernel(ListLosses losses, Tensor x, int list) {
        if (losses == null) return Flat.ZERO;
        double[] s = Arrays.copyOfRange(x.data(), list * n, (list + 1) * n);
        for (double score : s) if (!Double.isFinite(score)) return Flat.UNDEFINED;
        return losses.direct(s);
    }
}
