// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.Jacobian.assertClose;
import static io.supple.kernel.Jacobian.dot;
import static io.supple.kernel.Jacobian.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Theorems of the regularised projection onto the permutahedron. */
class PermutahedronTest {

    @Provide
    Arbitrary<double[]> lists() {
        Arbitrary<Double> numbers = Arbitraries.oneOf(
                Arbitraries.doubles().between(-3, 3),
                Arbitraries.doubles().between(-0.01, 0.01),
                Arbitraries.of(0.0, 0.5, 0.5, -0.0, 1.0, -1.0, 1e-300));
        return numbers.array(double[].class).ofMinSize(2).ofMaxSize(60);
    }

    @Provide
    Arbitrary<Double> softness() {
        return Arbitraries.of(1e-6, 0.02, 0.3, 1.0, 30.0, 1e6);
    }

    static double[] perm(double[] z, double[] w, double s, Smoothness c) {
        double[] y = new double[z.length];
        new Permutahedron(c, z, w, s).value(y, 0);
        return y;
    }

    /** The two halves of a list of even length. */
    private static double[][] halves(double[] zw) {
        int n = zw.length / 2;
        return new double[][] {Arrays.copyOf(zw, n), Arrays.copyOfRange(zw, n, 2 * n)};
    }

    /** What lies in the permutahedron, exponentials for SMOOTH. */
    private static double point(Smoothness c, double y) {
        return c == Smoothness.SMOOTH ? Math.exp(y) : y;
    }

    /** The derivative of the regulariser. */
    private static double slope(Smoothness c, double y) {
        return switch (c) {
            case SMOOTH, C0 -> y;
            case C1, C1_PNORM -> Math.copySign(Math.sqrt(Math.abs(y)), y);
            case C2, C2_PNORM -> Math.cbrt(y);
        };
    }

    /**
     * Necessary and sufficient: y lies in the permutahedron (its sums of largest are no more than those of w, and the
     * whole sums agree), {@code v = u - R'(y)} does not increase in the order of z, and where v falls the sum up to there
     * is that of w.
     */
    @Property(seed = "20130308", tries = 3000)
    void satisfiesTheOptimalityConditions(
            @ForAll("lists") double[] zw, @ForAll("softness") double s, @ForAll Smoothness c) {
        double[] z = halves(zw)[0];
        double[] w = halves(zw)[1];
        double[] y = perm(z, w, s, c);
        int n = z.length;
        int[] order = Sorting.argsort(z, 0, n, true);
        double[] descending = w.clone();
        Arrays.sort(descending);
        double sumY = 0;
        double sumW = 0;
        for (int i = 0; i < n; i++) {
            int at = order[i];
            sumY += point(c, y[at]);
            sumW += point(c, descending[n - 1 - i]);
            assertThat(sumY).isLessThanOrEqualTo(sumW + 1e-11 * n);
            if (i == n - 1) {
                assertThat(sumY).isCloseTo(sumW, offset(1e-11 * n));
                break;
            }
            int next = order[i + 1];
            assertThat(y[next]).isLessThanOrEqualTo(y[at] + 1e-12);
            double fall = (z[at] - z[next]) / s - (slope(c, y[at]) - slope(c, y[next]));
            // the roots turn a rounding of 1e-16 in y near 0 into 1e-8 and 1e-5
            double rounding = c == Smoothness.C2 ? 3e-5 : c == Smoothness.C1 ? 1e-7 : 1e-10;
            assertThat(fall).isGreaterThanOrEqualTo(-rounding);
            if (fall > rounding) assertThat(sumY).isCloseTo(sumW, offset(1e-11 * n));
        }
    }

    @Property(seed = "20130308", tries = 500)
    void permutedInputGivesPermutedOutput(@ForAll("lists") double[] zw, @ForAll Smoothness c, @ForAll Random random) {
        double[] z = halves(zw)[0];
        double[] w = halves(zw)[1];
        int n = z.length;
        double[] key = normal(random, n, 1);
        int[] shuffle = Sorting.argsort(key, 0, n, false);
        double[] shuffled = new double[n];
        for (int i = 0; i < n; i++) shuffled[i] = z[shuffle[i]];
        double[] y = perm(z, w, 0.3, c);
        double[] of = perm(shuffled, w, 0.3, c);
        double[] back = new double[n];
        for (int i = 0; i < n; i++) back[shuffle[i]] = of[i];
        assertClose(back, y, 1e-13);
        Arrays.sort(w);
        assertThat(perm(z, w, 0.3, c)).isEqualTo(y);
    }

