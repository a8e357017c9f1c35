// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The three readings of a soft permutation agree, and its rows are what the papers say. */
class SoftPermutationTest {

    @Provide
    Arbitrary<double[]> lists() {
        return Arbitraries.oneOf(Arbitraries.doubles().between(0, 1), Arbitraries.of(0.25, 0.5, 0.5, 0.75))
                .array(double[].class)
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    private static PairwiseLogits logits(boolean neural, Smoothness c, double[] z, double s) {
        int[] order = Sorting.argsort(z, 0, z.length, false);
        int[] places = new int[z.length];
        for (int i = 0; i < places.length; i++) places[i] = i;
        return neural ? new NeuralSort(c, z, places, s) : new SoftSort(z, order, s);
    }

    @Property(seed = "20130308", tries = 500)
    void readingsAgree(@ForAll("lists") double[] z, @ForAll Smoothness c, @ForAll boolean neural) {
        int n = z.length;
        double[] p = new double[n * n];
        SoftPermutation.matrix(logits(neural, c, z, 0.1), c, p, 0);
        double[] y = new double[n];
        SoftPermutation.apply(logits(neural, c, z, 0.1), c, z, y, 0);
        double[] weights = new double[n];
        for (int r = 0; r < n; r++) weights[r] = Math.cos(r);
        double[] mixed = new double[n];
        SoftPermutation.mix(logits(neural, c, z, 0.1), c, new double[][] {weights}, mixed, 0);
        for (int i = 0; i < n; i++) {
            double applied = 0;
            double column = 0;
            for (int j = 0; j < n; j++) {
                applied += p[i * n + j] * z[j];
                column += weights[j] * p[j * n + i];
            }
            assertThat(y[i]).isCloseTo(applied, offset(1e-13));
            assertThat(mixed[i]).isCloseTo(column, offset(1e-13));
        }
    }

    /** Soft sorted values are in order and within the hull of the list. */
    @Property(seed = "20130308", tries = 500)
    void softSortedValuesAreSortedAndInTheHull(@ForAll("lists") double[] z, @ForAll Smoothness c) {
        double[] y = new double[z.length];
        SoftPermutation.apply(logits(false, c, z, 0.1), c, z, y, 0);
        double least = Arrays.stream(z).min().orElseThrow();
        double most = Arrays.stream(z).max().orElseThrow();
        for (int i = 0; i < y.length; i++) {
            assertThat(y[i]).isBetween(least - 1e-12, most + 1e-12);
            if (i > 0) assertThat(y[i]).isGreaterThanOrEqualTo(y[i - 1] - 1e-12);
        }
    }

    /** Unimodal: off ties each row of NeuralSort peaks at the element of its place. */
    @Example
    void rowsPeakAtTheirElements() {
        double[] z = {0.9, 0.1, 0.35, 0.62, 0.48};
        int[] order = Sorting.argsort(z, 0, z.length, false);
        for (boolean neural : new boolean[] {false, true}) {
            double[] p = new double[25];
            SoftPermutation.matrix(logits(neural, Smoothness.SMOOTH, z, 0.05), Smoothness.SMOOTH, p, 0);
            for (int r = 0; r < 5; r++) {
                for (int j = 0; j < 5; j++) assertThat(p[r * 5 + order[r]]).isGreaterThanOrEqualTo(p[r * 5 + j]);
            }
        }
    }

    @Example
    void fewRowsOfALongList() {
        int n = 100_000;
        double[] z = new double[n];
        for (int i = 0; i < n; i++) z[i] = (i * 7919L % n) / (double) n;
        int[] order = Sorting.argsort(z, 0, n, true);
        double[] y = new double[2];
        SoftPermutation.apply(new SoftSort(z, Arrays.copyOf(order, 2), 1e-6), Smoothness.SMOOTH, z, y, 0);
        assertThat(y[0]).isCloseTo(z[order[0]], offset(1e-5));
        assertThat(y[1]).isLessThan(y[0]);
    }

    /** A row object can be walked back more than once: nothing of the last time is left in it. */
    @Example
    void backwardTwiceIsTheSame() {
        double[] z = {0.9, 0.1, 0.35, 0.62, 0.48};
        double[] g = {0.3, -1, 0.7, 0.2, -0.4};
        for (Smoothness c : Smoothness.values()) {
            PairwiseLogits logits = logits(true, c, z, 0.2);
            double[][] gz = new double[2][5];
            for (double[] each : gz) SoftPermutation.applyVjp(logits, c, z, g, 0, new double[5], each);
            assertThat(gz[1]).isEqualTo(gz[0]);
        }
    }
}
