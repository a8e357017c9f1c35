// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;

/**
 * An order whose matrices are logarithms of probabilities: for losses such as the negative log-likelihood, which would
 * otherwise take the logarithm of numbers that have already vanished.
 *
 * <p>With a floor the probabilities are first held to at least that, and normalised again.
 */
public final class LogProbabilities implements Permutation {

    private final Permutation inner;
    private final Double floor;

    /**
     * Logarithms of another order's probabilities.
     *
     * @param inner the order
     * @param floor least probability, in (0, 1]; null for none
     */
    public LogProbabilities(Permutation inner, Double floor) {
        this.inner = inner;
        this.floor = floor;
    }

    @Override
    public Tensor matrix(Places places) {
        return floored(inner.logMatrix(places));
    }

    @Override
    public Tensor quantileMatrix(Levels levels) {
        return floored(inner.logQuantileMatrix(levels));
    }

    /** {@code l = max(log p, log floor)}, less the logarithm of its sum of exponentials. */
    private Tensor floored(Tensor logP) {
        if (floor == null) return logP;
        double least = Math.log(floor);
        Tensor l = logP.map(v -> v < least ? least : v, v -> v < least ? 0 : 1, v -> 0);
        Tensor total = l.map(Math::exp, Math::exp, Math::exp).sumLast().map(Math::log, v -> 1 / v, v -> -1 / v / v);
        int[] column = l.shape();
        column[column.length - 1] = 1;
        return l.minus(total.reshape(column));
    }

    @Override
    public Tensor values(Places places) {
        return inner.values(places);
    }

    @Override
    public Tensor quantiles(Levels levels) {
        return inner.quantiles(levels);
    }

    @Override
    public Tensor memberships(int k) {
        return inner.memberships(k);
    }

    @Override
    public Tensor ranks(boolean descending) {
        return inner.ranks(descending);
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        return inner.apply(payload, places);
    }

    @Override
    public Permutation detach() {
        return new LogProbabilities(inner.detach(), floor);
    }
}