    @Property(seed = "20130308", tries = 500)
    void shiftOfZChangesNothingAndEqualZGiveEqualResults(@ForAll("lists") double[] zw, @ForAll Smoothness c) {
        double[] z = halves(zw)[0];
        double[] w = halves(zw)[1];
        double[] y = perm(z, w, 0.3, c);
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < z.length; j++)
                if (z[i] == z[j]) assertThat(y[i]).isEqualTo(y[j]);
        }
        for (int i = 0; i < z.length; i++) z[i] = Math.rint(z[i] * 1024) / 1024; // so that the shift is exact
        double[] rounded = perm(z, w, 0.3, c);
        for (int i = 0; i < z.length; i++) z[i] += 4096;
        assertClose(perm(z, w, 0.3, c), rounded, 1e-12);
    }

    @Property(seed = "20130308", tries = 500)
    void smallSoftnessArrangesW(@ForAll("lists") double[] w, @ForAll Smoothness c, @ForAll Random random) {
        int n = w.length;
        double[] z = normal(random, n, 1);
        double[] y = perm(z, w, 1e-8, c);
        double[] sorted = w.clone();
        Arrays.sort(sorted);
        int[] order = Sorting.argsort(z, 0, n, false);
        for (int i = 0; i < n; i++) assertThat(y[order[i]]).isEqualTo(sorted[i]);
    }

    @Property(seed = "20130308", tries = 1000)
    void vjpIsTheDerivativeAndJvpItsTranspose(
            @ForAll Smoothness c, @ForAll Random random, @ForAll("softness") double s) {
        int n = 1 + random.nextInt(12);
        double soft = Math.max(s, 0.02); // softer than the step of the differences
        double[] z = normal(random, n, 1);
        double[] w = normal(random, n, random.nextBoolean() ? 1 : 0.1);
        if (random.nextBoolean()) for (int i = 0; i < n; i++) w[i] = Math.abs(w[i]);
        double[] g = normal(random, n, 1);
        double[] zDot = normal(random, n, Math.min(soft, 1));
        double[] wDot = normal(random, n, 1);
        Permutahedron p = new Permutahedron(c, z, w, soft);
        double[] gz = new double[n];
        double[] gw = new double[n];
        p.vjp(g, 0, gz, gw);
        Jacobian.assertVjp(x -> perm(x, w, soft, c), z, zDot, g, gz, 2e-6);
        Jacobian.assertVjp(x -> perm(z, x, soft, c), w, wDot, g, gw, 2e-6);
        double[] yDot = new double[n + 1];
        p.jvp(zDot, wDot, yDot, 1);
        double transposed = dot(gz, zDot) + dot(gw, wDot);
        assertThat(dot(g, Arrays.copyOfRange(yDot, 1, n + 1)))
                .isCloseTo(transposed, offset(1e-11 * Math.max(1, Math.abs(transposed))));
        double[] alone = new double[n];
        p.vjp(g, 0, alone, null);
        assertThat(alone).isEqualTo(gz);
        p.jvp(null, wDot, alone, 0);
        assertThat(dot(g, alone)).isCloseTo(dot(gw, wDot), offset(1e-11));
    }

    /** Many merges, and both signs in one block: the sums must not depend on the length of the list. */
    @Example
    void longListsKeepTheSumOfEveryClass() {
        Random random = new Random(11);
        int n = 100_000;
        double[] z = normal(random, n, 1);
        double[] w = normal(random, n, 1);
        for (Smoothness c : Smoothness.values()) {
            for (double s : new double[] {1e-4, 1, 1e4}) {
                double[] y = perm(z, w, s, c);
                double sum = 0;
                double expected = 0;
                for (int i = 0; i < n; i++) {
                    sum += point(c, y[i]);
                    expected += point(c, w[i]);
                }
                assertThat(sum).isCloseTo(expected, offset(1e-8));
            }
        }
    }

    /** Everything tied: y is the mean of w for every w near, and changes with z by R'' of it. */
    @Example
    void allEqual() {
        double[] z = {7, 7, 7};
        double[] w = {2, 2, 2};
        for (Smoothness c : Smoothness.values()) {
            assertThat(perm(z, w, 0.1, c)).containsExactly(2, 2, 2);
            double[] gz = new double[3];
            double[] gw = new double[3];
            new Permutahedron(c, z, w, 0.1).vjp(new double[] {3, 0, 0}, 0, gz, gw);
            assertThat(gz).containsOnly(0); // the permutahedron is a point
            assertClose(gw, new double[] {1, 1, 1}, 1e-15);
            assertClose(perm(z, new double[] {1, 0, -1}, 0.1, c), filled(c, 1, 0, -1), 1e-15);
            double[] zero = new double[3];
            new Permutahedron(c, z, new double[] {1, 0, -1}, 0.1).vjp(new double[] {3, 0, 0}, 0, gz, zero);
            assertThat(gz).doesNotContain(Double.NaN);
            if (c != Smoothness.SMOOTH) assertClose(zero, new double[] {1, 1, 1}, 1e-15);
        }
    }

    private static double[] filled(Smoothness c, double... w) {
        double mean = 0;
        for (double each : w) mean += point(c, each) / w.length;
        double[] all = new double[w.length];
        Arrays.fill(all, c == Smoothness.SMOOTH ? Math.log(mean) : mean);
        return all;
    }

    @Property(seed = "20130308", tries = 2000)
    void extremesStayFinite(@ForAll Smoothness c, @ForAll Random random, @ForAll("softness") double s) {
        double[] sizes = {1e308, 1e308, -1e308, 1e-308, 1, 0, 1.5e308, -1e-320, 1e160};
        double[] z = new double[random.nextInt(8)];
        double[] w = new double[z.length];
        double[] g = new double[z.length];
        boolean both = random.nextBoolean();
        double largest = 0;
        for (int i = 0; i < z.length; i++) {
            z[i] = both ? random.nextGaussian() : sizes[random.nextInt(sizes.length)];
            w[i] = both ? sizes[random.nextInt(sizes.length)] : random.nextInt(3) - 1;
            g[i] = 1;
            largest = Math.max(largest, Math.abs(w[i]));
        }
        double[] y = perm(z, w, s, c);
        double[] gz = new double[z.length];
        double[] gw = new double[z.length];
        Permutahedron p = new Permutahedron(c, z, w, s);
        p.vjp(g, 0, gz, gw);
        for (int i = 0; i < y.length; i++) {
            assertThat(y[i]).isFinite();
            assertThat(gz[i]).isFinite();
            assertThat(gw[i]).isBetween(-1e-12, z.length + 1e-12);
            if (c != Smoothness.SMOOTH) assertThat(Math.abs(y[i])).isLessThanOrEqualTo(largest * (1 + 1e-12));
        }
    }

    @Example
    void tiesOfHugeZArePooled() {
        for (Smoothness c : new Smoothness[] {Smoothness.C0, Smoothness.C1, Smoothness.C2}) {
            double[] z = {1e308, -1e308, 1e308};
            assertClose(perm(z, new double[] {1, 0, 3}, 1e-6, c), new double[] {2, 0, 2}, 1e-15);
        }
        assertThat(perm(new double[0], new double[0], 1, Smoothness.C1)).isEmpty();
        assertThat(perm(new double[] {5}, new double[] {3}, 1, Smoothness.C2)).containsExactly(3);
        double huge = 1.5e308; // z and w of one size: falls beyond the largest double must not count as infinite
        double[] y = perm(new double[] {1e308, -1e308}, new double[] {huge, -huge}, 1, Smoothness.C0);
        assertThat(y[0] / 1e308).isCloseTo(1, offset(1e-14));
    }

    @Example
    void notFiniteGivesNan() {
        for (Smoothness c : Smoothness.values()) {
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                assertThat(perm(new double[] {1, bad, 2}, new double[] {1, 2, 3}, 1, c))
                        .containsOnly(Double.NaN);
                assertThat(perm(new double[] {1, 3, 2}, new double[] {1, 2, bad}, 1, c))
                        .containsOnly(Double.NaN);
                double[] gz = new double[2];
                new Permutahedron(c, new double[] {1, bad}, new double[] {1, 2}, 1).vjp(new double[2], 0, gz, null);
                assertThat(gz).containsOnly(Double.NaN);
            }
        }
    }

    /** Soft sort of the reference library, softness 0.1, without its standardisation. */
    @Example
    void agreesWithTheReferenceOnSort() {
        assertSort(
                Smoothness.SMOOTH,
                new double[] {-1.538, -0.4844, -0.8497, -0.6479, -0.7754, 1.0059, 1.1006, 1.5815},
                new double[] {-1.538, -0.8497, -0.7754, -0.6479, -0.434311509783475, 0.994259918787954, 1.1006, 1.5815},
                new double[] {-0.347, -0.782, 0.868, -0.099, 0.058, -0.162, -0.628, 0.399},
                new double[] {-0.347, -0.0191231771464762, -0.782, -0.099, 0.868, -0.0848768228535238, -0.628, 0.399});
        assertSort(
                Smoothness.C0,
                new double[] {0.533, 2.1328, -0.0184, -3.2648, -0.5952, -0.1732, 0.6124, -0.9067},
                new double[] {
                    -2.80003571428571,
                    -1.37146428571429,
                    -0.5952,
                    -0.1732,
                    -0.0183999999999997,
                    0.533,
                    0.658314285714285,
                    2.08688571428571
                },
                new double[] {0.155, -0.44, -0.854, 0.172, 0.896, -0.872, -0.81, -0.639},
                new double[] {-0.872, -0.7245, 0.896, -0.1425, -0.854, 0.172, -0.7245, -0.1425});
        assertSort(
                Smoothness.C1,
                new double[] {-0.085, -0.4992, 1.1641, 1.0662, 1.3107, 0.4048, 0.9977, -1.3596},
                new double[] {-1.3596, -0.4992, -0.085, 0.4048, 0.9977, 1.0662, 1.1641, 1.3107},
                new double[] {0.546, 0.61, -0.518, -0.082, 0.51, 0.522, 0.946, 0.645},
                new double[] {-0.518, 0.61, 0.946, 0.522, 0.645, -0.082, 0.51, 0.546});
    }

    private static void assertSort(Smoothness c, double[] x, double[] y, double[] g, double[] gx) {
        int n = x.length;
        double[] anchors = new double[n];
        for (int i = 0; i < n; i++) anchors[i] = i / (n - 1.0);
        Permutahedron p = new Permutahedron(c, anchors, x, 0.1);
        double[] got = new double[n];
        p.value(got, 0);
        assertClose(got, y, 1e-10);
        double[] gw = new double[n];
        p.vjp(g, 0, null, gw);
        assertClose(gw, gx, 1e-10);
    }

    /** Soft rank of the reference library, standardised, softness 0.1. */
    @Example
    void agreesWithTheReferenceOnRank() {
        assertRank(
                Smoothness.SMOOTH,
                1,
                new double[] {0.1015, -1.3009, -1.2332, -1.051, 0.9814},
                new double[] {4.0, 1.20310083163119, 1.83435756815953, 3.0, 5.0},
                new double[] {-0.793, -0.524, 0.495, -0.041, -0.444},
                new double[] {
                    -0.0604052678833036, -4.67557269399112, 4.84249971676196, 4.93007386044575e-06, -0.106526684961402
                });
        assertRank(
                Smoothness.C0,
                -1,
                new double[] {-0.7194, -0.221, 0.7763, -0.1778, -1.3477},
                new double[] {4.0, 2.80579256435874, 1.0, 2.19420743564126, 5.0},
                new double[] {-0.724, 0.584, 0.078, -0.537, -0.79},
                new double[] {
                    0.0620822250174224, -7.96438152846074, -0.143404534780213, 7.89730261128002, 0.148401226943513
                });
        assertRank(
                Smoothness.C2,
                -1,
                new double[] {0.0049, 1.1751, 2.0548, -0.5581, -1.2181, 1.2066},
                new double[] {4.0, 2.79488472157188, 1.0, 5.0, 6.0, 2.20511527842804},
                new double[] {-0.831, -0.758, -0.003, -0.438, 0.568, 0.425},
                new double[] {
                    -0.0319947523213414,
                    11.0756199831195,
                    0.0412321591624901,
                    -0.0521063436991634,
                    -0.0756829872326669,
                    -10.9570680590288
                });
    }

    /** Ties: values only, the reference's derivative depends on its order of equal elements. */
    @Example
    void agreesWithTheReferenceOnRankWithTies() {
        assertRank(
                Smoothness.C1,
                -1,
                new double[] {1.5198, 1.5798, -0.8228, 1.5798, 1.5198},
                new double[] {2.96755758406674, 2.03244241593336, 5.0, 2.03244241593336, 2.96755758406674},
                null,
                null);
    }

    private static void assertRank(Smoothness c, int sign, double[] x, double[] y, double[] g, double[] gx) {
        int n = x.length;
        double[] squashed = new double[n];
        Squash.forward(x, squashed, 0, n);
        double[] z = new double[n];
        double[] w = new double[n];
        double[] scaled = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = sign * squashed[i];
            w[i] = (i + 1) / (n - 1.0);
            scaled[i] = g == null ? 0 : (n - 1) * g[i];
        }
        Permutahedron p = new Permutahedron(c, z, w, 0.1);
        double[] got = new double[n];
        p.value(got, 0);
        for (int i = 0; i < n; i++) got[i] *= n - 1;
        assertClose(got, y, 1e-10);
        if (g == null) return;
        double[] gz = new double[n];
        p.vjp(scaled, 0, gz, null);
        for (int i = 0; i < n; i++) gz[i] *= sign;
        double[] result = new double[n];
        Squash.vjp(x, squashed, gz, result, 0, n);
        assertClose(result, gx, 1e-10);
    }
}
