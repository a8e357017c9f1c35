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

/** NeuralSort read in windows is NeuralSort read in whole rows. */
class WindowedNeuralSortTest {

    private static final double EPSILON = Math.ulp(1.0);

    private static double[] random(int n, Random random) {
        double[] x = new double[n];
        for (int j = 0; j < n; j++) x[j] = random.nextGaussian();
        return x;
    }

    private static double largest(double[] x) {
        double largest = 0;
        for (double v : x) largest = Math.max(largest, Math.abs(v));
        return largest;
    }

    /** One list, whole rows and windows. */
    private static final class Both {
        final Smoothness c;
        final int n;
        final int rows;
        final double s;
        final NeuralSort whole;
        final WindowedNeuralSort windows;
        final double noise;
        final double heaviest; // column of P

        Both(Smoothness c, double[] z, int[] places, double softness) {
            this(c, z, places, softness, new WindowedNeuralSort(c, z, places, softness));
        }

        Both(Smoothness c, double[] z, int[] places, double softness, WindowedNeuralSort windows) {
            this.c = c;
            n = z.length;
            rows = places.length;
            s = NeuralSort.softness(z, softness);
            whole = new NeuralSort(c, z, places, softness);
            this.windows = windows;
            double distances = 0;
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (double other : z) sum += SoftAbs.value(c, other - z[j], s);
                distances = Math.max(distances, sum);
            }
            // what rounding errors of the logits do, whoever makes them
            noise = 16 * EPSILON * (n * largest(z) + distances) / s;
            double[] ones = new double[rows];
            Arrays.fill(ones, 1);
            double[] columns = new double[n];
            SoftPermutation.mix(whole, c, new double[][] {ones}, columns, 0);
            heaviest = largest(columns);
        }

        void assertAgree(double[] got, double[] expected, double floor) {
            assertThat(got).doesNotContain(Double.NaN);
            if (noise > 1e-2) return; // rows of rounding errors
            double tolerance = (1e-12 + noise) * largest(expected) + floor;
            for (int j = 0; j < got.length; j++) assertThat(got[j]).isCloseTo(expected[j], offset(tolerance));
        }

        void assertValuesAgree(Random random) {
            double[] x = random(n, random);
            double[] expected = new double[rows + 1];
            double[] got = new double[rows + 1];
            SoftPermutation.apply(whole, c, x, expected, 1);
            windows.apply(x, got, 1);
            assertAgree(got, expected, (1e-12 + noise) * largest(x));
            double[][] weights = {random(rows, random), new double[rows], random(rows, random)};
            expected = random(3 * n, random);
            got = expected.clone();
            SoftPermutation.mix(whole, c, weights, expected, 0);
            windows.mix(weights, got, 0);
            assertAgree(got, expected, (1e-12 + noise) * heaviest);
        }

