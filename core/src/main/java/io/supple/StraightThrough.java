// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Tensor;
import java.util.Arrays;

/** Joins an exact value to the gradient of its relaxation. */
final class StraightThrough {

    private StraightThrough() {}

    /** The exact values as they are, not (hard - soft) + soft, which is off by a rounding and NaN at infinity. */
    static Tensor join(Tensor hard, Tensor soft) {
        if (!Arrays.equals(hard.shape(), soft.shape())) {
            throw new IllegalArgumentException(
                    "straightThrough: the exact result must have the shape of the soft one, got " + hard + " and "
                            + soft);
        }
        return soft.withValues(hard.data());
    }
}
