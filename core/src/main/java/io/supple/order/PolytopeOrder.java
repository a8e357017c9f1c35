// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Membership;
import io.supple.kernel.Permutahedron;
import io.supple.kernel.PolytopeProjection;
import io.supple.kernel.SmoothSort;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * Soft sort and soft rank as projections onto permutahedra, or onto smoothed ones: of evenly spaced anchors onto that of
 * the list, and of the list onto that of the places. No matrix is made.
 */
abstract class PolytopeOrder implements Matrixless {

    final Tensor rows;
    final Tensor keys;
    final int lists;
    final int n;

    PolytopeOrder(Tensor rows, Tensor keys) {
        this.rows = rows;
        this.keys = keys;
        this.lists = rows.length(0);
        this.n = rows.length(1);
    }

    /** Projects z onto the polytope of w. */
    abstract PolytopeProjection project(double[] z, double[] w);

    /** Takes sorted keys, (lists, n), to the scale of the lists. */
    abstract Tensor restored(Tensor sorted);

    /** All values, ascending. */
    private Tensor sorted() {
        double[] anchors = Anchors.even(n);
        return restored(ByList.of(new int[] {lists, n}, in -> new Projected(project(anchors, in[0]), false), keys));
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
    public Tensor ranks(boolean descending) {
        double span = Math.max(n - 1, 1);
        double[] places = new double[n];
        for (int i = 0; i < n; i++) places[i] = (i + 1) / span;
        return onto(descending ? keys.negate() : keys, places).times(span);
    }

    @Override
    public Tensor memberships(int k) {
        double[] members = new double[n];
        Arrays.fill(members, 0, k, 1);
        return onto(keys, members);
    }

    private Tensor onto(Tensor z, double[] w) {
        return ByList.of(new int[] {lists, n}, in -> new Projected(project(in[0], w), true), z);
    }

    /** Onto permutahedra. */
    static final class Exact extends PolytopeOrder {
        private final Softening soft;

        Exact(Tensor rows, Softening soft) {
            super(rows, soft.keys(rows));
            this.soft = soft;
        }

        @Override
        PolytopeProjection project(double[] z, double[] w) {
            return new Permutahedron(soft.c(), z, w, soft.softness());
        }

        @Override
        Tensor restored(Tensor sorted) {
            return soft.standardize() ? Standardize.restore(rows, sorted) : sorted;
        }

        /** The entropic projection of memberships is not the logarithmic one of permutahedra. */
        @Override
        public Tensor memberships(int k) {
            return ByList.of(
                    new int[] {lists, n}, in -> new Member(new Membership(soft.c(), in[0], k, soft.softness())), keys);
        }
    }

    /** Onto smoothed permutahedra. Lists are taken as they are, whether or not they are to be standardised: as in softjax. */
    static final class Smoothed extends PolytopeOrder {
        private final double s;

        Smoothed(Tensor rows, Softening soft) {
            super(rows, rows);
            this.s = soft.softness();
        }

        @Override
        PolytopeProjection project(double[] z, double[] w) {
            return new SmoothSort(z, w, s);
        }

        @Override
        Tensor restored(Tensor sorted) {
            return sorted;
        }
    }

    /** A projection whose one input is z, or else w. */
    private record Projected(PolytopeProjection projection, boolean ofZ) implements ByList.Kernel {
        @Override
        public void value(double[] y, int to) {
            projection.value(y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            projection.vjp(g, from, ofZ ? gIn[0] : null, ofZ ? null : gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            projection.jvp(ofZ ? inDot[0] : null, ofZ ? null : inDot[0], yDot, to);
        }
    }

    private record Member(Membership membership) implements ByList.Kernel {
        @Override
        public void value(double[] y, int to) {
            membership.value(y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            membership.vjp(g, from, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            membership.jvp(inDot[0], yDot, to);
        }
    }
}
