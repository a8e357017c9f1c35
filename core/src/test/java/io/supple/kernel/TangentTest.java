// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * Derivatives along a direction, of the maps and of their vjps: against central differences, as transposes of the vjps,
 * and as symmetric Hessians.
 */
class TangentTest {

    private static final double H = 1e-5;

    private static double[] random(Random random, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = 2 * random.nextDouble() - 1;
        return x;
    }

    private static double[] moved(double[] x, double[] direction, double h) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) y[i] = x[i] + h * direction[i];
        return y;
    }

    private static double[] difference(double[] up, double[] down, double h) {
        double[] d = new double[up.length];
        for (int i = 0; i < d.length; i++) d[i] = (up[i] - down[i]) / (2 * h);
        return d;
    }

    private static double[] concat(double[] a, double[] b) {
        double[] all = new double[a.length + b.length];
        System.arraycopy(a, 0, all, 0, a.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static void assertAgree(double[] got, double[] expected, double relative) {
        double scale = 1;
        for (double v : expected) scale = Math.max(scale, Math.abs(v));
        for (int i = 0; i < got.length; i++) assertThat(got[i]).isCloseTo(expected[i], offset(relative * scale));
    }

    /** {@code <a, b> = <c, d>}, relative to the terms. */
    private static void assertSameProduct(double[] a, double[] b, double[] c, double[] d, double relative) {
        double difference = 0;
        double scale = 1;
        for (int i = 0; i < a.length; i++) {
            difference += a[i] * b[i];
            scale += Math.abs(a[i] * b[i]);
        }
        for (int i = 0; i < c.length; i++) {
            difference -= c[i] * d[i];
            scale += Math.abs(c[i] * d[i]);
        }
        assertThat(difference).isCloseTo(0, offset(relative * scale));
    }

    // ---- the simplex projection

    private static double[] projected(Smoothness c, double[] v) {
        double[] p = new double[v.length];
        SimplexProjection.forward(c, v, p, v.length);
        return p;
    }

    private static double[] projectionVjp(Smoothness c, double[] p, double[] g) {
        double[] gv = new double[p.length];
        SimplexProjection.vjp(c, p, g, gv, p.length);
        return gv;
    }

    private static double[] projectionTangent(Smoothness c, double[] p, double[] pDot, double[] g, double[] gDot) {
        double[] out = new double[p.length];
        SimplexProjection.vjpTangent(c, p, pDot, g, gDot, out, p.length);
        return out;
    }

    private static void sameSupport(double[]... points) {
        for (double[] p : points) {
            for (int j = 0; j < p.length; j++) Assume.that(p[j] > 0 == points[0][j] > 0);
        }
    }

    @Property(seed = "20130308", tries = 2000)
    void projection(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @DoubleRange(min = 0.1, max = 4) double width,
            @ForAll Smoothness c) {
        Random random = new Random(seed);
        double[] v = moved(new double[n], random(random, n), width);
        double[] vDot = random(random, n);
        double[] g = random(random, n);
        double[] gDot = random(random, n);
        double[] p = projected(c, v);
        double[] up = projected(c, moved(v, vDot, H));
        double[] down = projected(c, moved(v, vDot, -H));
        sameSupport(p, up, down);
        double[] pDot = projectionVjp(c, p, vDot);
        assertAgree(pDot, difference(up, down, H), 1e-8);
        double[] tangent = projectionTangent(c, p, pDot, g, gDot);
        double[] differences =
                difference(projectionVjp(c, up, moved(g, gDot, H)), projectionVjp(c, down, moved(g, gDot, -H)), H);
        assertAgree(tangent, differences, 1e-8);
        double[] vOther = random(random, n);
        double[] pOther = projectionVjp(c, p, vOther);
        double[] none = new double[n];
        assertSameProduct(
                vOther, projectionTangent(c, p, pDot, g, none), vDot, projectionTangent(c, p, pOther, g, none), 1e-12);
        double[] inPlace = gDot.clone();
        SimplexProjection.vjpTangent(c, p, pDot, g, inPlace, inPlace, n);
        assertThat(inPlace).isEqualTo(tangent);
    }

    @Example
    void projectionOffTheSupportIsStill() {
        for (Smoothness c : Smoothness.values()) {
            double[] p = {0.75, 0, 0.25, 1e-300};
            double[] pDot = projectionVjp(c, p, new double[] {1, 2, -3, 4});
            double[] tangent =
                    projectionTangent(c, p, pDot, new double[] {0.3, 7, -0.2, 5}, new double[] {1, 1, -1, 3});
            assertThat(tangent[1]).isEqualTo(0);
            for (double t : tangent) assertThat(t).isFinite();
            double[] nan = {Double.NaN, Double.NaN};
            assertThat(projectionTangent(c, nan, nan, new double[2], new double[2]))
                    .containsOnly(Double.NaN);
        }
    }

    // ---- squashing

    private static double[] squashed(double[] x, int from) {
        double[] z = new double[x.length];
        Squash.forward(x, z, from, x.length - from);
        return z;
    }

    private static double[] squashVjp(double[] x, double[] g, int from) {
        double[] gx = new double[x.length];
        Squash.vjp(x, squashed(x, from), g, gx, from, x.length - from);
        return gx;
    }

    private static double[] squashJvp(double[] x, double[] xDot, int from) {
        double[] zDot = new double[x.length];
        Squash.jvp(x, squashed(x, from), xDot, zDot, from, x.length - from);
        return zDot;
    }

    private static double[] squashTangent(double[] x, double[] xDot, double[] g, double[] gDot, int from) {
        double[] gxDot = new double[x.length];
        Squash.vjpTangent(x, xDot, squashed(x, from), g, gDot, gxDot, from, x.length - from);
        return gxDot;
    }

    @Property(seed = "20130308", tries = 1000)
    void squash(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int n, @ForAll @IntRange(max = 2) int from) {
        Random random = new Random(seed);
        double[] x = moved(new double[from + n], random(random, from + n), 3);
        double[] xDot = random(random, from + n);
        double[] g = random(random, from + n);
        double[] gDot = random(random, from + n);
        if (n > 1)
            Assume.that(Math.abs(x[from] - x[from + 1]) > 0.1); // differences fail where all are near one another
        double[] up = moved(x, xDot, H);
        double[] down = moved(x, xDot, -H);
        double[] zDot = squashJvp(x, xDot, from);
        assertAgree(zDot, difference(squashed(up, from), squashed(down, from), H), 1e-6);
        assertSameProduct(g, zDot, squashVjp(x, g, from), xDot, 1e-12);
        double[] differences =
                difference(squashVjp(up, moved(g, gDot, H), from), squashVjp(down, moved(g, gDot, -H), from), H);
        assertAgree(squashTangent(x, xDot, g, gDot, from), differences, 1e-6);
        double[] other = random(random, from + n);
        double[] none = new double[from + n];
        assertSameProduct(
                other, squashTangent(x, xDot, g, none, from), xDot, squashTangent(x, other, g, none, from), 1e-10);
    }

    @Example
    void squashAtTheEndsOfTheDoubles() {
        double[][] lists = {
            {42}, {1, 1, 1}, {1e308, -1e308, 5e307}, {1e-308, 0, -1e-308}, {Double.MAX_VALUE, Double.MIN_VALUE}
        };
        for (double[] x : lists) {
            double[] direction = {0.3, -0.7, 0.2};
            double[] zDot = squashJvp(x, direction, 0);
            double[] tangent = squashTangent(x, direction, direction, direction, 0);
            for (double v : zDot) assertThat(v).isFinite();
            for (double v : tangent) assertThat(v).isFinite();
        }
        assertThat(squashTangent(new double[] {42}, new double[] {3}, new double[] {2}, new double[] {5}, 0))
                .containsExactly(0);
    }

    // ---- soft permutations

    /** One soft permutation and one reading of it, as a function of keys and payload together. */
    private record Reading(String kind, boolean neural, Smoothness c, double s, int n) {

        private double[][] w() {
            double[][] w = new double[2][n];
            for (int r = 0; r < n; r++) {
                w[0][r] = Math.cos(r);
                w[1][r] = Math.sin(3 * r + 1);
            }
            return w;
        }

        PairwiseLogits logits(double[] z) {
            int[] order = Sorting.argsort(z, 0, n, false);
            int[] places = new int[n];
            for (int i = 0; i < n; i++) places[i] = i;
            return neural ? new NeuralSort(c, z, places, s) : new SoftSort(z, order, s);
        }

        int outputs() {
            return switch (kind) {
                case "apply" -> n;
                case "mix" -> 2 * n;
                default -> n * n;
            };
        }

        double[] forward(double[] z, double[] x) {
            double[] y = new double[1 + outputs()];
            switch (kind) {
                case "apply" -> SoftPermutation.apply(logits(z), c, x, y, 1);
                case "mix" -> SoftPermutation.mix(logits(z), c, w(), y, 1);
                default -> SoftPermutation.matrix(logits(z), c, y, 1);
            }
            return y;
        }

        double[] jvp(double[] z, double[] x, double[] zDot, double[] xDot) {
            double[] yDot = new double[1 + outputs()];
            switch (kind) {
                case "apply" -> SoftPermutationTangent.applyJvp(logits(z), c, zDot, x, xDot, yDot, 1);
                case "mix" -> SoftPermutationTangent.mixJvp(logits(z), c, zDot, w(), yDot, 1);
                default -> SoftPermutationTangent.matrixJvp(logits(z), c, zDot, yDot, 1);
            }
            return yDot;
        }

        /** Cotangents of keys and payload, one after the other. */
        double[] vjp(double[] z, double[] x, double[] g) {
            double[] gz = new double[n];
            double[] gx = new double[n];
            switch (kind) {
                case "apply" -> SoftPermutation.applyVjp(logits(z), c, x, g, 1, gx, gz);
                case "mix" -> SoftPermutation.mixVjp(logits(z), c, w(), g, 1, gz);
                default -> SoftPermutation.matrixVjp(logits(z), c, g, 1, gz);
            }
            return concat(gz, gx);
        }

        double[] tangent(double[] z, double[] x, double[] zDot, double[] xDot, double[] g, double[] gDot) {
            double[] gzDot = new double[n];
            double[] gxDot = new double[n];
            PairwiseLogits logits = logits(z);
            // twice: what the rows kept of the first time must not come back
            for (int i = 0; i < 2; i++) {
                gzDot = new double[n];
                gxDot = new double[n];
                switch (kind) {
                    case "apply" ->
                        SoftPermutationTangent.applyVjpTangent(logits, c, zDot, x, xDot, g, gDot, 1, gxDot, gzDot);
                    case "mix" -> SoftPermutationTangent.mixVjpTangent(logits, c, zDot, w(), g, gDot, 1, gzDot);
                    default -> SoftPermutationTangent.matrixVjpTangent(logits, c, zDot, g, gDot, 1, gzDot);
                }
            }
            return concat(gzDot, gxDot);
        }

        /** The keys are in one order at all points, their distances in one piece, the rows of P on one support. */
        void onePiece(double[]... points) {
            int[] order = Sorting.argsort(points[0], 0, n, false);
            double[] first = new double[n * n];
            SoftPermutation.matrix(logits(points[0]), c, first, 0);
            for (double[] z : points) {
                Assume.that(Arrays.equals(order, Sorting.argsort(z, 0, n, false)));
                double[] p = new double[n * n];
                SoftPermutation.matrix(logits(z), c, p, 0);
                sameSupport(first, p);
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < i; j++) {
                        double edge = Sigmoidal.REACH * s;
                        Assume.that(Math.abs(z[i] - z[j]) < edge == Math.abs(points[0][i] - points[0][j]) < edge);
                    }
                }
            }
        }
    }

    @Property(seed = "20130308", tries = 300)
    void permutations(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int n,
            @ForAll @DoubleRange(min = 0.05, max = 2) double s,
            @ForAll boolean neural,
            @ForAll Smoothness c) {
        for (String kind : new String[] {"apply", "mix", "matrix"}) {
            Random random = new Random(seed);
            Reading reading = new Reading(kind, neural, c, s, n);
            double[] z = random(random, n);
            double[] x = random(random, n);
            double[] zDot = random(random, n);
            double[] xDot = kind.equals("apply") ? random(random, n) : new double[n];
            double[] g = random(random, 1 + reading.outputs());
            double[] gDot = random(random, 1 + reading.outputs());
            double h = H * s / n; // the logits of NeuralSort change n/s times as fast as the keys
            double[] zUp = moved(z, zDot, h);
            double[] zDown = moved(z, zDot, -h);
            reading.onePiece(z, zUp, zDown);
            double[] xUp = moved(x, xDot, h);
            double[] xDown = moved(x, xDot, -h);
            double[] yDot = reading.jvp(z, x, zDot, xDot);
            assertAgree(yDot, difference(reading.forward(zUp, xUp), reading.forward(zDown, xDown), h), 1e-6);
            assertSameProduct(g, yDot, reading.vjp(z, x, g), concat(zDot, xDot), 1e-12);
            double[] tangent = reading.tangent(z, x, zDot, xDot, g, gDot);
            double[] differences = difference(
                    reading.vjp(zUp, xUp, moved(g, gDot, h)), reading.vjp(zDown, xDown, moved(g, gDot, -h)), h);
            assertAgree(tangent, differences, 1e-6);
            double[] zOther = random(random, n);
            double[] xOther = kind.equals("apply") ? random(random, n) : new double[n];
            double[] none = new double[g.length];
            assertSameProduct(
                    concat(zOther, xOther),
                    reading.tangent(z, x, zDot, xDot, g, none),
                    concat(zDot, xDot),
                    reading.tangent(z, x, zOther, xOther, g, none),
                    1e-10);
        }
    }

    /** With ties, one element or none, at softnesses far from one: numbers, and no direction from equal keys to NaN. */
    @Example
    void permutationsAtExtremes() {
        double[][] lists = {{}, {0.3}, {0.5, 0.5}, {0.5, 0.5, 0.5, 0.5}, {0.1, 0.7, 0.7, 0.2}, {1e-308, 0, 1e-6, 1}};
        double[] direction = {0.37, -0.81, 0.59, 0.13};
        for (double[] z : lists) {
            int n = z.length;
            double[] d = Arrays.copyOf(direction, n);
            for (Smoothness c : Smoothness.values()) {
                for (double s : new double[] {1e-6, 0.1, 1e6}) {
                    for (boolean neural : new boolean[] {false, true}) {
                        Reading reading = new Reading("apply", neural, c, s, n);
                        double[] g = Arrays.copyOf(new double[] {0, 0.3, -0.4, 0.9, 0.2}, n + 1);
                        for (double v : reading.jvp(z, z, d, d)) assertThat(v).isFinite();
                        for (double v : reading.tangent(z, z, d, d, g, g))
                            assertThat(v).isFinite();
                    }
                }
            }
        }
    }
}
