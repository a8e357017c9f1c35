// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.CrossEntropy;
import io.supple.kernel.LabelOrder;
import io.supple.kernel.Scratch;
import io.supple.kernel.Sorting;
import io.supple.kernel.TiedOrder;

/** What a loss reads of the labels of one list, found when it is first asked for: it outlives scores and softness. */
final class ListLabels {

    private final RankingLoss loss;
    private final String function;
    private final double[] labels;
    private final Scratch scratch;
    private LabelOrder order;
    private double[] shares;
    private double[] target;
    private double[] places;
    private int[] descending;

    /** The labels of a list that counts; what is found is in arrays of the scratch. */
    ListLabels(RankingLoss loss, String function, double[] labels, Scratch scratch) {
        this.loss = loss;
        this.function = function;
        this.labels = labels;
        this.scratch = scratch;
    }

    double[] labels() {
        return labels;
    }

    /** Finds all that the loss will ask for; after that many threads may read. */
    void findAll() {
        switch (loss.loss()) {
            case LEAST_SQUARES -> {}
            case LIST_NET -> target();
            case LIST_MLE -> descending();
            case RANK_NET -> order();
            case GAIN_PAIRWISE, LAMBDA_LOSS -> {
                order();
                shares();
            }
            case APPROX_NDCG, NEURAL_NDCG -> shares();
            case SOFT_SPEARMAN -> places();
        }
    }

    /** Runs of equal labels. */
    LabelOrder order() {
        if (order == null) order = new LabelOrder(labels, scratch);
        return order;
    }

    /** Gains over the best discounted gain of the places that count. */
    double[] shares() {
        if (shares == null) {
            shares = gains();
            Shares.ofIdeal(shares, loss.places(shares.length));
        }
        return shares;
    }

    /** The distribution that scores should have. */
    double[] target() {
        if (target == null) {
            if (loss.target() == Target.GAIN) {
                target = gains();
                Shares.ofSum(target);
            } else {
                target = scratch.doubles(labels.length);
                CrossEntropy.softmax(labels, 1, scratch.doubles(labels.length), target);
            }
        }
        return target;
    }

    /** The mean places of equal labels, the largest first. */
    double[] places() {
        if (places == null) places = new TiedOrder(labels, 0, labels.length).meanPlaces();
        return places;
    }

    /** The elements by label, the largest first, equal ones as they stand. */
    int[] descending() {
        if (descending == null) descending = Sorting.argsort(labels, 0, labels.length, true);
        return descending;
    }

    private double[] gains() {
        double[] gains = scratch.doubles(labels.length);
        for (int i = 0; i < gains.length; i++) gains[i] = loss.worth(labels[i], function);
        return gains;
    }
}
