// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Smoothness;
import io.supple.tensor.Tensor;

/** Makes the orders of lists of shape (lists, n). */
public final class Permutations {

    private Permutations() {}

    /** The exact order. */
    public static Permutation exact(Tensor rows) {
        return new ExactPermutation(rows);
    }

    /** SoftSort: {@link io.supple.kernel.SoftSort}. */
    public static Permutation softsort(Tensor rows, Softening soft) {
        return soft.c() == Smoothness.SMOOTH
                ? new LaplaceOrder(rows, soft, true)
                : new SoftSortOrder(rows, soft.keys(rows), soft.c(), soft.softness());
    }

    /** NeuralSort: {@link io.supple.kernel.NeuralSort}. */
    public static Permutation neuralsort(Tensor rows, Softening soft) {
        return new PairwisePermutation.ByNeuralSort(rows, soft.keys(rows), soft);
    }

    /** Projection onto the permutahedron: {@link io.supple.kernel.Permutahedron}. */
    public static Permutation permutahedron(Tensor rows, Softening soft) {
        return new PolytopeOrder.Exact(rows, soft);
    }

    /** Regularised optimal transport to anchors: {@link io.supple.kernel.TransportPlan}. */
    public static Permutation transport(Tensor rows, Softening soft) {
        return new TransportOrder(rows, soft.keys(rows), soft);
    }

    /** The relaxed bitonic sorting network: {@link io.supple.kernel.BitonicNetwork}. */
    public static Permutation network(Tensor rows, Softening soft) {
        return new NetworkOrder(rows, soft.keys(rows), soft);
    }

    /** The smooth permutahedron: {@link io.supple.kernel.SmoothSort}. */
    public static Permutation smoothSort(Tensor rows, Softening soft) {
        return new PolytopeOrder.Smoothed(rows, soft);
    }

    /** Ranks counted by pairs: {@link io.supple.kernel.PairwiseRanks}. */
    public static Permutation pairwise(Tensor rows, Softening soft) {
        return new CountedRanks(soft.keys(rows), soft.c(), soft.softness());
    }
}
