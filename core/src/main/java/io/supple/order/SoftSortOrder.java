// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Smoothness;
import io.supple.kernel.SoftSort;
import io.supple.kernel.SortedSoftSort;
import io.supple.kernel.Sorting;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * SoftSort: anchors are sorted keys; a rank reads the row of the element itself and averages the anchors' places.
 *
 * <p>Many rows are read at once ({@link SortedSoftSort}), few are made one by one from selected anchors, without sorting.
 * The matrix itself has no shorter way than its rows.
 */
final class SoftSortOrder extends PairwisePermutation {

    SoftSortOrder(Tensor rows, Tensor keys, Smoothness c, double s) {
        super(rows, keys, c, s);
    }

    /**
     * Whether what is read costs less by {@link SoftRows} than by sorting. Measured at 10 to 100,000 elements: one smooth
     * row takes half the time, two take the same. A sparse row sorts what is near its anchor, which is little only at the
     * end of a list.
     */
    private boolean rowByRow(int[] places) {
        return places.length == 1 && (c == Smoothness.SMOOTH || places[0] == 0);
    }

    private SoftSort logits(double[] z, int[] places, boolean descending) {
        return new SoftSort(z, Sorting.elementsAt(z, places, descending), s);
    }

    @Override
    Reading reading(Places places) {
        return z -> logits(z, first(places.count()), places.descending());
    }

    @Override
    Reading reading(Levels levels) {
        int[] places = levels.places();
        return z -> logits(z, places, false);
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        return applied(payload, first(places.count()), places.descending());
    }

    @Override
    public Tensor quantiles(Levels levels) {
        return applied(rows, levels.places(), false).combineLast(levels.weights());
    }

    private Tensor applied(Tensor payload, int[] places, boolean descending) {
        if (n == 0) return Undefined.values(lists, places.length);
        return ByList.of(
                new int[] {lists, places.length}, in -> applied(in[0], places, descending, in[1]), keys, payload);
    }

    /** How {@code P x} of one list is made; inputs are the keys and x. */
    ByList.Kernel applied(double[] keys, int[] places, boolean descending, double[] x) {
        double[] z = Undefined.unlessFinite(keys);
        return rowByRow(places)
                ? new SoftRows.Applied(logits(z, places, descending), c, x)
                : new Applied(z, places, descending, x);
    }

    /** The same at the first places. */
    ByList.Kernel applied(double[] z, Places places, double[] x) {
        return applied(z, first(places.count()), places.descending(), x);
    }

    /** How ranks of one list are made; the first input is the keys. */
    ByList.Kernel ranked(double[] z, boolean descending) {
        return new Ranks(Undefined.unlessFinite(z), descending);
    }

    @Override
    public Tensor memberships(int k) {
        double[][] ones = new double[1][k];
        Arrays.fill(ones[0], 1);
        return mixed(ones, first(k), true).reshape(lists, n);
    }

    @Override
    public Tensor quantileMatrix(Levels levels) {
        return mixed(levels.weights(), levels.places(), false);
    }

    private Tensor mixed(double[][] weights, int[] places, boolean descending) {
        if (n == 0) return empty(weights.length);
        return ByList.of(
                new int[] {lists, weights.length, n},
                in -> {
                    double[] z = Undefined.unlessFinite(in[0]);
                    return rowByRow(places)
                            ? new SoftRows.Mixture(logits(z, places, descending), c, weights)
                            : new Mixture(z, places, descending, weights);
                },
                keys);
    }

    @Override
    public Tensor ranks(boolean descending) {
        return ByList.of(new int[] {lists, n}, in -> ranked(in[0], descending), keys);
    }

    @Override
    public Permutation detach() {
        return new SoftSortOrder(rows, keys.detach(), c, s);
    }

    /** Whether all places are read, one after the other. */
    private boolean inOrder(int[] places) {
        if (places.length != n) return false;
        for (int r = 0; r < n; r++) if (places[r] != r) return false;
        return true;
    }

    private static int[] first(int count) {
        int[] places = new int[count];
        for (int r = 0; r < count; r++) places[r] = r;
        return places;
    }

    /** {@code P x}; inputs are the keys and x. */
    private final class Applied implements ByList.Kernel {
        private final double[] z;
        private final int[] places;
        private final boolean descending;
        private final double[] x;
        private final SortedSoftSort sorted;

        Applied(double[] z, int[] places, boolean descending, double[] x) {
            this.z = z;
            this.places = places;
            this.descending = descending;
            this.x = x;
            sorted = SortedSoftSort.atPlaces(c, z, s, descending, inOrder(places) ? null : places);
        }

        @Override
        public void value(double[] y, int to) {
            sorted.apply(x, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            sorted.applyVjp(x, g, from, gIn[1], gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            sorted.applyJvp(inDot[0], x, inDot[1], yDot, to);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            new SoftRows.Applied(logits(z, places, descending), c, x).tangent(g, gDot, from, inDot, gInDot);
        }
    }

    /** Weighted sums of rows; the input is the keys. */
    private final class Mixture implements ByList.Kernel {
        private final double[] z;
        private final int[] places;
        private final boolean descending;
        private final double[][] weights;
        private final SortedSoftSort sorted;

        Mixture(double[] z, int[] places, boolean descending, double[][] weights) {
            this.z = z;
            this.places = places;
            this.descending = descending;
            this.weights = weights;
            sorted = SortedSoftSort.atPlaces(c, z, s, descending, places);
        }

        @Override
        public void value(double[] y, int to) {
            sorted.mix(weights, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            sorted.mixVjp(weights, g, from, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            sorted.mixJvp(inDot[0], weights, yDot, to);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            new SoftRows.Mixture(logits(z, places, descending), c, weights).tangent(g, gDot, from, inDot, gInDot);
        }
    }

    /** The mean place under the row of each element; the input is the keys. */
    private final class Ranks implements ByList.Kernel {
        private final double[] z;
        private final SortedSoftSort sorted;
        private final double[] places;

        Ranks(double[] z, boolean descending) {
            this.z = z;
            sorted = SortedSoftSort.atElements(c, z, s, descending);
            places = sorted.exactRanks();
        }

        @Override
        public void value(double[] y, int to) {
            sorted.apply(places, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            sorted.applyVjp(places, g, from, null, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            sorted.applyJvp(inDot[0], places, null, yDot, to);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            double[] still = new double[n];
            new SoftRows.Applied(new SoftSort(z, first(n), s), c, places)
                    .tangent(
                            g, gDot, from, new double[][] {inDot[0], still}, new double[][] {gInDot[0], still.clone()});
        }
    }
}
