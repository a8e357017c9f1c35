// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;

/** Ranks from a soft permutation whose columns need not sum to 1: the mean place of an element under its column of P. */
final class MeanPlace {

    /** Below this column sum of P an element's rank is divided by this instead (softtorch's floor). */
    private static final double COLUMN_FLOOR = 1e-10;

    private MeanPlace() {}

    /** Weighted sums of the rows of P: weights (m, n) to (lists, m, n). */
    interface Mixture {
        Tensor of(double[][] weights);
    }

    /** {@code rank_j = sum_r r P_rj / max(sum_r P_rj, floor)}: (lists, n). */
    static Tensor ofColumns(Mixture mixture, int lists, int n) {
        double[][] weights = new double[2][n];
        for (int r = 0; r < n; r++) {
            weights[0][r] = r + 1;
            weights[1][r] = 1;
        }
        Tensor sums = mixture.of(weights);
        return part(sums, 0, lists, n).over(part(sums, 1, lists, n).atLeast(COLUMN_FLOOR));
    }

    private static Tensor part(Tensor sums, int which, int lists, int n) {
        int[] index = new int[lists * n];
        for (int i = 0; i < index.length; i++) index[i] = (2 * (i / n) + which) * n + i % n;
        return sums.gather(new int[] {lists, n}, index);
    }
}
