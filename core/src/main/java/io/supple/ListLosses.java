// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.CentredSquares;
import io.supple.kernel.CrossEntropy;
import io.supple.kernel.DiscountedGain;
import io.supple.kernel.ListLikelihood;
import io.supple.kernel.ListLoss;
import io.supple.kernel.PairLoss;
import io.supple.kernel.PairWeights;
import io.supple.kernel.PlaceDiscount;
import io.supple.kernel.PlaceDistance;
import io.supple.kernel.PlaceSwaps;
import io.supple.kernel.RankLoss;
import io.supple.kernel.Scratch;
import io.supple.kernel.Smoothness;
import io.supple.tensor.Tensor;

/** The kernels of a loss for one list, which counts. */
final class ListLosses {

    private final RankingLoss loss;
    private final ListLabels labels;
    private final Scratch scratch;

    ListLosses(RankingLoss loss, ListLabels labels, Scratch scratch) {
        this.loss = loss;
        this.labels = labels;
        this.scratch = scratch;
    }

    /** The loss as a function of the scores, which {@link RankingLoss#ordered} losses are not here. */
    ListLoss direct(double[] reference) {
        Smoothness c = loss.mode().smoothness();
        double s = loss.softness();
        return switch (loss.loss()) {
            case LEAST_SQUARES -> new CentredSquares(labels.labels());
            case LIST_NET -> new CrossEntropy(labels.target(), s, scratch);
            case LIST_MLE -> likelihood();
            case RANK_NET, GAIN_PAIRWISE, LAMBDA_LOSS -> pairs(reference);
            case APPROX_NDCG, SOFT_SPEARMAN -> new RankLoss(c, s, ofRanks(), scratch);
            case NEURAL_NDCG -> throw new AssertionError("it reads a matrix");
        };
    }

    /** A loss of pairs. */
    PairLoss pairs(double[] reference) {
        PairWeights weights = switch (loss.loss()) {
            case RANK_NET -> PairWeights.equal(labels.order());
            case GAIN_PAIRWISE -> PairWeights.shares(labels.order(), labels.shares());
            case LAMBDA_LOSS ->
                PairWeights.swaps(labels.order(), labels.shares(), new PlaceSwaps(reference, loss.mu(), scratch));
            default -> throw new AssertionError(loss.loss());
        };
        return new PairLoss(loss.mode().smoothness(), loss.softness(), weights, scratch);
    }

    /** The loss as a function of ranks. */
    ListLoss ofRanks() {
        if (loss.loss() == Loss.SOFT_SPEARMAN) return new PlaceDistance(labels.places());
        return new DiscountedGain(labels.shares(), loss.truncationLevel());
    }

    /** {@link ListLabels#shares}. */
    double[] shares() {
        return labels.shares();
    }

    private ListLoss likelihood() {
        int n = labels.labels().length;
        double[] weights = scratch.doubles(n);
        for (int k = 0; k < n; k++) weights[k] = loss.discounted ? PlaceDiscount.at(k + 1) : 1;
        return new ListLikelihood(labels.descending(), weights, scratch);
    }

    /** The loss of scores whose order is made by tensors; its gradient is added to g. */
    double ordered(double[] x, double[] g) {
        Tensor rows = Tensor.of(new int[] {1, x.length}, x).variable();
        Tensor value = OrderLosses.of(loss, loss.choice(), rows, new ListLosses[] {this});
        double[] each = value.sum().backward().of(rows).data();
        for (int i = 0; i < g.length; i++) g[i] += each[i];
        return value.data()[0];
    }
}
