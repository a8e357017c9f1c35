// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.LaplaceRun;
import io.supple.kernel.LaplaceSort;
import io.supple.kernel.Scratch;
import io.supple.kernel.Smoothness;
import io.supple.kernel.Squash;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;

/**
 * SoftSort of class SMOOTH: sorted values and ranks of lists go from the numbers to the numbers in sorted order
 * ({@link LaplaceSort}), with nothing in between. Everything else, and derivatives along tangents, are those of
 * {@link SoftSortOrder} of the keys.
 */
final class LaplaceOrder implements Permutation {

    private final Tensor rows;
    private final Softening soft;
    private final boolean gated; // whether gradients flow through the order too
    private final boolean squash;
    private final int lists;
    private final int n;
    private SoftSortOrder ofKeys;

    LaplaceOrder(Tensor rows, Softening soft, boolean gated) {
        this.rows = rows;
        this.soft = soft;
        this.gated = gated;
        squash = soft.squashes();
        lists = rows.length(0);
        n = rows.length(1);
    }

    /** A list of which only the value is asked is read before the next one begins. */
    private Scratch scratch() {
        return ByList.valueAlone(lists, rows) ? Scratch.ofThisThread() : Scratch.FRESH;
    }

    /** The order of the keys as tensors, made when it is needed. */
    private SoftSortOrder ofKeys() {
        if (ofKeys == null) {
            Tensor keys = soft.keys(gated ? rows : rows.detach());
            ofKeys = new SoftSortOrder(rows, keys, Smoothness.SMOOTH, soft.softness());
        }
        return ofKeys;
    }

    @Override
    public Tensor values(Places places) {
        if (n == 0) return Undefined.values(lists, places.count());
        int[] shape = {lists, places.count()};
        return ByList.of(shape, in -> values(in[0], places), rows);
    }

    private ByList.Kernel values(double[] x, Places places) {
        return LaplaceRun.pays(n, places.count()) && Undefined.unlessFinite(x) == x
                ? new Run(x, 0, places.count(), places.descending())
                : new Values(x, places);
    }

    @Override
    public Tensor ranks(boolean descending) {
        Tensor of = gated ? rows : rows.detach();
        return ByList.of(new int[] {lists, n}, in -> new Ranks(in[0], descending), of);
    }

    @Override
    public Tensor quantiles(Levels levels) {
        if (levels.count() != 1 || n == 0) return ofKeys().quantiles(levels);
        int place = levels.places()[0];
        int read = levels.places().length;
        int count = Math.min(read, n - place);
        if (!LaplaceRun.pays(n, count)) return ofKeys().quantiles(levels);
        Tensor values = ByList.of(new int[] {lists, count}, in -> quantile(in[0], place, count), rows);
        return count < read ? values : values.combineLast(levels.weights());
    }

    private ByList.Kernel quantile(double[] x, int place, int count) {
        return Undefined.unlessFinite(x) == x
                ? new Run(x, place, count, false)
                : new Values(x, new Places(count, false)); // of NaN alone
    }

    @Override
    public Tensor memberships(int k) {
        return ofKeys().memberships(k);
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        return ofKeys().apply(payload, places);
    }

    @Override
    public Tensor matrix(Places places) {
        return ofKeys().matrix(places);
    }

    @Override
    public Tensor quantileMatrix(Levels levels) {
        return ofKeys().quantileMatrix(levels);
    }

    @Override
    public Tensor logMatrix(Places places) {
        return ofKeys().logMatrix(places);
    }

    @Override
    public Tensor logQuantileMatrix(Levels levels) {
        return ofKeys().logQuantileMatrix(levels);
    }

    @Override
    public Permutation detach() {
        return new LaplaceOrder(rows, soft, false);
    }

    /** What is read from one list; derivatives along tangents pass through the keys one after the other. */
    private abstract class OfList implements ByList.Kernel {
        final double[] x;

        OfList(double[] x) {
            this.x = x;
        }

        /** The same reading, of keys and payload. */
        abstract ByList.Kernel ofKeys(double[] z);

        private double[] keys() {
            if (!squash) return x;
            double[] z = new double[n];
            Squash.forward(x, z, 0, n);
            return z;
        }

        private double[] keysDot(double[] z, double[] xDot) {
            if (!gated) return new double[n];
            if (!squash) return xDot;
            double[] zDot = new double[n];
            Squash.jvp(x, z, xDot, zDot, 0, n);
            return zDot;
        }

        @Override
        public final void jvp(double[][] inDot, double[] yDot, int to) {
            double[] z = keys();
            ofKeys(z).jvp(new double[][] {keysDot(z, inDot[0]), inDot[0]}, yDot, to);
        }

        @Override
        public final void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            double[] z = keys();
            double[][] dots = {keysDot(z, inDot[0]), inDot[0]};
            double[][] pulled = {new double[n], new double[n]};
            double[][] pulledDot = {new double[n], new double[n]};
            ByList.Kernel inner = ofKeys(z);
            inner.vjp(g, from, pulled);
            inner.tangent(g, gDot, from, dots, pulledDot);
            double[] out = gInDot[0];
            for (int i = 0; i < n; i++) out[i] += pulledDot[1][i];
            if (!gated) return;
            if (squash) {
                Squash.vjpTangent(x, inDot[0], z, pulled[0], pulledDot[0], out, 0, n);
            } else {
                for (int i = 0; i < n; i++) out[i] += pulledDot[0][i];
            }
        }
    }

    private final class Values extends OfList {
        private final Places places;
        private final LaplaceSort sorted;

        Values(double[] x, Places places) {
            super(x);
            this.places = places;
            sorted = new LaplaceSort(x, squash, soft.softness(), places.descending(), scratch());
        }

        @Override
        ByList.Kernel ofKeys(double[] z) {
            return LaplaceOrder.this.ofKeys().applied(z, places, x);
        }

        @Override
        public void value(double[] y, int to) {
            sorted.values(y, to, places.count());
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            sorted.valuesVjp(g, from, places.count(), gated, gIn[0]);
        }
    }

    private final class Ranks extends OfList {
        private final boolean descending;
        private final LaplaceSort sorted;

        Ranks(double[] x, boolean descending) {
            super(x);
            this.descending = descending;
            sorted = new LaplaceSort(x, squash, soft.softness(), descending, scratch());
        }

        @Override
        ByList.Kernel ofKeys(double[] z) {
            return LaplaceOrder.this.ofKeys().ranked(z, descending);
        }

        @Override
        public void value(double[] y, int to) {
            sorted.ranks(y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            sorted.ranksVjp(g, from, gIn[0]);
        }
    }

    private final class Run extends OfList {
        private final int[] places;
        private final boolean descending;
        private final LaplaceRun run;

        Run(double[] x, int place, int count, boolean descending) {
            super(x);
            this.descending = descending;
            places = new int[count];
            for (int r = 0; r < count; r++) places[r] = place + r;
            run = new LaplaceRun(x, squash, soft.softness(), descending, place, count, scratch());
        }

        @Override
        ByList.Kernel ofKeys(double[] z) {
            return LaplaceOrder.this.ofKeys().applied(z, places, descending, x);
        }

        @Override
        public void value(double[] y, int to) {
            run.values(y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            run.valuesVjp(g, from, gated, gIn[0]);
        }
    }
}