        void assertDerivativesAgree(Random random) {
            double[] x = random(n, random);
            double[] g = random(rows + 1, random);
            double[] zDot = random(n, random);
            double[] xDot = random(n, random);
            windows.apply(x, new double[rows], 0);
            double[][] expected = {random(n, random), random(n, random)};
            double[][] got = {expected[0].clone(), expected[1].clone()};
            SoftPermutation.applyVjp(whole, c, x, g, 1, expected[0], expected[1]);
            windows.applyVjp(x, g, 1, got[0], got[1]);
            // Terms as large as n / s times what they are of cancel in what reaches the keys.
            double terms = (1e-13 + noise) * n / s * (1 + heaviest);
            assertAgree(got[0], expected[0], (1e-12 + noise) * heaviest);
            assertAgree(got[1], expected[1], terms * largest(g) * largest(x));
            double[] along = new double[rows];
            double[] alongWindows = new double[rows];
            SoftPermutationTangent.applyJvp(whole, c, zDot, x, xDot, along, 0);
            windows.applyJvp(zDot, x, xDot, alongWindows, 0);
            // P xDot is among them
            double moved = (1e-12 + noise) * largest(xDot);
            assertAgree(alongWindows, along, terms * largest(zDot) * largest(x) + moved);

            double[][] weights = {random(rows, random), random(rows, random)};
            double[] gMixed = random(2 * n, random);
            double[] gz = new double[n];
            double[] gzWindows = new double[n];
            SoftPermutation.mixVjp(whole, c, weights, gMixed, 0, gz);
            windows.mixVjp(weights, gMixed, 0, gzWindows);
            double weight = largest(weights[0]) + largest(weights[1]);
            assertAgree(gzWindows, gz, terms * weight * largest(gMixed));
            double[] mixed = new double[2 * n];
            double[] mixedWindows = new double[2 * n];
            SoftPermutationTangent.mixJvp(whole, c, zDot, weights, mixed, 0);
            windows.mixJvp(zDot, weights, mixedWindows, 0);
            assertAgree(mixedWindows, mixed, terms * weight * largest(zDot));
        }
    }

    /** All places upwards or downwards, some from one end, or any. */
    private enum Read {
        UPWARDS,
        DOWNWARDS,
        FIRST,
        LAST,
        ANY;

        int[] places(int n, Random random) {
            int count = this == UPWARDS || this == DOWNWARDS || n == 0 ? n : 1 + random.nextInt(n);
            int[] places = new int[count];
            for (int r = 0; r < count; r++) {
                places[r] = switch (this) {
                    case UPWARDS, FIRST -> r;
                    case DOWNWARDS, LAST -> n - 1 - r;
                    case ANY -> random.nextInt(n);
                };
            }
            return places;
        }
    }

    /** The derivative of C0 jumps where an entry leaves the support, as entries of these lists do all at once. */
    private static boolean atKinks(Smoothness c, KeyLists.Kind kind) {
        return c == Smoothness.C0
                && kind != KeyLists.Kind.UNIFORM
                && kind != KeyLists.Kind.NORMAL
                && kind != KeyLists.Kind.OUTLIER
                && kind != KeyLists.Kind.TWO_CLUSTERS;
    }

    private static void assertSame(
            Smoothness c, int n, KeyLists.Kind kind, KeyLists.Softness softness, Read read, long seed) {
        Random random = new Random(seed);
        double[] z = kind.make(n, random);
        Both both = new Both(c, z, read.places(n, random), softness.of);
        both.assertValuesAgree(random);
        if (!atKinks(c, kind)) both.assertDerivativesAgree(random);
    }

    @Property(seed = "20130308", tries = 1500)
    void shortLists(
            @ForAll Smoothness c,
            @ForAll @IntRange(max = 70) int n,
            @ForAll KeyLists.Kind kind,
            @ForAll KeyLists.Softness softness,
            @ForAll Read read,
            @ForAll long seed) {
        assertSame(c, n, kind, softness, read, seed);
    }

    @Property(seed = "20130308", tries = 80)
    void longLists(
            @ForAll Smoothness c,
            @ForAll @IntRange(min = 200, max = 1500) int n,
            @ForAll KeyLists.Kind kind,
            @ForAll KeyLists.Softness softness,
            @ForAll Read read,
            @ForAll long seed) {
        assertSame(c, n, kind, softness, read, seed);
    }

    /** Rows from others, wherever nodes are fewer than rows; lists without a density refuse it and are right all the same. */
    @Property(seed = "20130308", tries = 150)
    void interpolatedRows(
            @ForAll @IntRange(min = 60, max = 1500) int n,
            @ForAll KeyLists.Kind kind,
            @ForAll KeyLists.Softness softness,
            @ForAll Read read,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] z = kind.make(n, random);
        int[] places = read.places(n, random);
        WindowedNeuralSort rows = new WindowedNeuralSort(Smoothness.SMOOTH, z, places, softness.of, 1);
        Both both = new Both(Smoothness.SMOOTH, z, places, softness.of, rows);
        if (random.nextBoolean()) both.assertValuesAgree(random);
        both.assertDerivativesAgree(random);
    }

    /** Densities that change within a window, so that some rows are interpolated and others read. */
    @Property(seed = "20130308", tries = 40)
    void interpolatedRowsOfUnevenLists(@ForAll @IntRange(min = 3, max = 12) int sharpness, @ForAll long seed) {
        Random random = new Random(seed);
        double[] z = random(1200, random);
        for (int j = 0; j < z.length; j++) {
            if (j % 3 == 0) z[j] = 3 + z[j] * Math.pow(2, -sharpness);
            if (j % 7 == 0) z[j] *= sharpness;
        }
        int[] places = Read.DOWNWARDS.places(z.length, random);
        WindowedNeuralSort rows = new WindowedNeuralSort(Smoothness.SMOOTH, z, places, 1, 1);
        Both both = new Both(Smoothness.SMOOTH, z, places, 1, rows);
        both.assertValuesAgree(random);
        both.assertDerivativesAgree(random);
    }

    /** So that the others test what they should. */
    @Example
    void manyRowsAreInterpolated() {
        Random random = new Random(1);
        for (KeyLists.Kind kind :
                new KeyLists.Kind[] {KeyLists.Kind.UNIFORM, KeyLists.Kind.TIED, KeyLists.Kind.NORMAL}) {
            double[] z = kind.make(1500, random);
            int[] places = Read.UPWARDS.places(1500, random);
            WindowedNeuralSort rows = new WindowedNeuralSort(Smoothness.SMOOTH, z, places, 5 * largest(z), 1);
            rows.apply(z, new double[1500], 0);
            assertThat(rows.interpolated()).isGreaterThan(1200);
        }
    }

    /** Keys near the largest double: the softness is raised as for whole rows, nothing overflows. */
    @Example
    void largeKeys() {
        Random random = new Random(1);
        for (Smoothness c : Smoothness.values()) {
            for (double softness : new double[] {1e-6, 1, 1e300}) {
                double[] z = random(40, random);
                for (int j = 0; j < z.length; j++) z[j] *= 1e304;
                Both both = new Both(c, z, Read.UPWARDS.places(40, random), softness);
                both.assertValuesAgree(random);
            }
        }
    }

    /** Keys that differ by denormal numbers, a softness that is one. */
    @Example
    void smallKeys() {
        Random random = new Random(1);
        for (Smoothness c : Smoothness.values()) {
            double[] z = random(40, random);
            for (int j = 0; j < z.length; j++) z[j] *= 1e-310;
            for (double softness : new double[] {1e-320, 1e-310, 1e-3}) {
                new Both(c, z, Read.DOWNWARDS.places(40, random), softness).assertValuesAgree(random);
            }
        }
    }

    /** What 0 times it would be: NaN, in every row. */
    @Example
    void payloadThatIsNotFinite() {
        double[] z = random(200, new Random(1));
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] x = random(200, new Random(2));
            x[17] = bad;
            double[] y = new double[200];
            new WindowedNeuralSort(Smoothness.SMOOTH, z, Read.UPWARDS.places(200, new Random(3)), 0.1).apply(x, y, 0);
            for (double value : y) assertThat(value).isNaN();
        }
    }

    /** Windows hold every key whose logit is not below the cut, on any sums A whatever: the proof asks nothing of them. */
    @Property(seed = "20130308", tries = 500)
    void windowsOfAnySums(
            @ForAll @IntRange(min = 1, max = 60) int n,
            @ForAll KeyLists.Kind kind,
            @ForAll @IntRange(max = 3) int scale,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] z = kind.make(n, random);
        Arrays.sort(z);
        double[] a = new double[n];
        double size = Math.max(largest(z), Double.MIN_NORMAL) * n;
        for (int j = 0; j < n; j++) a[j] = Math.pow(10, -2 * scale) * size * random.nextDouble();
        double depth = size * 0.05 * random.nextDouble();
        int first = random.nextInt(n);
        int count = 1 + random.nextInt(n - first);
        int[] lo = new int[count];
        int[] hi = new int[count];
        int together = 1 + random.nextInt(5);
        new NeuralSortWindows(z, a, depth).find(first, 1, count, together, 0, n, lo, hi, 0);
        for (int i = 0; i < count; i++) {
            double coefficient = n - 1 - 2.0 * (first + i);
            double top = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < n; j++) top = Math.max(top, -(coefficient * z[j] + a[j]));
            for (int j = 0; j < n; j++) {
                if (-(coefficient * z[j] + a[j]) >= top - depth) assertThat(j).isBetween(lo[i], hi[i] - 1);
            }
            assertThat(lo[i]).isLessThan(hi[i]);
        }
    }

    /** A long list takes windows, not n^2 exponentials: 10^10 of them would take a minute. */
    @Example
    void aLongListOfManyTies() {
        int n = 100_000;
        Random random = new Random(1);
        double[] z = new double[n];
        for (int j = 0; j < n; j++) z[j] = random.nextInt(1_000_000) / 1e6;
        int[] places = {0, 1, n / 2, n - 1};
        double[] y = new double[places.length];
        new WindowedNeuralSort(Smoothness.SMOOTH, z, places, 1e-3).apply(z, y, 0);
        double[] sorted = z.clone();
        Arrays.sort(sorted);
        for (int r = 0; r < y.length; r++) assertThat(y[r]).isCloseTo(sorted[places[r]], offset(1e-3));
    }
}
