// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Smoothness;
import io.supple.tensor.Tensor;

/** Makes the permutations; keys have shape (lists, n), softness is positive. */
public final class Permutations {

    private Permutations() {}

    /** The exact order. */
    public static Permutation exact(Tensor keys) {
        return new ExactPermutation(keys);
    }

    /** SoftSort: {@link io.supple.kernel.SoftSort}. */
    public static Permutation softsort(Tensor keys, Smoothness c, double softness) {
        return new PairwisePermutation.BySoftSort(keys, c, softness);
    }

    /** NeuralSort: {@link io.supple.kernel.NeuralSort}. */
    public static Permutation neuralsort(Tensor keys, Smoothness c, double softness) {
        return new PairwisePermutation.ByNeuralSort(keys, c, softness);
    }

    /** Keys standardised and squashed to (0, 1): {@link io.supple.kernel.Squash}. */
    public static Tensor squash(Tensor keys) {
        return Standardize.squash(keys);
    }
}
