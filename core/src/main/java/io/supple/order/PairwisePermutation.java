// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.NeuralSort;
import io.supple.kernel.PairwiseLogits;
import io.supple.kernel.Smoothness;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The soft permutations whose rows are simplex projections of {@link PairwiseLogits}: SoftSort and NeuralSort.
 *
 * <p>A list with a NaN or infinite key has no finite logits: its whole result is NaN.
 */
abstract sealed class PairwisePermutation implements Permutation
        permits SoftSortOrder, PairwisePermutation.ByNeuralSort {

    final Tensor rows; // (lists, n)
    final Tensor keys; // (lists, n)
    final Smoothness c;
    final double s;
    final int lists;
    final int n;

    PairwisePermutation(Tensor rows, Tensor keys, Smoothness c, double s) {
        this.rows = rows;
        this.keys = keys;
        this.c = c;
        this.s = s;
        this.lists = keys.length(0);
        this.n = keys.length(1);
    }

    /** Makes the rows of P that are read of one list of finite keys. */
    interface Reading {
        PairwiseLogits of(double[] z);
    }

    abstract Reading reading(Places places);

    abstract Reading reading(Levels levels);

    private static PairwiseLogits read(Reading reading, double[] keys) {
        return reading.of(Undefined.unlessFinite(keys));
    }

    /** How {@code P x} of one list is made. */
    ByList.Kernel applied(Reading reading, double[] z, double[] x) {
        return new SoftRows.Applied(read(reading, z), c, x);
    }

    /** How weighted sums of the rows of one list are made. */
    ByList.Kernel mixture(Reading reading, double[] z, double[][] weights) {
        return new SoftRows.Mixture(read(reading, z), c, weights);
    }

    final Tensor apply(Tensor payload, int m, Reading reading) {
        if (n == 0) return Undefined.values(lists, m);
        return ByList.of(new int[] {lists, m}, in -> applied(reading, in[0], in[1]), keys, payload);
    }

    final Tensor matrix(int m, Reading reading) {
        if (n == 0) return empty(m);
        return ByList.of(new int[] {lists, m, n}, in -> new SoftRows.Matrix(read(reading, in[0]), c), keys);
    }

    final Tensor logMatrix(int m, Reading reading) {
        if (n == 0) return empty(m);
        return ByList.of(new int[] {lists, m, n}, in -> new SoftRows.LogMatrix(read(reading, in[0])), keys);
    }

    final Tensor empty(int m) {
        return Tensor.of(new int[] {lists, m, 0}, new double[0]);
    }

    final Tensor mix(double[][] weights, Reading reading) {
        return mix(weights.length, z -> mixture(reading, z, weights));
    }

    /** So many weighted sums of rows, by what is made of the keys of each list. */
    final Tensor mix(int count, Function<double[], ByList.Kernel> sums) {
        if (n == 0) return empty(count);
        return ByList.of(new int[] {lists, count, n}, in -> sums.apply(in[0]), keys);
    }

    @Override
    public Tensor values(Places places) {
        return apply(rows, places);
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        return apply(payload, places.count(), reading(places));
    }

    @Override
    public Tensor quantiles(Levels levels) {
        return apply(rows, levels.places().length, reading(levels)).combineLast(levels.weights());
    }

    @Override
    public Tensor memberships(int k) {
        double[][] ones = new double[1][k];
        Arrays.fill(ones[0], 1);
        return mix(ones, reading(new Places(k, true))).reshape(lists, n);
    }

    @Override
    public Tensor matrix(Places places) {
        return matrix(places.count(), reading(places));
    }

    @Override
    public Tensor quantileMatrix(Levels levels) {
        return mix(levels.weights(), reading(levels));
    }

    @Override
    public Tensor logMatrix(Places places) {
        if (c != Smoothness.SMOOTH) return Permutation.super.logMatrix(places);
        return logMatrix(places.count(), reading(places));
    }

    @Override
    public Tensor logQuantileMatrix(Levels levels) {
        if (c != Smoothness.SMOOTH) return Permutation.super.logQuantileMatrix(levels);
        return Logarithm.mix(logMatrix(levels.places().length, reading(levels)), levels);
    }

    /**
     * A rank is the mean place of an element under its column of P. Values, memberships and ranks of all but short lists
     * are read within the windows where rows are not 0; matrices and second derivatives from whole rows.
     */
    static final class ByNeuralSort extends PairwisePermutation {

        /** Length from which windows are worth sorting the list, by measurement. */
        private static final int WINDOWS_FROM = 8;

        /** The same where less than half of the rows are read. */
        private static final int FEW_ROWS_FROM = 48;

        private final Softening soft;

        ByNeuralSort(Tensor rows, Tensor keys, Softening soft) {
            super(rows, keys, soft.c(), soft.softness());
            this.soft = soft;
        }

        /** Ascending places. */
        private final class At implements Reading {
            private final int[] places;

            At(int[] places) {
                this.places = places;
            }

            @Override
            public PairwiseLogits of(double[] z) {
                return soft.plain() ? NeuralSort.plain(z, places, s) : new NeuralSort(c, z, places, s);
            }
        }

        @Override
        At reading(Places places) {
            return new At(places.fromSmallest(n));
        }

        @Override
        At reading(Levels levels) {
            return new At(levels.places());
        }

        @Override
        ByList.Kernel applied(Reading reading, double[] z, double[] x) {
            if (!(reading instanceof At at) || !windowed(z, at.places.length)) return super.applied(reading, z, x);
            return new WindowedRows.Applied(new WindowedRows.Of(c, z, at.places, s), x);
        }

        @Override
        ByList.Kernel mixture(Reading reading, double[] z, double[][] weights) {
            if (!(reading instanceof At at) || !windowed(z, at.places.length))
                return super.mixture(reading, z, weights);
            return new WindowedRows.Mixture(new WindowedRows.Of(c, z, at.places, s), weights);
        }

        /** Rows themselves are whole where that costs little: windows have no entries below {@code e^-38}. */
        @Override
        public Tensor quantileMatrix(Levels levels) {
            if (n >= FEW_ROWS_FROM) return super.quantileMatrix(levels);
            double[][] weights = levels.weights();
            Reading reading = reading(levels);
            return mix(weights.length, z -> super.mixture(reading, z, weights));
        }

        private boolean windowed(double[] z, int rowsRead) {
            if (soft.plain()) return false;
            return n >= (2 * rowsRead < n ? FEW_ROWS_FROM : WINDOWS_FROM) && Undefined.unlessFinite(z) == z;
        }

        @Override
        public Tensor ranks(boolean descending) {
            At at = reading(new Places(n, descending));
            return MeanPlace.ofColumns(weights -> mix(weights.length, z -> columns(at, z, weights)), lists, n);
        }

        private ByList.Kernel columns(At at, double[] z, double[][] weights) {
            if (!windowed(z, at.places.length)) return super.mixture(at, z, weights);
            return WindowedRows.Mixture.ofColumns(new WindowedRows.Of(c, z, at.places, s), weights);
        }

        @Override
        public Permutation detach() {
            return new ByNeuralSort(rows, keys.detach(), soft);
        }
    }
}
