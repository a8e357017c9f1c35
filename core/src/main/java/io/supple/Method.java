// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.order.Permutation;
import io.supple.order.Permutations;
import io.supple.order.Softening;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** How lists are ordered softly. A new method is one constant here and one class in {@code io.supple.order}. */
public enum Method {
    /** Distances from the sorted keys; Prillo and Eisenschlos 2020. */
    SOFTSORT(Reads.MATRIX) {
        @Override
        Permutation permutation(Tensor rows, Softening soft) {
            return Permutations.softsort(rows, soft);
        }
    },
    /** Sums of pairwise distances; Grover, Wang, Zweig and Ermon 2019. */
    NEURALSORT(Reads.MATRIX) {
        @Override
        Permutation permutation(Tensor rows, Softening soft) {
            return Permutations.neuralsort(rows, soft);
        }
    },
    /** Projection onto the permutahedron, without a matrix; Blondel, Teboul, Berthet and Djolonga 2020. */
    FAST_SOFT_SORT(Reads.PLACES) {
        @Override
        Permutation permutation(Tensor rows, Softening soft) {
            return Permutations.permutahedron(rows, soft);
        }
    },
    /** Regularised optimal transport to evenly spaced anchors; Cuturi, Teboul and Vert 2019. */
    OT(Reads.MATRIX) {
        @Override
        Permutation permutation(Tensor rows, Softening soft) {
            return Permutations.transport(rows, soft);
        }
    },
    /** A bitonic network of soft swaps; Petersen, Borgelt, Kuehne and Deussen 2021. */
    SORTING_NETWORK(Reads.MATRIX) {
        @Override
        Permutation permutation(Tensor rows, Softening soft) {
            return Permutations.network(rows, soft);
        }
    },
    /** Projection onto a smoothed permutahedron, without a matrix and without kinks; as in softjax. */
    SMOOTH_SORT(Reads.PLACES) {
        @Override
        Permutation permutation(Tensor rows, Softening soft) {
            return Permutations.smoothSort(rows, soft);
        }
    },
    /** Ranks counted by soft comparisons of pairs, and nothing but ranks; Qin, Liu and Li 2010. */
    PAIRWISE(Reads.RANKS) {
        @Override
        Permutation permutation(Tensor rows, Softening soft) {
            return Permutations.pairwise(rows, soft);
        }
    };

    /** What can be read from an order. */
    private enum Reads {
        /** A distribution over the elements for each place, and all that follows from it. */
        MATRIX,
        /** Sorted values, memberships and ranks. */
        PLACES,
        /** Ranks. */
        RANKS
    }

    /** Why an operator that needs a soft index refuses a method. */
    static final String NO_MATRIX =
            "a projection onto the permutahedron gives sorted values, ranks and memberships, and soft comparisons of pairs"
                    + " give ranks, but no permutation matrix that a soft index could be read from";

    /** Why an operator that needs more than ranks refuses a method. */
    static final String RANKS_ALONE =
            "soft comparisons of pairs count the rank of each element, but give no distribution over the elements for a"
                    + " place, so that there are no sorted values, memberships or soft index";

    private final Reads reads;

    Method(Reads reads) {
        this.reads = reads;
    }

    /** The soft order of lists of shape (lists, n). */
    abstract Permutation permutation(Tensor rows, Softening soft);

    /** Whether it makes a permutation matrix, from which soft indices are read. */
    public boolean hasMatrix() {
        return reads == Reads.MATRIX;
    }

    /** Those that make a permutation matrix. */
    static List<Method> withMatrix() {
        List<Method> all = new ArrayList<>(List.of(values()));
        all.removeIf(method -> !method.hasMatrix());
        return all;
    }

    /** Whether sorted values and memberships can be read, not only ranks. */
    public boolean hasPlaces() {
        return reads != Reads.RANKS;
    }

    /** Those from which sorted values and memberships are read. */
    static List<Method> withPlaces() {
        List<Method> all = new ArrayList<>(List.of(values()));
        all.removeIf(method -> !method.hasPlaces());
        return all;
    }

    /** Whether lists are standardised before it sees them, where that is asked; smooth_sort takes them as they are. */
    boolean standardizes() {
        return this != SMOOTH_SORT;
    }

    /** Whether the order of {@code k x} at softness {@code k s} is that of x at s, for lists as they are. */
    boolean scalesWithSoftness() {
        return this == SOFTSORT || this == NEURALSORT || this == OT || this == PAIRWISE;
    }

    /**
     * The length of lists up to which it keeps their order at the default softness. Rows of neuralsort crowd on few elements of
     * longer lists, and of lists with heavy tails: memberships exceed 1, ranks fall to 0, quantiles are pulled inwards.
     */
    public int suits() {
        return this == NEURALSORT ? 50 : Integer.MAX_VALUE;
    }

    /**
     * Whether it exists in a mode. smooth_sort does in smooth mode alone: the faces of its polytope are soft maxima over
     * sums of k elements, {@code log e_k(exp w)}, whose sparse counterparts have no closed form or recurrence.
     */
    public boolean existsIn(Mode mode) {
        return this != SMOOTH_SORT || mode == Mode.SMOOTH || mode == Mode.HARD;
    }
}
