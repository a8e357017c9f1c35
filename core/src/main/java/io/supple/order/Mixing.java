// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;

/** Products with matrices that are there as tensors. */
final class Mixing {

    private Mixing() {}

    /** {@code P x}: (lists, m, n), (lists, n) to (lists, m). */
    static Tensor times(Tensor p, Tensor x) {
        return p.times(x.reshape(x.length(0), 1, x.length(1))).sumLast();
    }

    /** {@code sum_r P_rj}: (lists, m, n) to (lists, n). */
    static Tensor sumOfRows(Tensor p) {
        return p.permute(0, 2, 1).sumLast();
    }

    /** Weighted sums of rows: (lists, m, n) to (lists, weights, n). */
    static Tensor rows(Tensor p, double[][] weights) {
        return p.permute(0, 2, 1).combineLast(weights).permute(0, 2, 1);
    }
}
