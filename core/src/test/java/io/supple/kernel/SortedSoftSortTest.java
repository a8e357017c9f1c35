// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Rows read at once are the rows made one by one, with all derivatives. */
class SortedSoftSortTest {

    /** Lists on which a shorter way may go wrong. */
    enum Shape {
        UNIFORM,
        GAUSSIAN,
        TIED,
        EQUAL,
        EVEN,
        TWO_CLUSTERS,
        FAR_OUTLIERS,
        DENORMAL_GAPS,
        NEIGHBOURS,
        LARGEST,
        GEOMETRIC;

        double[] keys(Random random, int n) {
            double[] z = new double[n];
            for (int i = 0; i < n; i++) {
                z[i] = switch (this) {
                    case UNIFORM -> random.nextDouble();
                    case GAUSSIAN -> random.nextGaussian();
                    case TIED -> random.nextInt(1 + n / 3) / 8.0;
                    case EQUAL -> 0.3;
                    case EVEN -> i / 16.0;
                    case TWO_CLUSTERS -> (i % 2 == 0 ? -1e3 : 1e3) + random.nextGaussian();
                    case FAR_OUTLIERS -> i % 7 == 3 ? random.nextGaussian() * 1e12 : random.nextDouble();
                    case DENORMAL_GAPS -> random.nextInt(2 * n) * Double.MIN_VALUE;
                    case NEIGHBOURS -> 0.5 + random.nextInt(n) * Math.ulp(0.5);
                    case LARGEST -> (random.nextBoolean() ? 1e308 : -1e308) * (1 - random.nextInt(3) / 8.0);
                    case GEOMETRIC -> Math.pow(10, -random.nextInt(40)) * (random.nextBoolean() ? 1 : -1);
                };
            }
            return z;
        }
    }

    /** C0 sums up to 400 equal weights, row by row, with offsets of a million to cancel; SMOOTH keeps to 1e-14. */
    private static final double TOLERANCE = 2e-12;

    /** Everything about one drawn case. */
    private static final class Drawn {
        final Random random;
        final double s;
        final int n;
        final double[] z;
        final SoftSort dense;
        final SortedSoftSort sorted;
        final int rows;

        Drawn(long seed, Shape shape, Smoothness c, double logSoftness, boolean descending) {
            random = new Random(seed);
            this.s = Math.pow(10, logSoftness);
            n = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(random.nextInt(8) == 0 ? 400 : 60);
            z = shape.keys(random, n);
            int reading = random.nextInt(3);
            if (reading == 0) {
                int[] each = new int[n];
                for (int i = 0; i < n; i++) each[i] = i;
                dense = new SoftSort(z, each, s);
                sorted = SortedSoftSort.atElements(c, z, s, descending);
            } else {
                int[] order = Sorting.argsort(z, 0, n, descending);
                int[] places = reading == 1 || n == 0
                        ? null
                        : random.ints(1 + random.nextInt(n + 3), 0, n).toArray();
                int[] anchors = order;
                if (places != null)
                    anchors = Arrays.stream(places).map(r -> order[r]).toArray();
                dense = new SoftSort(z, anchors, s);
                sorted = SortedSoftSort.atPlaces(c, z, s, descending, places);
            }
            rows = dense.rows();
        }

        double[] vector(int length) {
            double[] v = new double[length];
            double offset = random.nextInt(3) == 0 ? 1e6 : 0;
            boolean sparse = random.nextInt(3) == 0;
            for (int i = 0; i < length; i++) {
                v[i] = sparse && random.nextInt(5) > 0 ? 0 : offset + random.nextGaussian();
            }
            return v;
        }
    }

    private static double size(double[] v) {
        double size = 0;
        for (double value : v) size = Math.max(size, Math.abs(value));
        return size;
    }

    /** Within a relative error of the largest number that takes part: rounding on either side is relative to that. */
    private static void close(double[] actual, double[] expected, double scale) {
        double tolerance = TOLERANCE * (scale + size(expected));
        for (int i = 0; i < expected.length; i++) assertThat(actual[i]).isCloseTo(expected[i], offset(tolerance));
    }

