// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Every way to sum soft distances agrees with the sums as they are defined. */
class SoftDistancesTest {

    private static List<SoftDistances> all(Smoothness c, double[] z, double s) {
        List<SoftDistances> all = new ArrayList<>();
        int[] ends = SoftDistances.ends(c, z, s);
        all.add(SoftDistances.of(c, z, s));
        all.add(new PairDistances(c, z, s, ends));
        switch (c) {
            case SMOOTH -> all.add(new GridDistances(z, s));
            case C0, C1, C2 -> all.add(new PieceDistances(c, z, s, ends));
            case C1_PNORM, C2_PNORM -> {} // pairs only
        }
        return all;
    }

    /** Relative to what is summed: n distances of the size of the spread; in cells of a grid, of their width if larger. */
    @Property(seed = "20130308", tries = 400)
    void sumsAndSlopes(
            @ForAll Smoothness c,
            @ForAll @IntRange(max = 300) int n,
            @ForAll KeyLists.Kind kind,
            @ForAll KeyLists.Softness softness,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] z = kind.make(n, random);
        Arrays.sort(z);
        double s = NeuralSort.softness(z, softness.of);
        double[] w = new double[n];
        for (int j = 0; j < n; j++) w[j] = random.nextGaussian();
        double[] sums = new double[n];
        double[] slopes = new double[n];
        double[] weighted = new double[n];
        double weights = 0;
        double largest = 0;
        for (int j = 0; j < n; j++) {
            weights += Math.abs(w[j]);
            for (int k = 0; k < n; k++) {
                double d = z[k] - z[j];
                double slope = SoftAbs.slope(c, d, s);
                sums[j] += SoftAbs.value(c, d, s);
                slopes[j] += slope;
                weighted[j] += slope * w[k];
            }
            largest = Math.max(largest, Math.abs(z[j]));
        }
        double spread = n == 0 ? 0 : z[n - 1] - z[0];
        // The place of a key among cells is known as well as the key: to an ulp of it, in softnesses.
        double place = Math.ulp(largest) / s;
        for (SoftDistances way : all(c, z, s)) {
            double[] a = new double[n];
            double[] b = new double[n];
            double[] g = new double[n];
            way.sums(a);
            way.slopes(w, b, g);
            double size = way instanceof GridDistances ? Math.max(spread, s) : spread;
            for (int j = 0; j < n; j++) {
                assertThat(a[j]).isCloseTo(sums[j], offset(1e-13 * n * size + 8 * n * Math.ulp(largest)));
                if (place > 1e-3) continue; // slopes of distances that are rounding errors
                assertThat(b[j]).isCloseTo(slopes[j], offset((1e-13 + 8 * place) * n));
                assertThat(g[j]).isCloseTo(weighted[j], offset((1e-13 + 8 * place) * weights));
            }
        }
    }
}
