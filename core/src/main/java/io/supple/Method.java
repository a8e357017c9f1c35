// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.Smoothness;
import io.supple.order.Permutation;
import io.supple.order.Permutations;
import io.supple.tensor.Tensor;

/** How a soft permutation is made. A new method is one constant here and one class in {@code io.supple.order}. */
public enum Method {
    /** Distances from the sorted keys; Prillo and Eisenschlos 2020. */
    SOFTSORT {
        @Override
        Permutation permutation(Tensor keys, Smoothness c, double softness) {
            return Permutations.softsort(keys, c, softness);
        }
    },
    /** Sums of pairwise distances; Grover, Wang, Zweig and Ermon 2019. */
    NEURALSORT {
        @Override
        Permutation permutation(Tensor keys, Smoothness c, double softness) {
            return Permutations.neuralsort(keys, c, softness);
        }
    };

    /** The soft order of keys of shape (lists, n). */
    abstract Permutation permutation(Tensor keys, Smoothness c, double softness);
}