    @Property(seed = "20130308", tries = 800)
    void values(
            @ForAll long seed,
            @ForAll Shape shape,
            @ForAll Smoothness c,
            @ForAll @DoubleRange(min = -6, max = 6) double logSoftness,
            @ForAll boolean descending) {
        Drawn d = new Drawn(seed, shape, c, logSoftness, descending);
        double[] x = d.vector(d.n);
        double[] expected = new double[d.rows];
        double[] actual = new double[d.rows];
        SoftPermutation.apply(d.dense, c, x, expected, 0);
        d.sorted.apply(x, actual, 0);
        close(actual, expected, size(x));
    }

    @Property(seed = "20130308", tries = 800)
    void vjps(
            @ForAll long seed,
            @ForAll Shape shape,
            @ForAll Smoothness c,
            @ForAll @DoubleRange(min = -6, max = 6) double logSoftness,
            @ForAll boolean descending) {
        Drawn d = new Drawn(seed, shape, c, logSoftness, descending);
        double[] x = d.vector(d.n);
        double[] g = d.vector(d.rows);
        double[][] expected = new double[2][d.n];
        double[][] actual = new double[2][d.n];
        SoftPermutation.applyVjp(d.dense, c, x, g, 0, expected[0], expected[1]);
        d.sorted.applyVjp(x, g, 0, actual[0], actual[1]);
        close(actual[0], expected[0], size(g));
        close(actual[1], expected[1], size(g) * size(x) / d.s);
    }

    @Property(seed = "20130308", tries = 800)
    void jvps(
            @ForAll long seed,
            @ForAll Shape shape,
            @ForAll Smoothness c,
            @ForAll @DoubleRange(min = -6, max = 6) double logSoftness,
            @ForAll boolean descending) {
        Drawn d = new Drawn(seed, shape, c, logSoftness, descending);
        double[] x = d.vector(d.n);
        double[] xDot = d.vector(d.n);
        double[] zDot = d.vector(d.n);
        double[] expected = new double[d.rows];
        double[] actual = new double[d.rows];
        SoftPermutationTangent.applyJvp(d.dense, c, zDot, x, xDot, expected, 0);
        d.sorted.applyJvp(zDot, x, xDot, actual, 0);
        close(actual, expected, size(x) * size(zDot) / d.s + size(xDot));
    }

    @Property(seed = "20130308", tries = 800)
    void mixtures(
            @ForAll long seed,
            @ForAll Shape shape,
            @ForAll Smoothness c,
            @ForAll @DoubleRange(min = -6, max = 6) double logSoftness,
            @ForAll boolean descending) {
        Drawn d = new Drawn(seed, shape, c, logSoftness, descending);
        double[][] w = {d.vector(d.rows), d.vector(d.rows)};
        double weight = size(w[0]) + size(w[1]);
        double[] zDot = d.vector(d.n);
        double[] g = d.vector(2 * d.n);
        double[] expected = new double[2 * d.n];
        double[] actual = new double[2 * d.n];
        SoftPermutation.mix(d.dense, c, w, expected, 0);
        d.sorted.mix(w, actual, 0);
        close(actual, expected, weight);
        double[] gz = new double[d.n];
        double[] gzActual = new double[d.n];
        SoftPermutation.mixVjp(d.dense, c, w, g, 0, gz);
        d.sorted.mixVjp(w, g, 0, gzActual);
        close(gzActual, gz, weight * size(g) / d.s);
        double[] dot = new double[2 * d.n];
        double[] dotActual = new double[2 * d.n];
        SoftPermutationTangent.mixJvp(d.dense, c, zDot, w, dot, 0);
        d.sorted.mixJvp(zDot, w, dotActual, 0);
        close(dotActual, dot, weight * size(zDot) / d.s);
    }

