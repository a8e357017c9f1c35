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

/** Values and ranks read in sorted order, and a few places read without sorting, are those of the dense rows. */
class LaplaceSortTest {

    private static final double TOLERANCE = 2e-12;

    /** A list, what is read from it, and the same from dense rows. */
    private static final class Drawn {
        final Random random;
        final double[] x;
        final double[] z;
        final int n;
        final double s;
        final boolean squash;
        final double tolerance;

        Drawn(long seed, SortedSoftSortTest.Shape shape, double logSoftness, boolean squash) {
            this.random = new Random(seed);
            this.s = Math.pow(10, logSoftness);

            n = random.nextInt(5) == 0 ? random.nextInt(4) : random.nextInt(random.nextInt(4) == 0 ? 400 : 60);
            x = shape.keys(random, n);
            if (shape == SortedSoftSortTest.Shape.LARGEST) for (int i = 0; i < n; i++) x[i] *= 0x1p-700;
            z = x.clone();
            this.squash = squash && squashed();
            // squashed keys are right to a few roundings, and distances count in softnesses
            tolerance = TOLERANCE + (this.squash ? 32 * Math.ulp(1.0) / s : 0);
        }

        /** Squashes the keys, unless numbers become equal by it: then it depends on roundings what is a tie. */
        private boolean squashed() {
            Squash.forward(x, z, 0, n);
            int[] order = Sorting.argsort(x, 0, n, false);
            for (int i = 1; i < n; i++) {
                boolean apart = z[order[i]] - z[order[i - 1]] > 1e-13;
                if (!apart && x[order[i]] != x[order[i - 1]]) {
                    System.arraycopy(x, 0, z, 0, n);
                    return false;
                }
            }
            return true;
        }

        double[] vector(int length) {
            return random.doubles(length, -1, 1).toArray();
        }

        /** The dense values of rows, and their vjp to the list: through the payload, and through the keys unless detached. */
        double[] values(SoftSort rows, double[] payload) {
            double[] y = new double[rows.rows()];
            SoftPermutation.apply(rows, Smoothness.SMOOTH, payload, y, 0);
            return y;
        }

        double[] vjp(SoftSort rows, double[] payload, double[] g, boolean toPayload, boolean toKeys) {
            double[] gPayload = new double[n];
            double[] gz = new double[n];
            SoftPermutation.applyVjp(rows, Smoothness.SMOOTH, payload, g, 0, gPayload, gz);
            double[] gx = toPayload ? gPayload : new double[n];
            if (!toKeys) return gx;
            if (squash) {
                Squash.vjp(x, z, gz, gx, 0, n);
            } else {
                for (int i = 0; i < n; i++) gx[i] += gz[i];
            }
            return gx;
        }

        /** How large cotangents of keys can be that cancel: everything is relative to them. */
        double steepness(double[] payload, double[] g) {
            double steep = size(payload) * size(g) / s;
            return squash ? steep / new Moments(x, 0, n).deviation() : steep;
        }

        void close(double[] actual, double[] expected, double scale) {
            double allowed = tolerance * (scale + size(expected)) + Double.MIN_NORMAL;
            for (int i = 0; i < expected.length; i++) assertThat(actual[i]).isCloseTo(expected[i], offset(allowed));
        }
    }

    private static double size(double[] v) {
        double size = 0;
        for (double value : v) size = Math.max(size, Math.abs(value));
        return size;
    }

