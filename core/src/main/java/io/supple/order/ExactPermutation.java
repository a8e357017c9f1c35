// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Sorting;
import io.supple.tensor.Tensor;

/**
 * The exact order of each list: stable, NaN largest. Places that read a value pass the derivative to the element that
 * stands there; matrix, mixtures and ranks are piecewise constant and have none.
 */
public final class ExactPermutation implements Permutation {

    private final double[] keys;
    private final int lists;
    private final int n;

    /** Orders keys of shape (lists, n). */
    public ExactPermutation(Tensor keys) {
        this.keys = keys.data();
        this.lists = keys.length(0);
        this.n = keys.length(1);
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
        double[] y = new double[lists * places.count() * n];
        for (int list = 0; list < lists; list++) {
            int[] elements = elements(list, places);
            for (int r = 0; r < elements.length; r++) y[(list * elements.length + r) * n + elements[r]] = 1;
        }
        return Tensor.of(new int[] {lists, places.count(), n}, y);
    }

    @Override
    public Tensor mix(Places places, double[][] weights) {
        int m = weights.length;
        double[] y = new double[lists * m * n];
        for (int list = 0; list < lists; list++) {
            int[] elements = elements(list, places);
            for (int k = 0; k < m; k++) {
                for (int r = 0; r < elements.length; r++) y[(list * m + k) * n + elements[r]] += weights[k][r];
            }
        }
        return Tensor.of(new int[] {lists, m, n}, y);
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
        return this; // nothing flows to the keys
    }

    private int[] elements(int list, Places places) {
        if (n == 0) return new int[0];
        if (places.count() == 1 && places.at(0) == 0) return new int[] {first(list, places.descending())};
        int[] order = Sorting.argsort(keys, list * n, n, places.descending());
        int[] out = new int[places.count()];
        for (int r = 0; r < out.length; r++) out[r] = order[places.at(r)];
        return out;
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
