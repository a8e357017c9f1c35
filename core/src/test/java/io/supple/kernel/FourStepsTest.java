// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Four steps over one division are four steps. */
class FourStepsTest {

    private static double[] keys(int n, double spread, Random random) {
        double[] x = new double[n];
        for (int j = 0; j < n; j++) x[j] = spread * random.nextDouble();
        return x;
    }

    /** Lists from narrow ones to ones that are too wide for four, of lengths that are no multiple of four. */
    @Property(seed = "20130308", tries = 400)
    void ranksAndTheirProducts(@ForAll @IntRange(min = 1, max = 60) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double s = Math.pow(10, 4 * random.nextDouble() - 2);
        double[] x = keys(n, 350 * s * random.nextDouble(), random);
        double[] v = new double[n + 1];
        Arrays.setAll(v, j -> random.nextGaussian());
        PairwiseRanks ranks = new PairwiseRanks(Smoothness.SMOOTH, x, s);
        double[] found = new double[n + 2];
        double[] product = new double[n + 2];
        ranks.value(found, 2);
        ranks.product(v, 1, product, 2);
        for (int j = 0; j < n; j++) {
            double rank = 1;
            double expected = 0;
            for (int i = 0; i < n; i++) {
                if (i == j) continue;
                rank += Sigmoidal.value(Smoothness.SMOOTH, x[i] - x[j], s);
                expected += Sigmoidal.slope(Smoothness.SMOOTH, x[i] - x[j], s) * (v[1 + i] - v[1 + j]);
            }
            assertThat(found[2 + j]).isCloseTo(rank, offset(1e-14 * n));
            assertThat(product[2 + j]).isCloseTo(expected, offset(1e-13 * n / s));
        }
        assertThat(found).startsWith(0, 0);
    }

    /** Vectors, where there are any, have the bits of plain Java. */
    @Property(seed = "20130308", tries = 100)
    void vectors(@ForAll @IntRange(min = 4, max = 60) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double[] e = keys(n, 1, random);
        double[] v = keys(n, 1, random);
        int i = random.nextInt(n - 3);
        double[] plain = keys(n, 1, random);
        double[] lanes = plain.clone();
        Lanes.SCALAR.steps(e, i, plain);
        Lanes.SCALAR.slopes(e, i, v, plain);
        Lanes.USED.steps(e, i, lanes);
        Lanes.USED.slopes(e, i, v, lanes);
        assertThat(lanes).isEqualTo(plain);
    }

    /** The product of four sums of the smallest exponentials that are taken by four is a normal number. */
    @Example
    void theWidestLists() {
        double[] fits = {1, 1e-75, 1e-75, 1e-75, 1e-75};
        assertThat(FourSteps.fit(fits)).isTrue();
        double[] y = new double[5];
        FourSteps.add(fits, 1, 0, y);
        assertThat(y[0]).isCloseTo(4e-75, offset(1e-88));
        for (int j = 1; j < 5; j++) assertThat(y[j]).isCloseTo(2, offset(1e-15));
        assertThat(FourSteps.fit(new double[] {1, 1e-76})).isFalse();
        assertThat(FourSteps.fit(new double[] {1, Double.NaN})).isFalse();
    }
}