    /** Beside one huge number the others keep their digits, and numbers near the largest do not overflow in sums. */
    @Example
    void payloadsOfAnyScale() {
        double[] z = {0.1, 0.2, 0.3, 0.4, 1e3};
        for (Smoothness c : Smoothness.values()) {
            double[] y = new double[5];
            SortedSoftSort.atPlaces(c, z, 0.1, false, null).apply(new double[] {1, 2, 3, 4, 1e300}, y, 0);
            double[] expected = new double[5];
            SoftPermutation.apply(
                    new SoftSort(z, new int[] {0, 1, 2, 3, 4}, 0.1), c, new double[] {1, 2, 3, 4, 0}, expected, 0);
            for (int i = 0; i < 4; i++) assertThat(y[i]).isCloseTo(expected[i], offset(1e-14));
            double[] huge = new double[5];
            Arrays.fill(huge, 1e308);
            SortedSoftSort.atPlaces(c, z, 10, false, null).apply(huge, y, 0);
            for (double value : y) assertThat(value).isCloseTo(1e308, offset(1e294));
        }
    }

    /** As in any weighted sum, of zero weights too. */
    @Example
    void payloadsThatAreNotFinite() {
        double[] z = {0.1, 0.2, 0.3, 0.4, 1e3};
        for (Smoothness c : Smoothness.values()) {
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                double[] x = {1, value, 3, 4, 5};
                SortedSoftSort rows = SortedSoftSort.atPlaces(c, z, 0.1, false, null);
                double[][] y = new double[3][5];
                rows.apply(x, y[0], 0);
                SoftPermutation.apply(new SoftSort(z, new int[] {0, 1, 2, 3, 4}, 0.1), c, x, y[1], 0);
                assertThat(y[0]).containsExactly(y[1]);
                rows.applyVjp(x, new double[] {1, 1, 1, 1, 1}, 0, new double[5], y[2]);
                assertThat(y[2]).contains(Double.NaN);
            }
        }
    }

    @Example
    void listsOfNaNHaveNaNEverywhere() {
        double[] z = {Double.NaN};
        for (Smoothness c : Smoothness.values()) {
            SortedSoftSort rows = SortedSoftSort.atElements(c, z, 0.1, true);
            double[][] out = new double[6][1];
            rows.apply(new double[] {1}, out[0], 0);
            rows.applyVjp(new double[] {1}, new double[] {1}, 0, out[1], out[2]);
            rows.applyJvp(new double[] {1}, new double[] {1}, null, out[3], 0);
            rows.mix(new double[][] {{1}}, out[4], 0);
            rows.mixJvp(new double[] {1}, new double[][] {{1}}, out[5], 0);
            for (double[] y : out) assertThat(y).containsOnly(Double.NaN);
        }
    }

    /** Rounding along a long list does not add up: a few rows of it, made one by one. */
    @Example
    void longLists() {
        int n = 50_000;
        Random random = new Random(7);
        double[] z = random.doubles(n).toArray();
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] zDot = random.doubles(n, -1, 1).toArray();
        int[] places = {0, 3, 17_000, 25_000, n - 2, n - 1};
        int[] order = Sorting.argsort(z, 0, n, true);
        int[] anchors = Arrays.stream(places).map(place -> order[place]).toArray();
        double[] g = {1, -0.5, 0.25, 0.7, -1, 0.3};
        for (Smoothness c : Smoothness.values()) {
            SoftSort dense = new SoftSort(z, anchors, 0.1);
            SortedSoftSort sorted = SortedSoftSort.atPlaces(c, z, 0.1, true, places);
            double[][] expected = new double[2][6];
            double[][] actual = new double[2][6];
            SoftPermutation.apply(dense, c, x, expected[0], 0);
            sorted.apply(x, actual[0], 0);
            close(actual[0], expected[0], 1);
            SoftPermutationTangent.applyJvp(dense, c, zDot, x, x, expected[1], 0);
            sorted.applyJvp(zDot, x, x, actual[1], 0);
            close(actual[1], expected[1], 10);
            double[][] gIn = new double[2][n];
            double[][] gInActual = new double[2][n];
            SoftPermutation.applyVjp(dense, c, x, g, 0, gIn[0], gIn[1]);
            sorted.applyVjp(x, g, 0, gInActual[0], gInActual[1]);
            close(gInActual[0], gIn[0], 0);
            close(gInActual[1], gIn[1], 10);
        }
    }
}
