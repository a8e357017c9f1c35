// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.kernel.KeyLists;
import io.supple.kernel.NeuralSort;
import io.supple.kernel.Smoothness;
import io.supple.kernel.SoftAbs;
import io.supple.kernel.SoftPermutation;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Sums of columns, which ranks of NeuralSort are divided by, are those of whole rows even where they are hardly any. */
class ThinColumnsTest {

    private static final double FLOOR = 1e-10;

    /** What rounding errors of the logits do to an entry, as a part of it. */
    private static double noise(double[] z, double s) {
        double size = 0;
        for (double key : z) {
            double sum = z.length * Math.abs(key);
            for (double other : z) sum += SoftAbs.value(Smoothness.SMOOTH, other - key, s);
            size = Math.max(size, sum);
        }
        return 16 * Math.ulp(1.0) * size / s;
    }

    private static double[] ranks(double[] y, int n) {
        double[] ranks = new double[n];
        for (int j = 0; j < n; j++) ranks[j] = y[j] / Math.max(y[n + j], FLOOR);
        return ranks;
    }

    /** Ranks and their vjp in windows and from whole rows; the least sum of a column. */
    private static double assertSame(double[] z, double softness, Random random) {
        int n = z.length;
        double s = NeuralSort.softness(z, softness);
        double noise = noise(z, s);
        if (noise > 1e-2) return 1; // rows of rounding errors
        int[] places = new int[n];
        double[][] weights = new double[2][n];
        for (int r = 0; r < n; r++) {
            places[r] = r;
            weights[0][r] = r + 1;
            weights[1][r] = 1;
        }
        double[] y = new double[2 * n];
        WindowedRows.Mixture columns =
                WindowedRows.Mixture.ofColumns(new WindowedRows.Of(Smoothness.SMOOTH, z, places, softness), weights);
        columns.value(y, 0);
        NeuralSort whole = new NeuralSort(Smoothness.SMOOTH, z, places, softness);
        double[] expected = new double[2 * n];
        SoftPermutation.mix(whole, Smoothness.SMOOTH, weights, expected, 0);
        double[] ranks = ranks(expected, n);
        double[] found = ranks(y, n);
        double[] g = new double[2 * n];
        double steepest = 0;
        for (int j = 0; j < n; j++) {
            assertThat(found[j]).isCloseTo(ranks[j], offset((1e-12 + noise) * Math.max(ranks[j], 1)));
            boolean above = expected[n + j] > FLOOR;
            g[j] = random.nextGaussian() / Math.max(expected[n + j], FLOOR);
            g[n + j] = above ? -g[j] * ranks[j] : 0;
            steepest = Math.max(steepest, Math.abs(g[j]) * Math.min(expected[n + j], 1));
        }
        double[] gz = new double[n];
        SoftPermutation.mixVjp(whole, Smoothness.SMOOTH, weights, g, 0, gz);
        double[] gWindows = new double[n];
        columns.vjp(g, 0, new double[][] {gWindows});
        double largest = 0;
        for (double each : gz) largest = Math.max(largest, Math.abs(each));
        double tolerance = (1e-11 + noise) * largest + (1e-14 + noise) * (n / s) * n * steepest;
        for (int j = 0; j < n; j++) assertThat(gWindows[j]).isCloseTo(gz[j], offset(tolerance));
        return Arrays.stream(expected, n, 2 * n).min().orElse(1);
    }

    @Property(seed = "20130308", tries = 600)
    void ranksOfAnyKeys(
            @ForAll @IntRange(min = 8, max = 300) int n,
            @ForAll KeyLists.Kind kind,
            @ForAll KeyLists.Softness softness,
            @ForAll long seed) {
        Random random = new Random(seed);
        assertSame(kind.make(n, random), softness.of, random);
    }

    @Property(seed = "20130308", tries = 60)
    void ranksOfLongLists(
            @ForAll @IntRange(min = 300, max = 1500) int n,
            @ForAll KeyLists.Kind kind,
            @ForAll KeyLists.Softness softness,
            @ForAll long seed) {
        Random random = new Random(seed);
        assertSame(kind.make(n, random), softness.of, random);
    }

    /** Clusters some softnesses apart, where sums of soft distances are not convex, so that keys between are no row's. */
    @Example
    void keysThatNoRowIsNear() {
        double least = 1;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            double gap = 0.15 + 0.05 * (seed % 10);
            double[] z = new double[500 + 20 * seed];
            for (int j = 0; j < z.length; j++) {
                z[j] = (j % 2) * gap + 0.02 * random.nextGaussian();
                if (j % 50 == 0) z[j] = gap * random.nextDouble();
            }
            least = Math.min(least, assertSame(z, 0.1, random));
        }
        assertThat(least).isBetween(1e-300, 1e-6);
    }

    /** More than 4,000 keys, where rows of other columns are interpolated. */
    @Example
    void longLists() {
        Random random = new Random(7);
        double[] z = new double[4_500];
        for (int j = 0; j < z.length; j++) {
            z[j] = (j % 2) * 0.7 + 0.02 * random.nextGaussian();
            if (j % 500 == 0) z[j] = 0.7 * random.nextDouble();
        }
        assertThat(assertSame(z, 0.1, random)).isLessThan(1e-3);
    }
}
