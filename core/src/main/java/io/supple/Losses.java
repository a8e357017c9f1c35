// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import java.util.List;

/**
 * Losses of the order of scores, largest first, given labels of which a larger one is better: less is better, and 0 is the
 * least or nearly so. They train; {@link Ranking} has the metrics. {@link RankingLoss} computes the same without tensors.
 *
 * <p>Letters: s_i the scores, y_i the labels, at least 0; {@code G_i} the gain of a label; {@code D(r) = 1/log2(1 + r)};
 * {@code Z = sum_k D(k) G_(k)} over the descending gains, {@code Z_k} over the first k of them; tau the softness, in units
 * of the scores; S and R the soft step and ramp of the mode, smoothly {@code 1/(1 + exp(-x/tau))} and
 * {@code tau log(1 + exp(x/tau))}; r_i soft ranks, 1 for the largest, and P the soft permutation with the largest first.
 *
 * <p>Lists of fewer than two elements, without a label above 0 or with equal labels do not count: their loss is 0 and so is
 * its gradient. Losses beyond the largest double are the largest double. No loss has an exact form, since an exact one would
 * have no gradient: mode hard and straight_through are refused.
 *
 * <p>Shapes: (..., n, ...), (..., n, ...) to (...), or (..., {1}, ...) if the axis is kept.
 */
public interface Losses<T> extends Vocabulary<T> {

    /** Why losses refuse to be exact. */
    String NO_GRADIENT =
            "a loss that is constant in pieces has no gradient and trains nothing; metrics such as ndcg are"
                    + " exact in mode 'hard'";

    /** How often the matrix of {@link #neuralNdcgLoss} is normalised. */
    String SINKHORN_ITERS = "sinkhorn_iters";

    /** Whether {@link #listMleLoss} weights places. */
    String DISCOUNTED = "discounted";

    Operator LEAST_SQUARES_LOSS = loss(
                    Loss.LEAST_SQUARES, "least_squares_loss", "the mean square of centred scores less centred labels")
            .axis(-1)
            .keepdim(false)
            .always(LossOperator.of(Loss.LEAST_SQUARES));

    /** {@code (1/n) sum_i (s_i - mean(s) - y_i + mean(y))^2}: (..., n), (..., n) to (...). Convex; O(n). */
    default T leastSquaresLoss(T scores, T labels) {
        return call(LEAST_SQUARES_LOSS, scores, labels);
    }

    /** The same along an axis. */
    default T leastSquaresLoss(T scores, T labels, Integer axis, boolean keepdim) {
        return call(LEAST_SQUARES_LOSS, scores, labels, axis, keepdim);
    }

    Operator RANK_NET_LOSS = loss(Loss.RANK_NET, "rank_net_loss", "the mean loss of a pair in the wrong order")
            .axis(-1)
            .keepdim(false)
            .relaxation(Relaxation.STEP_LOSS)
            .soft(LossOperator.soft(Loss.RANK_NET));

    /**
     * The mean of {@code R(s_j - s_i)/tau} over the pairs with {@code y_i > y_j}: (..., n), (..., n) to (...). Convex;
     * O(n^2).
     *
     * <p>Burges and others 2005, Learning to rank using gradient descent (ICML).
     */
    default T rankNetLoss(T scores, T labels) {
        return call(RANK_NET_LOSS, scores, labels);
    }

    /** The same along an axis. */
    default T rankNetLoss(T scores, T labels, Integer axis, boolean keepdim) {
        return call(RANK_NET_LOSS, scores, labels, axis, keepdim);
    }

    Operator GAIN_PAIRWISE_LOSS = loss(
                    Loss.GAIN_PAIRWISE,
                    "gain_pairwise_loss",
                    "the loss of pairs in the wrong order, weighted by the difference of their gains")
            .choice("gain", Gain.EXPONENTIAL, "what a label y is worth: 2^y - 1, or y")
            .axis(-1)
            .keepdim(false)
            .relaxation(Relaxation.STEP_LOSS)
            .soft(LossOperator.soft(Loss.GAIN_PAIRWISE));

    /**
     * {@code sum (G_i - G_j)/Z R(s_j - s_i)/tau} over the pairs with {@code y_i > y_j}: (..., n), (..., n) to (...).
     * Convex; O(n^2).
     */
    default T gainPairwiseLoss(T scores, T labels) {
        return call(GAIN_PAIRWISE_LOSS, scores, labels);
    }

    /** The same along an axis. */
    default T gainPairwiseLoss(T scores, T labels, Gain gain, Integer axis, boolean keepdim) {
        return call(GAIN_PAIRWISE_LOSS, scores, labels, gain, axis, keepdim);
    }

    Operator LIST_NET_LOSS = loss(
                    Loss.LIST_NET, "list_net_loss", "the cross entropy of the labels' and the scores' distributions")
            .choice("target", Target.LABEL, "the distribution of the labels: their softmax, or gains over their sum")
            .choice("gain", Gain.EXPONENTIAL, "what a label y is worth, if the target is the gain: 2^y - 1, or y")
            .axis(-1)
            .keepdim(false)
            .relaxation(Relaxation.LOSS)
            .soft(LossOperator.soft(Loss.LIST_NET));

