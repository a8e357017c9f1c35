// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;

/**
 * A permutation of each list of a batch, exact or soft: a matrix P per list whose row r says which element stands at
 * place r.
 *
 * <p>Keys have shape (lists, n). Results are differentiable for the keys and the payload where the implementation is.
 */
public interface Permutation {

    /** {@code P x}: (lists, n) to (lists, places). The payload may be the keys or go with them. */
    Tensor apply(Tensor payload, Places places);

    /** The rows of P: (lists, places, n), each a distribution over the elements. */
    Tensor matrix(Places places);

    /** Weighted sums of rows of P: (lists, m, n) for weights of m by places. */
    Tensor mix(Places places, double[][] weights);

    /** For each element its place, 1 for the first: (lists, n). */
    Tensor ranks(boolean descending);

    /** The same permutation, through which no derivative passes to the keys. */
    Permutation detach();
}
