// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.PlaceDiscount;
import io.supple.tensor.Tensor;

/** The discount of a place, {@code 1 / log2(1 + r)}. */
final class Discount {

    private Discount() {}

    /** The discounts of soft places. */
    static Tensor of(Tensor places) {
        return places.map(PlaceDiscount::value, PlaceDiscount::slope, PlaceDiscount::curvature);
    }
}
