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

/** Loops in the Vector API do what the loops in plain Java do: the same bits for elements, rounding errors for sums. */
class LanesTest {

    private static final Lanes PLAIN = Lanes.SCALAR;
    private static final Lanes USED = Lanes.USED;

    private static double[] random(int n, Random random) {
        double[] x = new double[n];
        Arrays.setAll(x, j -> random.nextGaussian());
        return x;
    }

    private static double[] positive(int n, Random random) {
        double[] x = new double[n];
        Arrays.setAll(x, j -> Math.exp(random.nextGaussian()));
        return x;
    }

    private static void assertNear(double[] got, double[] expected) {
        assertThat(got).hasSameSizeAs(expected);
        double largest = 0;
        for (double value : expected) largest = Math.max(largest, Math.abs(value));
        for (int j = 0; j < got.length; j++) assertThat(got[j]).isCloseTo(expected[j], offset(1e-13 * largest));
    }

    @Example
    void theSwitchIsHeard() {
        assertThat(PLAIN.width()).isEqualTo(1);
        if (System.getProperty("supple.vector", "on").equals("off"))
            assertThat(Lanes.name()).isEqualTo("scalar");
        else assertThat(Lanes.name()).isIn("scalar", "vector 256 bits", "vector 512 bits");
    }

    /** Where the module is there and vectors are wide, they are used: nothing falls back unseen. */
    @Example
    void theModuleIsFound() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                && !System.getProperty("supple.vector", "on").equals("off");
        if (!there) assertThat(USED).isSameAs(PLAIN);
        else if (System.getProperty("os.arch").equals("amd64"))
            assertThat(USED.width()).isGreaterThan(1);
    }

    @Property(seed = "20130308", tries = 500)
    void exponentials(@ForAll @IntRange(max = 70) int n, @ForAll @IntRange(max = 9) int from, @ForAll long seed) {
        Random random = new Random(seed);
        double[] x = random(from + n + 3, random);
        double scale = Math.pow(10, random.nextInt(4));
        for (int j = 0; j < x.length; j++) x[j] = Math.min(700, scale * x[j]);
        if (n > 3) x[from + random.nextInt(n)] = Double.NaN;
        if (n > 3) x[from + random.nextInt(n)] = Double.NEGATIVE_INFINITY;
        double[] expected = random(x.length, random);
        double[] got = expected.clone();
        PLAIN.exp(x.clone(), expected, from, from + n);
        USED.exp(x.clone(), got, from, from + n);
        assertThat(got).containsExactly(expected);
    }

    @Property(seed = "20130308", tries = 200)
    void fourRows(@ForAll @IntRange(max = 9) int vectors, @ForAll @IntRange(max = 2) int before, @ForAll long seed) {
        Random random = new Random(seed);
        int lo = before * USED.width();
        int hi = lo + vectors * USED.width();
        int n = hi + USED.width();
        double[] p = positive(n, random);
        double[] f = positive(n, random);
        double[] x = random(n, random);
        double[][] expected = {new double[4], new double[4], new double[4]};
        double[][] got = {new double[4], new double[4], new double[4]};
        PLAIN.sums(p, f, lo, hi, expected[0]);
        USED.sums(p, f, lo, hi, got[0]);
        assertNear(got[0], expected[0]);
        if (vectors > 0) {
            PLAIN.means(p, f, x, lo, hi, expected[1], expected[2]);
            USED.means(p, f, x, lo, hi, got[1], got[2]);
            assertNear(got[1], expected[0]);
            for (int i = 0; i < 4; i++) assertThat(got[2][i]).isCloseTo(expected[2][i], offset(1e-12));
        }
        double[] share = random(4, random);
        double[] tilt = random(4, random);
        double[] y = random(n, random);
        double[] sloped = random(n, random);
        double[][] loops = {y.clone(), y.clone(), sloped.clone(), p.clone()};
        double[][] lanes = {y.clone(), y.clone(), sloped.clone(), p.clone()};
        PLAIN.add(share, p, f, loops[0], lo, hi);
        USED.add(share, p, f, lanes[0], lo, hi);
        PLAIN.pull(share, tilt, 0.3, 12, p, f, x, loops[1], loops[2], lo, hi);
        USED.pull(share, tilt, 0.3, 12, p, f, x, lanes[1], lanes[2], lo, hi);
        PLAIN.next(loops[3], f, lo, hi);
        USED.next(lanes[3], f, lo, hi);
        assertThat(lanes[0]).containsExactly(loops[0]);
        assertNear(lanes[1], loops[1]);
        assertNear(lanes[2], loops[2]);
        assertThat(lanes[3]).containsExactly(loops[3]);
        double[] x2 = random(n, random);
        double[] share2 = random(4, random);
        PLAIN.pull(share, 0.3, x, share2, -0.4, x2, tilt, 5, p, f, loops[1], loops[2], lo, hi);
        USED.pull(share, 0.3, x, share2, -0.4, x2, tilt, 5, p, f, lanes[1], lanes[2], lo, hi);
        assertNear(lanes[1], loops[1]);
        assertNear(lanes[2], loops[2]);
        if (vectors == 0) return;
        PLAIN.means(p, f, x, x2, lo, hi, expected[0], expected[1], expected[2]);
        USED.means(p, f, x, x2, lo, hi, got[0], got[1], got[2]);
        assertNear(got[0], expected[0]);
        for (int i = 0; i < 4; i++) {
            assertThat(got[1][i]).isCloseTo(expected[1][i], offset(1e-12));
            assertThat(got[2][i]).isCloseTo(expected[2][i], offset(1e-12));
        }
    }

    @Property(seed = "20130308", tries = 200)
    void pairs(@ForAll @IntRange(min = 1, max = 60) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double[] z = random(n, random);
        Arrays.sort(z);
        double[] e = new double[n];
        Arrays.setAll(e, k -> Math.exp(z[k] / 0.3));
        double[] w = random(n, random);
        int j = random.nextInt(n);
        int end = j + 1 + random.nextInt(n - j);
        double[][] expected = {random(n, random), random(n, random), random(n, random)};
        double[][] got = {expected[0].clone(), expected[1].clone(), expected[2].clone()};
        PLAIN.distances(z, e, j, end, new double[n], expected[0]);
        USED.distances(z, e, j, end, new double[n], got[0]);
        PLAIN.slopes(z, e, 0.6, w, j, end, new double[n], expected[1], expected[2]);
        USED.slopes(z, e, 0.6, w, j, end, new double[n], got[1], got[2]);
        for (int i = 0; i < got.length; i++) assertNear(got[i], expected[i]);
        PLAIN.distances(z, e, n, new double[n], expected[0]);
        USED.distances(z, e, n, new double[n], got[0]);
        PLAIN.slopes(z, e, 0.6, w, n, new double[n], expected[1], expected[2]);
        USED.slopes(z, e, 0.6, w, n, new double[n], got[1], got[2]);
        for (int i = 0; i < got.length; i++) assertNear(got[i], expected[i]);
    }

    /** Of differences, and of the heights of rows: what is read stays as it is, unless it is the scratch. */
    @Property(seed = "20130308", tries = 200)
    void exponentialsOfDifferences(@ForAll @IntRange(min = 1, max = 70) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double[] z = random(n + 5, random);
        double[] a = random(n + 5, random);
        double[] kept = z.clone();
        double[] expected = new double[n + 5];
        double[] got = new double[n + 5];
        PLAIN.exp(z, 0.3, 2, 0.01, new double[n + 5], expected, 2, n + 2);
        USED.exp(z, 0.3, 2, 0.01, new double[n + 5], got, 2, n + 2);
        assertThat(got).containsExactly(expected);
        assertThat(z).containsExactly(kept);
        double[] heights = new double[n + 5];
        double[] heightsUsed = new double[n + 5];
        double top = PLAIN.logits(3, z, a, heights, 2, n + 2);
        assertThat(USED.logits(3, z, a, heightsUsed, 2, n + 2)).isEqualTo(top);
        assertThat(heightsUsed).containsExactly(heights);
        PLAIN.exp(heights, top, 1, 0.1, heights, expected, 2, n + 2);
        USED.exp(heightsUsed, top, 1, 0.1, heightsUsed, got, 2, n + 2);
        assertThat(got).containsExactly(expected);
    }

    @Property(seed = "20130308", tries = 200)
    void series(@ForAll @IntRange(max = 90) int n, @ForAll @IntRange(max = 9) int from, @ForAll long seed) {
        Random random = new Random(seed);
        double[] u = new double[from + n];
        Arrays.setAll(u, j -> 2 * random.nextDouble() - 1);
        double[] c = random(Chebyshev.STRIDE, random);
        double[] k = random(Chebyshev.STRIDE * Chebyshev.STRIDE, random);
        double[] w = random.nextBoolean() ? random(u.length, random) : null;
        double[] expected = random(u.length, random);
        double[] got = expected.clone();
        PLAIN.values(u, from, from + n, c, expected);
        USED.values(u, from, from + n, c, got);
        assertThat(got).containsExactly(expected);
        expected = random(Chebyshev.STRIDE + 3, random);
        got = expected.clone();
        PLAIN.moments(u, w, from, from + n, expected, 3);
        USED.moments(u, w, from, from + n, got, 3);
        for (int a = 0; a < got.length; a++) assertThat(got[a]).isCloseTo(expected[a], offset(1e-13 * (1 + n)));
        double[] moments = random(Chebyshev.STRIDE + 3, random);
        expected = c.clone();
        got = c.clone();
        PLAIN.translate(k, moments, 3, 0.7, expected);
        USED.translate(k, moments, 3, 0.7, got);
        assertThat(got).containsExactly(expected);
    }

    @Property(seed = "20130308", tries = 200)
    void denseRows(@ForAll @IntRange(max = 13) int n, @ForAll @IntRange(max = 40) int d, @ForAll long seed) {
        Random random = new Random(seed);
        double[] x = random(3 + n * d, random);
        double[] w = random(2 + d, random);
        double[] v = random(1 + n, random);
        double[] expected = new double[1 + n];
        double[] got = new double[1 + n];
        PLAIN.rowProducts(w, 2, x, 3, n, d, expected, 1);
        USED.rowProducts(w, 2, x, 3, n, d, got, 1);
        assertNear(got, expected);
        double[] g = random(4 + d, random);
        double[] h = g.clone();
        PLAIN.addRows(x, 3, n, d, v, 1, g, 4);
        USED.addRows(x, 3, n, d, v, 1, h, 4);
        assertThat(h).containsExactly(g);
    }

    @Property(seed = "20130308", tries = 50)
    void equalRowsHaveEqualProducts(@ForAll @IntRange(min = 1, max = 40) int d, @ForAll long seed) {
        Random random = new Random(seed);
        double[] row = random(d, random);
        double[] x = random(7 * d, random);
        System.arraycopy(row, 0, x, d, d);
        System.arraycopy(row, 0, x, 5 * d, d);
        double[] s = new double[7];
        DenseRows.times(random(d, random), 0, x, 0, 7, d, s, 0);
        assertThat(s[1]).isEqualTo(s[5]);
    }

    @Property(seed = "20130308", tries = 200)
    void losses(@ForAll @IntRange(max = 9) int vectors, @ForAll @IntRange(max = 2) int before, @ForAll long seed) {
        Random random = new Random(seed);
        int width = USED.width();
        int lo = before * width;
        int hi = lo + vectors * width;
        double[] x = random(hi + width, random);
        double[] e = new double[x.length];
        Arrays.setAll(e, j -> Math.exp(x[j]));
        double[] xi = random(4, random);
        double[] ei = new double[4];
        Arrays.setAll(ei, j -> Math.exp(xi[j]));
        double[] g = random(x.length, random);
        double[] expected = g.clone();
        double[] sums = new double[4];
        double[] totals = new double[4 * width];
        double[] inverse = new double[x.length];
        double[] found = new double[x.length];
        PLAIN.lossSlopes(ei, e, lo, hi, 0.3, expected, sums, inverse);
        USED.lossSlopes(ei, e, lo, hi, 0.3, g, totals, found);
        assertThat(found).containsExactly(inverse);
        double loss = PLAIN.losses(xi, ei, x, e, inverse, 0.7, lo, hi);
        assertNear(new double[] {USED.losses(xi, ei, x, e, inverse, 0.7, lo, hi)}, new double[] {loss});
        assertThat(g).containsExactly(expected);
        double[] added = new double[4];
        for (int k = 0; k < totals.length; k++) added[k / width] += totals[k];
        assertNear(added, sums);
    }
}
