// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Tensor;

/** The discount of a place, {@code 1 / log2(1 + r)}. */
final class Discount {

    private static final double LN2 = Math.log(2);

    private Discount() {}

    static double of(double r) {
        return LN2 / Math.log1p(r);
    }

    /** The discounts of soft places. */
    static Tensor of(Tensor places) {
        return places.map(
                Discount::of,
                r -> {
                    double l = Math.log1p(r);
                    return -LN2 / ((1 + r) * l * l);
                },
                r -> {
                    double l = Math.log1p(r);
                    return LN2 * (l + 2) / ((1 + r) * (1 + r) * l * l * l);
                });
    }
}
