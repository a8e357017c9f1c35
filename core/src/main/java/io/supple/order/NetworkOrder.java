// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.BitonicNetwork;
import io.supple.kernel.Smoothness;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * Orders by the relaxed bitonic network. Values are those that leave the network; ranks, memberships and products
 * with a payload are sent through it; only soft indices read the matrix of its swaps. Lists are padded to a power of two: standardised ones with 1, others with
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
        return mixed(levels.weights(), levels.places());
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        if (n == 0) return Undefined.values(lists, places.count());
        int[] at = places.fromSmallest(n);
        return ByList.of(
                new int[] {lists, at.length}, in -> new Applied(network(in[0]), in[1], at), matrixKeys, payload);
    }

    @Override
    public Tensor memberships(int k) {
        double[][] ones = new double[1][k];
        Arrays.fill(ones[0], 1);
        return mixed(ones, new Places(k, true).fromSmallest(n)).reshape(lists, n);
    }

    @Override
    public Tensor ranks(boolean descending) {
        int[] at = new Places(n, descending).fromSmallest(n);
        return MeanPlace.ofColumns(weights -> mixed(weights, at), lists, n);
    }

    /** Weighted sums of the rows at some places: weights (m, rows) to (lists, m, n). */
    private Tensor mixed(double[][] weights, int[] at) {
        double[][] w = new double[weights.length][n];
        for (int k = 0; k < w.length; k++) for (int r = 0; r < at.length; r++) w[k][at[r]] += weights[k][r];
        return ByList.of(new int[] {lists, w.length, n}, in -> new Mixture(network(in[0]), w), matrixKeys);
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

    /** {@code P x} at some places; inputs are the keys and x. */
    private static final class Applied implements ByList.Kernel {
        private final BitonicNetwork network;
        private final double[] x;
        private final int[] at;

        Applied(BitonicNetwork network, double[] x, int[] at) {
            this.network = network;
            this.x = x;
            this.at = at;
        }

        @Override
        public void value(double[] y, int to) {
            network.apply(x, at, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            network.applyVjp(x, at, g, from, gIn[1], gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            network.applyJvp(inDot[0], x, inDot[1], at, yDot, to);
        }

        /** Known where the keys stand still: the vjp is linear in the payload and in the cotangent. */
        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            for (double zDot : inDot[0]) {
                if (zDot != 0) ByList.Kernel.super.tangent(g, gDot, from, inDot, gInDot);
            }
            network.applyVjp(x, at, gDot, from, gInDot[1], gInDot[0]);
            network.applyVjp(inDot[1], at, g, from, null, gInDot[0]);
        }
    }

    /** {@code P'w}; the input is the keys. */
    private static final class Mixture implements ByList.Kernel {
        private final BitonicNetwork network;
        private final double[][] w;

        Mixture(BitonicNetwork network, double[][] w) {
            this.network = network;
            this.w = w;
        }

        @Override
        public void value(double[] y, int to) {
            network.mix(w, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            network.mixVjp(w, g, from, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            network.mixJvp(inDot[0], w, yDot, to);
        }
    }
}
