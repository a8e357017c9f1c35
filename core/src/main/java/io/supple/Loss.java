// SPDX-License-Identifier: Apache-2.0
package io.supple;

import java.util.ArrayList;
import java.util.List;

/**
 * Losses of the order of scores, given labels of which a larger one is better; {@link RankingLoss} computes them, and
 * {@link Losses} has their formulas.
 */
public enum Loss {
    /** The mean square of centred scores less centred labels. Convex. */
    LEAST_SQUARES("leastSquares"),
    /** The mean loss of a pair in the wrong order. Convex. */
    RANK_NET("rankNet"),
    /** The same, each pair weighted by the difference of its gains. Convex. */
    GAIN_PAIRWISE("gainPairwise"),
    /** The cross entropy of the softmax of the labels and of the scores. Convex. */
    LIST_NET("listNet"),
    /** The likelihood of the order of the labels. Convex. */
    LIST_MLE("listMLE"),
    /** Gain by pairs, each weighted by what a swap of its places changes, places held constant. */
    LAMBDA_LOSS("lambdaLoss"),
    /** What soft ranks lose of the best discounted gain. */
    APPROX_NDCG("approxNDCG"),
    /** What a soft permutation matrix loses of the best discounted gain. */
    NEURAL_NDCG("neuralNDCG"),
    /** The squared distance of soft ranks from the places of the labels. */
    SOFT_SPEARMAN("softSpearman");

    private final String paramName;

    Loss(String paramName) {
        this.paramName = paramName;
    }

    /** The name as parameters of rankers write it. */
    public String paramName() {
        return paramName;
    }

    /**
     * The loss of a name, in any case.
     *
     * @throws IllegalArgumentException if there is none, naming all
     */
    public static Loss of(String name) {
        List<String> names = new ArrayList<>();
        for (Loss loss : values()) {
            if (loss.paramName.equalsIgnoreCase(name)) return loss;
            names.add(Param.quoted(loss.paramName));
        }
        throw new IllegalArgumentException(
                "Loss: loss must be one of " + String.join(", ", names) + ", got " + Param.quoted(name));
    }

    /** The same loss as an operator. */
    public Operator operator() {
        return switch (this) {
            case LEAST_SQUARES -> Losses.LEAST_SQUARES_LOSS;
            case RANK_NET -> Losses.RANK_NET_LOSS;
            case GAIN_PAIRWISE -> Losses.GAIN_PAIRWISE_LOSS;
            case LIST_NET -> Losses.LIST_NET_LOSS;
            case LIST_MLE -> Losses.LIST_MLE_LOSS;
            case LAMBDA_LOSS -> Losses.LAMBDA_LOSS;
            case APPROX_NDCG -> Losses.APPROX_NDCG_LOSS;
            case NEURAL_NDCG -> Losses.NEURAL_NDCG_LOSS;
            case SOFT_SPEARMAN -> Losses.SPEARMAN_LOSS;
        };
    }

    /** Whether it reads soft places or ranks, so that a method makes it. */
    public boolean usesOrder() {
        return this == APPROX_NDCG || this == NEURAL_NDCG || this == SOFT_SPEARMAN;
    }

    /** Whether it reads what labels are worth; of listNet where its target is the gain. */
    public boolean usesGain() {
        return switch (this) {
            case GAIN_PAIRWISE, LIST_NET, LAMBDA_LOSS, APPROX_NDCG, NEURAL_NDCG -> true;
            case LEAST_SQUARES, RANK_NET, LIST_MLE, SOFT_SPEARMAN -> false;
        };
    }

    /** Whether a softness changes it. */
    public boolean usesSoftness() {
        return this != LEAST_SQUARES && this != LIST_MLE;
    }

    /** Whether a mode changes it. */
    public boolean usesMode() {
        return usesSoftness() && this != LIST_NET;
    }

    /** Whether it is convex in the scores. */
    public boolean convex() {
        return !usesOrder() && this != LAMBDA_LOSS;
    }
}