    /**
     * {@code -sum_i t_i log softmax(s/tau)_i}, t the softmax of the labels or {@code G/sum(G)}: (..., n), (..., n) to (...).
     * Convex; O(n). It has no mode.
     *
     * <p>Cao, Qin, Liu, Tsai and Li 2007, Learning to rank: from pairwise approach to listwise approach (ICML).
     */
    default T listNetLoss(T scores, T labels) {
        return call(LIST_NET_LOSS, scores, labels);
    }

    /** The same along an axis. */
    default T listNetLoss(T scores, T labels, Target target, Gain gain, Integer axis, boolean keepdim) {
        return call(LIST_NET_LOSS, scores, labels, target, gain, axis, keepdim);
    }

    Operator LIST_MLE_LOSS = loss(
                    Loss.LIST_MLE, "list_mle_loss", "how unlikely the scores make the order of the labels")
            .axis(-1)
            .keepdim(false)
            .flag(DISCOUNTED, true, "whether a place k has the weight 1/log2(1 + k), or all places have 1")
            .always(LossOperator.of(Loss.LIST_MLE));

    /**
     * {@code (1/n) sum_k D(k) (log sum_(j >= k) exp(s_(j)) - s_(k))} in the order of the labels, equal ones as they stand:
     * (..., n), (..., n) to (...). Convex; O(n log n). It has no softness. Not discounted, D is 1.
     *
     * <p>Lan, Zhu, Guo, Niu and Cheng 2014, Position-aware ListMLE (UAI); not discounted: Xia, Liu, Wang, Zhang and Li 2008,
     * Listwise approach to learning to rank (ICML).
     */
    default T listMleLoss(T scores, T labels) {
        return call(LIST_MLE_LOSS, scores, labels);
    }

    /** The same along an axis. */
    default T listMleLoss(T scores, T labels, Integer axis, boolean keepdim) {
        return call(LIST_MLE_LOSS, scores, labels, axis, keepdim);
    }

    /** The same with places weighted, or all alike. */
    default T listMleLoss(T scores, T labels, Integer axis, boolean keepdim, boolean discounted) {
        return call(LIST_MLE_LOSS, scores, labels, axis, keepdim, discounted);
    }

    Operator LAMBDA_LOSS = loss(
                    Loss.LAMBDA_LOSS,
                    "lambda_loss",
                    "the gain-weighted loss of pairs, times what a swap of their places changes")
            .choice("gain", Gain.EXPONENTIAL, "what a label y is worth: 2^y - 1, or y")
            .real("mu", 10, Param.Range.NOT_NEGATIVE, "weight of the change by the distance of the places")
            .axis(-1)
            .keepdim(false)
            .relaxation(Relaxation.STEP_LOSS)
            .soft(LossOperator.soft(Loss.LAMBDA_LOSS));

    /**
     * As {@link #gainPairwiseLoss}, each pair times {@code |D(p) - D(q)| + mu (D(|p - q|) - D(|p - q| + 1))}, p and q the
     * exact places of its scores, held constant; the mean over the orders of equal scores: (..., n), (..., n) to (...).
     * O(n^2). It jumps where places change: minimise it with places held, and take new ones after that.
     *
     * <p>Wang, Li, Golbandi, Bendersky and Najork 2018, The LambdaLoss framework for ranking metric optimization (CIKM).
     */
    default T lambdaLoss(T scores, T labels) {
        return call(LAMBDA_LOSS, scores, labels);
    }

    /** The same along an axis. */
    default T lambdaLoss(T scores, T labels, Gain gain, double mu, Integer axis, boolean keepdim) {
        return call(LAMBDA_LOSS, scores, labels, gain, mu, axis, keepdim);
    }

    Operator APPROX_NDCG_LOSS = loss(
                    Loss.APPROX_NDCG, "approx_ndcg_loss", "what soft ranks lose of the best discounted gain")
            .cutoff("k", false, "how many places count; left out: all")
            .choice("gain", Gain.EXPONENTIAL, "what a label y is worth: 2^y - 1, or y")
            .axis(-1)
            .keepdim(false)
            .relaxation(Relaxation.RANK_LOSS, Method.PAIRWISE)
            .soft(LossOperator.soft(Loss.APPROX_NDCG));

    /** {@code 1 - sum_i G_i D(r_i) / Z}: (..., n), (..., n) to (...). Cost as the method's ranks; pairwise O(n^2). */
    default T approxNdcgLoss(T scores, T labels) {
        return call(APPROX_NDCG_LOSS, scores, labels);
    }

