// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.NeuralSort;
import io.supple.kernel.PairwiseLogits;
import io.supple.kernel.Smoothness;
import io.supple.kernel.SoftPermutation;
import io.supple.kernel.SoftSort;
import io.supple.kernel.Sorting;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * The soft permutations whose rows are simplex projections of {@link PairwiseLogits}: SoftSort and NeuralSort.
 *
 * <p>A list with a NaN or infinite key has no finite logits: its whole result is NaN.
 */
abstract sealed class PairwisePermutation implements Permutation {

    /** Below this column sum of P an element's rank is divided by this instead (softtorch's floor). */
    private static final double COLUMN_FLOOR = 1e-10;

    final Tensor keys; // (lists, n)
    final Smoothness c;
    final double s;
    final int lists;
    final int n;

    private PairwisePermutation(Tensor keys, Smoothness c, double s) {
        this.keys = keys;
        this.c = c;
        this.s = s;
        this.lists = keys.length(0);
        this.n = keys.length(1);
    }

    /** Rows that read the given places of list z. */
    abstract PairwiseLogits logits(double[] z, Places places);

    private double[] list(double[] data, int list) {
        return lists == 1 ? data : Arrays.copyOfRange(data, list * n, (list + 1) * n);
    }

    private double[] keys(int list) {
        double[] z = list(keys.data(), list);
        for (double key : z) {
            if (!Double.isFinite(key)) {
                double[] undefined = new double[n];
                Arrays.fill(undefined, Double.NaN);
                return undefined;
            }
        }
        return z;
    }

    @Override
    public Tensor apply(Tensor payload, Places places) {
        return apply(payload, places.count(), z -> logits(z, places));
    }

    /** Makes the rows for one list of keys. */
    interface Rows {
        PairwiseLogits of(double[] z);
    }

    final Tensor apply(Tensor payload, int m, Rows rows) {
        if (n == 0) return Undefined.values(lists, m);
        PairwiseLogits[] logits = new PairwiseLogits[lists];
        double[] y = new double[lists * m];
        for (int i = 0; i < lists; i++) {
            logits[i] = rows.of(keys(i));
            SoftPermutation.apply(logits[i], c, list(payload.data(), i), y, i * m);
        }
        return Tensor.result(
                new int[] {lists, m},
                y,
                g -> {
                    double[] gz = new double[lists * n];
                    double[] gx = new double[lists * n];
                    for (int i = 0; i < lists; i++) {
                        double[] x = list(payload.data(), i);
                        double[] gxi = new double[n];
                        double[] gzi = new double[n];
                        SoftPermutation.applyVjp(logits[i], c, x, g, i * m, gxi, gzi);
                        System.arraycopy(gxi, 0, gx, i * n, n);
                        System.arraycopy(gzi, 0, gz, i * n, n);
                    }
                    return new double[][] {gz, gx};
                },
                keys,
                payload);
    }

    @Override
    public Tensor matrix(Places places) {
        int m = places.count();
        return rowwise(
                places,
                m,
                (logits, y, to) -> SoftPermutation.matrix(logits, c, y, to),
                (logits, g, from, gz) -> SoftPermutation.matrixVjp(logits, c, g, from, gz));
    }

    @Override
    public Tensor mix(Places places, double[][] weights) {
        return rowwise(
                places,
                weights.length,
                (logits, y, to) -> SoftPermutation.mix(logits, c, weights, y, to),
                (logits, g, from, gz) -> SoftPermutation.mixVjp(logits, c, weights, g, from, gz));
    }

    private interface Forward {
        void write(PairwiseLogits logits, double[] y, int to);
    }

    private interface Backward {
        void add(PairwiseLogits logits, double[] g, int from, double[] gz);
    }

    /** (lists, m, n) from the keys alone. */
    private Tensor rowwise(Places places, int m, Forward forward, Backward backward) {
        if (n == 0) return Tensor.of(new int[] {lists, m, 0}, new double[0]);
        PairwiseLogits[] logits = new PairwiseLogits[lists];
        double[] y = new double[lists * m * n];
        for (int i = 0; i < lists; i++) {
            logits[i] = logits(keys(i), places);
            forward.write(logits[i], y, i * m * n);
        }
        return Tensor.result(
                new int[] {lists, m, n},
                y,
                g -> {
                    double[] gz = new double[lists * n];
                    for (int i = 0; i < lists; i++) {
                        double[] gzi = new double[n];
                        backward.add(logits[i], g, i * m * n, gzi);
                        System.arraycopy(gzi, 0, gz, i * n, n);
                    }
                    return new double[][] {gz};
                },
                keys);
    }

    /** Anchors are sorted keys; a rank reads the row of the element itself and averages the anchors' places. */
    static final class BySoftSort extends PairwisePermutation {

        BySoftSort(Tensor keys, Smoothness c, double s) {
            super(keys, c, s);
        }

        @Override
        PairwiseLogits logits(double[] z, Places places) {
            int[] order = Sorting.argsort(z, 0, n, places.descending());
            int[] anchors = new int[places.count()];
            for (int r = 0; r < anchors.length; r++) anchors[r] = order[places.at(r)];
            return new SoftSort(z, anchors, s);
        }

        @Override
        public Tensor ranks(boolean descending) {
            int[] each = Places.all(n, false).fromSmallest(n);
            return apply(new ExactPermutation(keys).ranks(descending), n, z -> new SoftSort(z, each, s));
        }

        @Override
        public Permutation detach() {
            return new BySoftSort(keys.detach(), c, s);
        }
    }

    /** A rank is the mean place of an element under its column of P. */
    static final class ByNeuralSort extends PairwisePermutation {

        ByNeuralSort(Tensor keys, Smoothness c, double s) {
            super(keys, c, s);
        }

        @Override
        PairwiseLogits logits(double[] z, Places places) {
            return new NeuralSort(c, z, places.fromSmallest(n), s);
        }

        @Override
        public Tensor ranks(boolean descending) {
            double[][] weights = new double[2][n];
            for (int r = 0; r < n; r++) {
                weights[0][r] = r + 1;
                weights[1][r] = 1;
            }
            Tensor sums = mix(Places.all(n, descending), weights).permute(1, 0, 2); // (2, lists, n)
            Tensor places = part(sums, 0);
            Tensor columns = part(sums, 1);
            return places.over(columns.atLeast(COLUMN_FLOOR));
        }

        private Tensor part(Tensor sums, int which) {
            int[] index = new int[lists * n];
            for (int i = 0; i < index.length; i++) index[i] = which * lists * n + i;
            return sums.gather(new int[] {lists, n}, index);
        }

        @Override
        public Permutation detach() {
            return new ByNeuralSort(keys.detach(), c, s);
        }
    }
}
