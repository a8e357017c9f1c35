// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.BitonicNetwork;
import io.supple.kernel.Smoothness;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;

/**
 * Orders by the relaxed bitonic network. Values are those that leave the network, without a matrix; soft indices, ranks
 * and memberships read the matrix of its swaps. Lists are padded to a power of two: standardised ones with 1, others with
 * their own largest element plus 1, a constant in the derivative.
 */
final class NetworkOrder implements Permutation {

    private final Tensor rows;
    private final Tensor keys;
    private final Tensor matrixKeys; // the keys, or the keys as constants
    private final Softening soft;
    private final int lists;
    private final int n;

    NetworkOrder(Tensor rows, Tensor keys, Softening soft) {
        this(rows, keys, keys, soft);
    }

    private NetworkOrder(Tensor rows, Tensor keys, Tensor matrixKeys, Softening soft) {
        this.rows = rows;
        this.keys = keys;
        this.matrixKeys = matrixKeys;
        this.soft = soft;
        this.lists = keys.length(0);
        this.n = keys.length(1);
    }

    private BitonicNetwork network(double[] keys) {
        Smoothness c = soft.c();
        double most = Double.NEGATIVE_INFINITY;
        for (double key : keys) most = Math.max(most, key);
        // a swap with infinity would give NaN here and there; the list has no soft order at all
        return new BitonicNetwork(c, Undefined.unlessFinite(keys), soft.standardize() ? 1 : most + 1, soft.softness());
    }

    /** All values, ascending. */
    private Tensor sorted() {
        Tensor y = ByList.of(new int[] {lists, n}, in -> new Values(network(in[0]), n), keys);
        return soft.standardize() ? Standardize.restore(rows, y) : y;
    }

    /** P, ascending: (lists, n, n). */
    private Tensor swaps() {
        return ByList.of(new int[] {lists, n, n}, in -> new Matrix(network(in[0]), n), matrixKeys);
    }

    @Override
    public Tensor values(Places places) {
        return n == 0 ? Undefined.values(lists, places.count()) : SortedList.places(sorted(), places);
    }

    @Override
    public Tensor quantiles(Levels levels) {
        return n == 0 ? Undefined.values(lists, levels.count()) : SortedList.quantiles(sorted(), levels);
    }

    @Override
    public Tensor matrix(Places places) {
        if (n == 0) return Tensor.of(new int[] {lists, places.count(), 0}, new double[0]);
        return SortedList.rows(swaps(), places.fromSmallest(n));
    }

    @Override
    public Tensor quantileMatrix(Levels levels) {
        if (n == 0) return Tensor.of(new int[] {lists, levels.count(), 0}, new double[0]);
        return Mixing.rows(SortedList.rows(swaps(), levels.places()), levels.weights());
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        if (n == 0) return Undefined.values(lists, places.count());
        return Mixing.times(matrix(places), payload);
    }

    @Override
    public Tensor memberships(int k) {
        return Mixing.sumOfRows(matrix(new Places(k, true)));
    }

    @Override
    public Tensor ranks(boolean descending) {
        return MeanPlace.ofColumns(weights -> Mixing.rows(matrix(new Places(n, descending)), weights), lists, n);
    }

    /** Values come without a matrix and keep their derivative; what is read of the matrix becomes a constant. */
    @Override
    public Permutation detach() {
        return new NetworkOrder(rows, keys, keys.detach(), soft);
    }

    private record Values(BitonicNetwork network, int n) implements ByList.Kernel {
        @Override
        public void value(double[] y, int to) {
            network.values(y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            network.valuesVjp(g, from, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            double[] out = new double[n];
            network.valuesJvp(inDot[0], out);
            System.arraycopy(out, 0, yDot, to, n);
        }
    }

    private record Matrix(BitonicNetwork network, int n) implements ByList.Kernel {
        @Override
        public void value(double[] y, int to) {
            network.matrix(y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            network.matrixVjp(g, from, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            double[] out = new double[n * n];
            network.matrixJvp(inDot[0], out);
            System.arraycopy(out, 0, yDot, to, out.length);
        }
    }
}
