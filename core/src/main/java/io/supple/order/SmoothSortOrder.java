// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.SmoothSort;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * Soft sort and soft rank as projections onto smoothed permutahedra: of evenly spaced anchors onto that of the list, and
 * of the list onto that of the places. No matrix is made. Lists are taken as they are, standardised or not is not asked,
 * as in softjax.
 */
final class SmoothSortOrder implements Matrixless {

    private final Tensor rows;
    private final double s;
    private final int lists;
    private final int n;

    SmoothSortOrder(Tensor rows, Softening soft) {
        this.rows = rows;
        this.s = soft.softness();
        this.lists = rows.length(0);
        this.n = rows.length(1);
    }

    /** All values, ascending. */
    private Tensor sorted() {
        double[] anchors = Anchors.even(n);
        return ByList.of(new int[] {lists, n}, in -> new Onto(new SmoothSort(anchors, in[0], s)), rows);
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
        return projected(descending ? rows.negate() : rows, places).times(span);
    }

    @Override
    public Tensor memberships(int k) {
        double[] members = new double[n];
        Arrays.fill(members, 0, k, 1);
        return projected(rows, members);
    }

    private Tensor projected(Tensor z, double[] w) {
        return ByList.of(new int[] {lists, n}, in -> new Of(new SmoothSort(in[0], w, s)), z);
    }

    /** Onto the permutahedron that the input spans. */
    private record Onto(SmoothSort projection) implements ByList.Kernel {
        @Override
        public void value(double[] y, int to) {
            projection.value(y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            projection.vjp(g, from, null, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            projection.jvp(null, inDot[0], yDot, to);
        }
    }

    /** Of the input onto a fixed permutahedron. */
    private record Of(SmoothSort projection) implements ByList.Kernel {
        @Override
        public void value(double[] y, int to) {
            projection.value(y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            projection.vjp(g, from, gIn[0], null);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            projection.jvp(inDot[0], null, yDot, to);
        }
    }
}
