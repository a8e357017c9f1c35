// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Membership;
import io.supple.kernel.Permutahedron;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;

/**
 * Soft sort and soft rank as projections onto permutahedra: of evenly spaced anchors onto that of the list, and of the
 * list onto that of the places. No matrix is made.
 */
final class PermutahedronOrder implements Matrixless {

    private final Tensor rows;
    private final Tensor keys;
    private final Softening soft;
    private final int lists;
    private final int n;

    PermutahedronOrder(Tensor rows, Softening soft) {
        this.rows = rows;
        this.keys = soft.keys(rows);
        this.soft = soft;
        this.lists = rows.length(0);
        this.n = rows.length(1);
    }

    /** All values, ascending. */
    private Tensor sorted() {
        double[] anchors = Anchors.even(n);
        Tensor y = ByList.of(
                new int[] {lists, n},
                in -> new Onto(new Permutahedron(soft.c(), anchors, in[0], soft.softness())),
                keys);
        return soft.standardize() ? Standardize.restore(rows, y) : y;
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
        Tensor turned = descending ? keys.negate() : keys;
        return ByList.of(
                        new int[] {lists, n},
                        in -> new Of(new Permutahedron(soft.c(), in[0], places, soft.softness())),
                        turned)
                .times(span);
    }

    @Override
    public Tensor memberships(int k) {
        return ByList.of(
                new int[] {lists, n}, in -> new Member(new Membership(soft.c(), in[0], k, soft.softness())), keys);
    }

    /** Onto the permutahedron that the input spans. */
    private record Onto(Permutahedron projection) implements ByList.Kernel {
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
    private record Of(Permutahedron projection) implements ByList.Kernel {
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
