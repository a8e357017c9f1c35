// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Sorting;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * The exact order of each list: stable, NaN largest. Places that read a value pass the derivative to the element that
 * stands there; matrices, memberships and ranks are piecewise constant and have none.
 */
final class ExactPermutation implements Permutation {

    private final Tensor rows;
    private final double[] keys;
    private final int lists;
    private final int n;

    ExactPermutation(Tensor rows) {
        this.rows = rows;
        this.keys = rows.data();
        this.lists = rows.length(0);
        this.n = rows.length(1);
    }

    @Override
    public Tensor values(Places places) {
        return apply(rows, places);
    }

    @Override
    public Tensor quantiles(Levels levels) {
        if (n == 0) return Undefined.values(lists, levels.count());
        int[] places = levels.places();
        int m = places.length;
        int[] index = new int[lists * m];
        for (int list = 0; list < lists; list++) {
            int[] order = Sorting.argsort(keys, list * n, n, false);
            for (int r = 0; r < m; r++) index[list * m + r] = list * n + order[places[r]];
        }
        return rows.gather(new int[] {lists, m}, index).combineLast(levels.weights());
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        int m = places.count();
        if (n == 0) return Undefined.values(lists, m);
        int[] index = new int[lists * m];
        for (int list = 0; list < lists; list++) {
            int[] elements = elements(list, places);
            for (int r = 0; r < m; r++) index[list * m + r] = list * n + elements[r];
        }
        return payload.gather(new int[] {lists, m}, index);
    }

    @Override
    public Tensor matrix(Places places) {
        int m = places.count();
        double[] y = new double[lists * m * n];
        for (int list = 0; list < lists && n > 0; list++) {
            int[] elements = elements(list, places);
            for (int r = 0; r < m; r++) y[(list * m + r) * n + elements[r]] = 1;
        }
        return Tensor.of(new int[] {lists, m, n}, y);
    }

    @Override
    public Tensor quantileMatrix(Levels levels) {
        int m = levels.count();
        double[] y = new double[lists * m * n];
        for (int list = 0; list < lists && n > 0; list++) {
            int[] order = Sorting.argsort(keys, list * n, n, false);
            for (int level = 0; level < m; level++) {
                int row = (list * m + level) * n;
                y[row + order[levels.place(level)]] += 1 - levels.above(level);
                y[row + order[levels.next(level)]] += levels.above(level);
            }
        }
        return Tensor.of(new int[] {lists, m, n}, y);
    }

    @Override
    public Tensor memberships(int k) {
        double[] y = new double[lists * n];
        for (int list = 0; list < lists && n > 0; list++) {
            for (int element : elements(list, new Places(k, true))) y[list * n + element] = 1;
        }
        return Tensor.of(new int[] {lists, n}, y);
    }

    @Override
    public Tensor ranks(boolean descending) {
        double[] y = new double[lists * n];
        for (int list = 0; list < lists; list++) {
            int[] order = Sorting.argsort(keys, list * n, n, descending);
            for (int r = 0; r < n; r++) y[list * n + order[r]] = r + 1;
        }
        return Tensor.of(new int[] {lists, n}, y);
    }

    @Override
    public Permutation detach() {
        return this; // nothing flows through the matrix
    }

    private int[] elements(int list, Places places) {
        if (places.count() == 1) return new int[] {first(list, places.descending())};
        int[] order = Sorting.argsort(keys, list * n, n, places.descending());
        return Arrays.copyOf(order, places.count());
    }

    /** The first of the largest (or smallest), without sorting. */
    private int first(int list, boolean descending) {
        int best = 0;
        for (int j = 1; j < n; j++) {
            long key = Sorting.comparable(keys[list * n + j]);
            long top = Sorting.comparable(keys[list * n + best]);
            if (descending ? key > top : key < top) best = j;
        }
        return best;
    }
}