    /**
     * The same of the first k places, {@code 1 - sum_i G_i D(r_i) T(r_i) / Z_k}, {@code T(r) = 1/(1 + exp(2r - 2k - 1))}.
     *
     * <p>Qin, Liu and Li 2010, A general approximation framework for direct optimization of information retrieval measures
     * (Information Retrieval 13).
     */
    default T approxNdcgLoss(T scores, T labels, int k) {
        return call(APPROX_NDCG_LOSS, scores, labels, k);
    }

    /** The same along an axis; a k of null, or beyond the list, takes all of it. */
    default T approxNdcgLoss(T scores, T labels, Integer k, Gain gain, Integer axis, boolean keepdim) {
        return call(APPROX_NDCG_LOSS, scores, labels, k, gain, axis, keepdim);
    }

    Operator NEURAL_NDCG_LOSS = loss(
                    Loss.NEURAL_NDCG, "neural_ndcg_loss", "what a soft permutation loses of the best discounted gain")
            .cutoff("k", false, "how many places count; left out: all")
            .choice("gain", Gain.EXPONENTIAL, "what a label y is worth: 2^y - 1, or y")
            .axis(-1)
            .keepdim(false)
            .param(new Repeats(
                    SINKHORN_ITERS,
                    "how often columns and rows of the soft permutation are normalised; left out: 5 times for 'softsort',"
                            + " else not"))
            .relaxation(Relaxation.MATRIX_LOSS, Method.NEURALSORT)
            .soft(LossOperator.soft(Loss.NEURAL_NDCG));

    /**
     * {@code 1 - sum_r D(r) sum_i P_ri G_i / Z}: (..., n), (..., n) to (...). The columns and rows of P are normalised by
     * turns ({@link io.supple.kernel.Sinkhorn}) as often as is said; if nothing is, softsort's five times and others not.
     * O(n^2).
     *
     * <p>Pobrotyn and Bialobrzeski 2021, NeuralNDCG, <a href="https://arxiv.org/abs/2102.07831">arXiv:2102.07831</a>.
     */
    default T neuralNdcgLoss(T scores, T labels) {
        return call(NEURAL_NDCG_LOSS, scores, labels);
    }

    /** The same of the first k places, over {@code Z_k}. */
    default T neuralNdcgLoss(T scores, T labels, int k) {
        return call(NEURAL_NDCG_LOSS, scores, labels, k);
    }

    /** The same along an axis; a k of null, or beyond the list, takes all of it. */
    default T neuralNdcgLoss(T scores, T labels, Integer k, Gain gain, Integer axis, boolean keepdim) {
        return call(NEURAL_NDCG_LOSS, scores, labels, k, gain, axis, keepdim);
    }

    /** The same, with columns and rows normalised so many times; null leaves it to the method. */
    default T neuralNdcgLoss(
            T scores, T labels, Integer k, Gain gain, Integer axis, boolean keepdim, Integer sinkhornIters) {
        return call(NEURAL_NDCG_LOSS, scores, labels, k, gain, axis, keepdim, sinkhornIters);
    }

    Operator SPEARMAN_LOSS = loss(
                    Loss.SOFT_SPEARMAN, "spearman_loss", "the squared distance of soft ranks from the labels' places")
            .axis(-1)
            .keepdim(false)
            .relaxation(Relaxation.RANK_LOSS, Method.PAIRWISE)
            .soft(LossOperator.soft(Loss.SOFT_SPEARMAN));

    /**
     * {@code 3 sum_i (r_i - rho_i)^2 / (n (n^2 - 1))}, rho the mean places of the labels, the largest first: (..., n),
     * (..., n) to (...). 0 for their order, 1 for its reverse. Cost as the method's ranks; pairwise O(n^2).
     */
    default T spearmanLoss(T scores, T labels) {
        return call(SPEARMAN_LOSS, scores, labels);
    }

    /** The same along an axis. */
    default T spearmanLoss(T scores, T labels, Integer axis, boolean keepdim) {
        return call(SPEARMAN_LOSS, scores, labels, axis, keepdim);
    }

    /** The operators of this family. */
    Catalogue.Family LOSSES = new Catalogue.Family(
            "losses",
            "losses of the order of scores, given labels",
            List.of(
                    LEAST_SQUARES_LOSS,
                    RANK_NET_LOSS,
                    GAIN_PAIRWISE_LOSS,
                    LIST_NET_LOSS,
                    LIST_MLE_LOSS,
                    LAMBDA_LOSS,
                    APPROX_NDCG_LOSS,
                    NEURAL_NDCG_LOSS,
                    SPEARMAN_LOSS));

    private static Operator.Builder loss(Loss loss, String name, String meaning) {
        Operator.Builder builder = operator(name, meaning)
                .list("scores", "the largest comes first")
                .labels("labels", "how good each element is, 0 if it is not relevant; no gradient flows to them")
                .result(Result.NUMBER)
                .round(LossOperator.round(loss))
                .unreferenced("the reference has no losses of rankings; RankingLossTest has values computed by hand");
        return loss.usesSoftness() ? builder.inexact(NO_GRADIENT) : builder;
    }
}
