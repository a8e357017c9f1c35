// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.order.Permutation;
import io.supple.tensor.Tensor;

/** Soft places, 1 for the largest, for functions that are defined from the first place on. */
final class SoftPlaces {

    /** How the order of a metric is made where no method is chosen. */
    static final Method METHOD = Method.NEURALSORT;

    /** Where a place is the first one up to roundings, its derivative is still that of a place. */
    private static final double ROUNDING = 1e-9;

    private SoftPlaces() {}

    /**
     * Ranks, at least 1. A soft permutation whose columns need not sum to 1 may leave an element without any place, and its
     * rank is then near 0.
     */
    static Tensor of(Permutation order) {
        return order.ranks(true).map(SoftPlaces::value, SoftPlaces::slope, r -> 0);
    }

    /** The place that a rank is. */
    static double value(double r) {
        return Math.max(r, 1);
    }

    /** How it moves with the rank. */
    static double slope(double r) {
        return r >= 1 - ROUNDING ? 1 : 0;
    }
}