    @Property(seed = "20130308", tries = 1500)
    void sortedValues(
            @ForAll long seed,
            @ForAll SortedSoftSortTest.Shape shape,
            @ForAll @DoubleRange(min = -6, max = 6) double logSoftness,
            @ForAll boolean squash,
            @ForAll boolean descending) {
        Drawn d = new Drawn(seed, shape, logSoftness, squash);
        int count = d.n == 0 ? 0 : 1 + d.random.nextInt(d.n);
        int[] anchors = Arrays.copyOf(Sorting.argsort(d.z, 0, d.n, descending), count);
        SoftSort rows = new SoftSort(d.z, anchors, d.s);
        LaplaceSort sorted = new LaplaceSort(d.x, d.squash, d.s, descending, Scratch.FRESH);
        double[] y = new double[count];
        sorted.values(y, 0, count);
        d.close(y, d.values(rows, d.x), size(d.x));
        double[] g = d.vector(count);
        boolean keys = d.random.nextBoolean();
        double[] gx = new double[d.n];
        sorted.valuesVjp(g, 0, count, keys, gx);
        d.close(gx, d.vjp(rows, d.x, g, true, keys), count + (keys ? count * d.steepness(d.x, g) : 0));
    }

    @Property(seed = "20130308", tries = 1500)
    void ranks(
            @ForAll long seed,
            @ForAll SortedSoftSortTest.Shape shape,
            @ForAll @DoubleRange(min = -6, max = 6) double logSoftness,
            @ForAll boolean squash,
            @ForAll boolean descending) {
        Drawn d = new Drawn(seed, shape, logSoftness, squash);
        int[] each = new int[d.n];
        double[] places = new double[d.n];
        int[] order = Sorting.argsort(d.z, 0, d.n, descending);
        for (int i = 0; i < d.n; i++) {
            each[i] = i;
            places[order[i]] = i + 1;
        }
        SoftSort rows = new SoftSort(d.z, each, d.s);
        LaplaceSort sorted = new LaplaceSort(d.x, d.squash, d.s, descending, Scratch.FRESH);
        double[] y = new double[d.n];
        sorted.ranks(y, 0);
        d.close(y, d.values(rows, places), d.n);
        double[] g = d.vector(d.n);
        double[] gx = new double[d.n];
        sorted.ranksVjp(g, 0, gx);
        d.close(gx, d.vjp(rows, places, g, false, true), d.n * d.steepness(places, g));
    }

    @Property(seed = "20130308", tries = 3000)
    void fewPlaces(
            @ForAll long seed,
            @ForAll SortedSoftSortTest.Shape shape,
            @ForAll @DoubleRange(min = -6, max = 6) double logSoftness,
            @ForAll boolean squash,
            @ForAll boolean descending) {
        Drawn d = new Drawn(seed, shape, logSoftness, squash);
        if (d.n == 0) return;
        int count = 1 + d.random.nextInt(Math.min(d.n, 20));
        int place = d.random.nextInt(3) == 0 ? 0 : d.random.nextInt(d.n - count + 1);
        int[] anchors = Arrays.copyOfRange(Sorting.argsort(d.z, 0, d.n, descending), place, place + count);
        SoftSort rows = new SoftSort(d.z, anchors, d.s);
        LaplaceRun run = new LaplaceRun(d.x, d.squash, d.s, descending, place, count, Scratch.FRESH);
        double[] y = new double[count];
        run.values(y, 0);
        d.close(y, d.values(rows, d.x), size(d.x));
        double[] g = d.vector(count);
        boolean keys = d.random.nextBoolean();
        double[] gx = new double[d.n];
        run.valuesVjp(g, 0, keys, gx);
        d.close(gx, d.vjp(rows, d.x, g, true, keys), count + (keys ? count * d.steepness(d.x, g) : 0));
    }

    @Example
    void notFinite() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (boolean squash : new boolean[] {false, true}) {
                LaplaceSort sorted = new LaplaceSort(new double[] {1, wrong, 2}, squash, 0.1, true, Scratch.FRESH);
                double[] y = new double[3];
                sorted.values(y, 0, 3);
                assertThat(y).containsOnly(Double.NaN);
                double[] gx = new double[3];
                sorted.valuesVjp(y, 0, 3, true, gx);
                assertThat(gx).containsOnly(Double.NaN);
                sorted.ranks(y, 0);
                assertThat(y).containsOnly(Double.NaN);
            }
        }
    }
}
