// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.PlaceDiscount;
import io.supple.order.Permutation;
import io.supple.order.Places;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;

/** The losses of a soft order of lists: of its ranks, or of its matrix. */
final class OrderLosses {

    private OrderLosses() {}

    /**
     * The losses of lists, (lists, n) to (lists), n at least 2.
     *
     * @param choice how the order is made, but for the softness and the standardisation, which are those of the loss;
     *     neuralsort by plain distances: soft ones vanish beside narrow lists, whose rows then crowd on the first element, so
     *     that the least neuralNDCG would be that of a matrix with the best element in half of the places
     * @param rows scores, standardised if they are to be
     * @param losses those of each list, null for a list that does not count
     */
    static Tensor of(RankingLoss loss, Soft choice, Tensor rows, ListLosses[] losses) {
        int n = rows.length(1);
        double s = softness(loss, n);
        Tensor moving = loss.method() == Method.SOFTSORT ? HeldTies.of(rows) : rows;
        Permutation order = choice.withSoftness(s).plainOrder(moving, loss.method());
        if (loss.loss() == Loss.NEURAL_NDCG) return neural(loss, order, n, losses);
        Tensor ranks = loss.loss() == Loss.APPROX_NDCG ? SoftPlaces.of(order) : order.ranks(true);
        return Each.of(ranks, list -> losses[list] == null ? Flat.ZERO : losses[list].ofRanks());
    }

    /** The softness that an order of a list of n is made with: of methods that soften places, so many times that of one. */
    static double softness(RankingLoss loss, int n) {
        boolean ofPlace = !loss.method().hasMatrix() && loss.method() != Method.PAIRWISE;
        return ofPlace ? loss.softness() * (n - 1) : loss.softness();
    }

    /** {@code 1 - sum_(r < k) D(r) sum_i P_ri share_i}. */
    private static Tensor neural(RankingLoss loss, Permutation order, int n, ListLosses[] losses) {
        double[] shares = new double[losses.length * n];
        double[] best = new double[losses.length];
        for (int list = 0; list < losses.length; list++) {
            if (losses[list] == null) continue;
            best[list] = 1;
            System.arraycopy(losses[list].shares(), 0, shares, list * n, n);
        }
        Tensor gains = Tensor.of(new int[] {losses.length, n}, shares);
        int k = loss.places(n);
        double[][] discounts = new double[1][k];
        for (int r = 0; r < k; r++) discounts[0][r] = PlaceDiscount.at(r + 1);
        Tensor found;
        if (loss.sinkhorn() == 0) {
            found = order.apply(gains, new Places(k, true));
        } else {
            Tensor matrix = order.matrix(new Places(n, true));
            int[] shape = {losses.length, k};
            found = ByList.of(shape, in -> new Balanced(in[0], in[1], loss.sinkhorn(), k), matrix, gains);
        }
        return Tensor.of(best).minus(found.combineLast(discounts).reshape(losses.length));
    }
}
