// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;

/**
 * An order of each list of a batch, exact or soft, and what operators read from it.
 *
 * <p>Lists have shape (lists, n). Most ways of ordering make a matrix P for each list, whose row r is the distribution of
 * the element at place r, and read everything from it. Some give sorted values, memberships and ranks and no matrix
 * ({@link Matrixless}); the operators that need one refuse them before they come here.
 *
 * <p>Results are differentiable for the lists, and for the payload, where the way of ordering is.
 */
public interface Permutation {

    /** The sorted values of the lists at some places: (lists, places). */
    Tensor values(Places places);

    /** Quantiles of the lists: (lists, levels). */
    Tensor quantiles(Levels levels);

    /** For each element how much it is among the k largest: (lists, n). */
    Tensor memberships(int k);

    /** For each element its place, 1 for the first: (lists, n). */
    Tensor ranks(boolean descending);

    /** {@code P x} for other values that go with the lists: (lists, n) to (lists, places). */
    Tensor apply(Tensor payload, Places places);

    /** The rows of P: (lists, places, n), each a distribution over the elements. */
    Tensor matrix(Places places);

    /** Mixtures of rows of P, one for each quantile level: (lists, levels, n). */
    Tensor quantileMatrix(Levels levels);

    /** The logarithm of {@link #matrix}; -infinity for 0. */
    default Tensor logMatrix(Places places) {
        return Logarithm.of(matrix(places));
    }

    /** The logarithm of {@link #quantileMatrix}; -infinity for 0. */
    default Tensor logQuantileMatrix(Levels levels) {
        return Logarithm.of(quantileMatrix(levels));
    }

    /** The same order, whose matrix is a constant: no derivative passes through it. */
    Permutation detach();
}
