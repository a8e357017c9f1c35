// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

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

/** Optimality of the projection, its derivatives, and numbers of the library that defines it. */
class SmoothSortTest {

    @Provide
    Arbitrary<double[]> lists() {
        return Arbitraries.oneOf(Arbitraries.doubles().between(-2, 2), Arbitraries.of(0.25, 0.5, 0.5, 0.75))
                .array(double[].class)
                .ofMinSize(2)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<Double> softnesses() {
        return Arbitraries.of(0.05, 0.1, 0.5, 1.0, 3.0, 100.0);
    }

    private static double[] value(double[] z, double[] w, double s) {
        double[] y = new double[z.length];
        new SmoothSort(z, w, s).value(y, 0);
        return y;
    }

    private static double[] numbers(Random random, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = random.nextGaussian();
        return x;
    }

    private static double[] anchors(int n) {
        double[] z = new double[n];
        for (int i = 0; i < n; i++) z[i] = i / Math.max(1, n - 1.0);
        return z;
    }

    private static double[] places(int n) {
        double[] w = new double[n];
        for (int i = 0; i < n; i++) w[i] = (i + 1) / Math.max(1, n - 1.0);
        return w;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    /** {@code t log e_k(exp(w / t))} from the product of {@code 1 + x exp(w / t)}, k = 1..n. */
    private static double[] bounds(double[] w, double t) {
        double[] e = new double[w.length + 1];
        e[0] = 1;
        for (double weight : w) for (int k = w.length; k > 0; k--) e[k] += Math.exp(weight / t) * e[k - 1];
        double[] b = new double[w.length];
        for (int k = 0; k < b.length; k++) b[k] = t * Math.log(e[k + 1]);
        return b;
    }

    /**
     * Within the bounds, strictly descending with z, sum of w; and the optimum: with slacks and gaps of y itself,
     * {@code (z_k - z_(k+1)) / s + log slack_k} is the second difference of {@code log gap} at k.
     */
    @Property(seed = "20130308", tries = 500)
    void isTheOptimum(@ForAll("lists") double[] z, @ForAll("softnesses") double s, @ForAll Random random) {
        int n = z.length;
        double[] w = random.doubles(n, -2, 2).toArray();
        double[] y = value(z, w, s);
        double[] b = bounds(w, Math.min(s, 1));
        int[] order = Sorting.argsort(z, 0, n, true);
        double[] logGaps = new double[n + 1];
        double[] slacks = new double[n];
        double prefix = 0;
        for (int k = 0; k < n; k++) {
            prefix += y[order[k]];
            slacks[k] = b[k] - prefix;
            if (k == n - 1) break;
            assertThat(slacks[k]).isGreaterThan(-1e-12); // differences of sums, of slacks that may be 1e-300
            double gap = y[order[k]] - y[order[k + 1]];
            assertThat(gap).isGreaterThanOrEqualTo(0);
            logGaps[k + 1] = Math.log(gap);
        }
        assertThat(prefix).isCloseTo(Arrays.stream(w).sum(), offset(1e-12));
        for (int k = 0; k < n - 1; k++) {
            double step = (z[order[k]] - z[order[k + 1]]) / s;
            double bend = 2 * logGaps[k + 1] - logGaps[k] - (k < n - 2 ? logGaps[k + 2] : 0);
            // as slacks, because those that round to 0 have no logarithm
            double slack = Math.exp(bend - step);
            if (Double.isFinite(slack)) assertThat(slacks[k]).isCloseTo(slack, offset(1e-8 * (1 + slack)));
        }
    }

    /** Off ties the limit is the exact sort, and the exact rank. */
    @Property(seed = "20130308", tries = 200)
    void isExactInTheLimit(@ForAll("lists") double[] x) {
        int n = x.length;
        double[] distinct = x.clone();
        for (int i = 0; i < n; i++) distinct[i] = Math.rint(distinct[i] * 50) / 50 + i * 1e-3; // gaps of 1e-3 and more
        double[] sorted = distinct.clone();
        Arrays.sort(sorted);
        assertThat(value(anchors(n), distinct, 1e-6)).containsExactly(sorted, offset(1e-5));
        double[] ranks = value(distinct, places(n), 1e-6);
        for (int i = 0; i < n; i++) {
            double rank = 1;
            for (int j = 0; j < n; j++) if (distinct[j] < distinct[i]) rank++;
            assertThat((n - 1) * ranks[i]).isCloseTo(rank, offset(1e-4));
        }
    }

    /** The list may come in any order: bounds are symmetric. */
    @Property(seed = "20130308", tries = 200)
    void isSymmetricInTheWeights(@ForAll("lists") double[] w, @ForAll("softnesses") double s) {
        double[] sorted = w.clone();
        Arrays.sort(sorted);
        double[] y = value(anchors(w.length), w, s);
        assertThat(value(anchors(w.length), sorted, s)).containsExactly(y, offset(1e-9));
    }

    @Example
    void jvpIsThatOfCentralDifferences() {
        Random random = new Random(20130308);
        for (int n : new int[] {1, 2, 3, 8, 30}) {
            for (double s : new double[] {0.1, 0.7, 2}) {
                double[] z = numbers(random, n);
                double[] w = numbers(random, n);
                double[] zDot = numbers(random, n);
                double[] wDot = numbers(random, n);
                double h = 1e-6; // smaller than the gaps of z
                double[][] ends = new double[2][];
                for (int side = 0; side < 2; side++) {
                    double[] zMoved = z.clone();
                    double[] wMoved = w.clone();
                    for (int i = 0; i < n; i++) {
                        zMoved[i] += (side == 0 ? h : -h) * zDot[i];
                        wMoved[i] += (side == 0 ? h : -h) * wDot[i];
                    }
                    ends[side] = value(zMoved, wMoved, s);
                }
                double[] yDot = new double[n];
                new SmoothSort(z, w, s).jvp(zDot, wDot, yDot, 0);
                for (int i = 0; i < n; i++) {
                    double slope = (ends[0][i] - ends[1][i]) / (2 * h);
                    assertThat(yDot[i]).isCloseTo(slope, offset(1e-6 * (1 + Math.abs(slope))));
                }
            }
        }
    }

    /** {@code <g, J (zDot, wDot)> = <J'g, (zDot, wDot)>}, and the vjp adds. */
    @Property(seed = "20130308", tries = 300)
    void vjpIsTheTransposeOfJvp(@ForAll("lists") double[] z, @ForAll("softnesses") double s, @ForAll Random random) {
        int n = z.length;
        SmoothSort sort = new SmoothSort(z, random.doubles(n, -2, 2).toArray(), s);
        double[] zDot = random.doubles(n, -1, 1).toArray();
        double[] wDot = random.doubles(n, -1, 1).toArray();
        double[] g = random.doubles(n, -1, 1).toArray();
        double[] yDot = new double[n];
        sort.jvp(zDot, wDot, yDot, 0);
        double[] gz = new double[n];
        double[] gw = new double[n];
        gz[0] = 5;
        gw[0] = 7;
        sort.vjp(g, 0, gz, gw);
        gz[0] -= 5;
        gw[0] -= 7;
        double forward = dot(g, yDot);
        assertThat(dot(gz, zDot) + dot(gw, wDot)).isCloseTo(forward, offset(1e-10 * (1 + Math.abs(forward))));
    }

    /** Among equal elements of z the earlier gets strictly more: the projection jumps where elements change places. */
    @Example
    void equalElementsOfZAreToldApart() {
        double[] y = value(new double[] {1, 1}, new double[] {0, 1}, 0.5);
        assertThat(y[0] - y[1]).isGreaterThan(0.1);
        double[] after = value(new double[] {1, 1 + 1e-9}, new double[] {0, 1}, 0.5);
        assertThat(after[1]).isCloseTo(y[0], offset(1e-6));
    }

    @Example
    void longListsConverge() {
        int n = 1500;
        double[] x = numbers(new Random(1), n);
        double[] same = new double[n];
        Arrays.fill(same, 1.5);
        for (double s : new double[] {1e-6, 1e-3, 0.1, 1, 1e6}) {
            for (double[] y :
                    new double[][] {value(anchors(n), x, s), value(anchors(n), same, s), value(x, places(n), s)}) {
                for (double element : y) assertThat(element).isFinite();
            }
        }
    }

    /** Two elements have a closed form, {@code 2 exp(-step / s) gap^2 + gap = c}: gaps of wide lists are like their root. */
    @Example
    void twoElementsAreTheRootOfAQuadratic() {
        for (double range : new double[] {1e-6, 1, 1e3, 1e100, 1e200, 1.5e308}) {
            double s = 0.1;
            double[] y = value(anchors(2), new double[] {range / 2, -range / 2}, s);
            double c = range + 2 * s * Math.log1p(Math.exp(-range / s));
            double q = 2 * Math.exp(-1 / s);
            double gap = c / (0.5 + Math.sqrt(0.25 + q * c));
            assertThat((y[1] - y[0]) / gap).isCloseTo(1, offset(1e-10));
        }
    }

    /** Of lists as wide as 1e100, with ties and clusters; where elements are apart, where they are equal, where they are 0. */
    @Example
    void wideListsAreTheOptimumOfTheDefinition() {
        double[][] lists = {
            {1e100, 0},
            {1e100, -1e100, 3},
            {0, 1e100, 2e100, 4e100},
            {1e100, 1e100, 0, 0},
            {1e100, -1e100, 1, 1.5},
            {1e-100, 1e60, -1e30, 1},
            {1e40, 1e40 + 1e30, 5, 5.01}
        };
        for (double[] x : lists) {
            for (double s : new double[] {0.1, 1}) {
                double[] exact = new ExactSmoothSort(anchors(x.length), x, s, 450).value();
                double[] y = value(anchors(x.length), x, s);
                double width = 0;
                for (double element : exact) width = Math.max(width, Math.abs(element));
                for (int i = 0; i < y.length; i++) {
                    String as = Arrays.toString(x) + " " + s + " at " + i;
                    assertThat(y[i]).as(as).isCloseTo(exact[i], offset(1e-13 * width));
                }
            }
        }
    }

    /** Small elements are not lost in the sum of the large ones: they are what they are without them, where nothing pulls. */
    @Example
    void smallElementsOfWideListsKeepTheirDigits() {
        double s = 1e-6;
        double[] y = value(anchors(6), new double[] {1e300, 3, 1, -1e100, 2, -1e300}, s);
        assertThat(y).containsExactly(new double[] {-1e300, -1e100, 1, 2, 3, 1e300}, offset(1e-12));
        double[] clusters = {1e100, 3, 3.0002, -1e100};
        double[] exact = new ExactSmoothSort(anchors(4), clusters, 1e-3, 450).value();
        y = value(anchors(4), clusters, 1e-3);
        for (int i = 0; i < 4; i++) assertThat(y[i] / exact[i]).isCloseTo(1, offset(1e-12));
    }

    /** Equal elements share their derivative, also where a double does not resolve the softness beside them. */
    @Example
    void equalElementsOfAnySizeShareTheDerivative() {
        for (double size : new double[] {1, 1e20, 1e100, 1e308}) {
            double[] w = {size, -size, size, size};
            double[] gw = new double[4];
            new SmoothSort(anchors(4), w, 1e-3).vjp(new double[] {0.25, 3, 6, 9}, 0, null, gw);
            assertThat(gw[2]).as("%s", size).isCloseTo(gw[0], offset(1e-10));
            assertThat(gw[3]).as("%s", size).isCloseTo(gw[0], offset(1e-10));
        }
    }

    /** Any finite list at any softness, with each way in which a list and its places come to stand. */
    @Property(seed = "20130308", tries = 400)
    void everyFiniteListHasAnOptimum(@ForAll Random random) {
        int n = 2 + random.nextInt(12);
        double s = Math.pow(10, 300 * (2 * random.nextDouble() - 1) * random.nextInt(2));
        double size = Math.pow(10, 308 * (2 * random.nextDouble() - 1));
        double[] x = new double[n];
        int kind = random.nextInt(4);
        for (int i = 0; i < n; i++) {
            double sign = random.nextInt(3) - 1;
            x[i] = switch (kind) {
                case 0 -> size * (2 * random.nextDouble() - 1);
                case 1 -> size * sign;
                case 2 -> size * sign + random.nextGaussian();
                default -> sign * Math.pow(10, 308 * (2 * random.nextDouble() - 1));
            };
        }
        double[] members = new double[n];
        Arrays.fill(members, 0, 1 + random.nextInt(n - 1), 1);
        double[] g = random.doubles(n, -1, 1).toArray();
        for (double[][] pair : new double[][][] {{anchors(n), x}, {x, places(n)}, {x, members}}) {
            SmoothSort sort = new SmoothSort(pair[0], pair[1], s);
            double[] y = new double[n];
            double[] gz = new double[n];
            double[] gw = new double[n];
            sort.value(y, 0);
            sort.vjp(g, 0, gz, gw);
            int[] order = Sorting.argsort(pair[0], 0, n, true);
            double largest = 0;
            for (double weight : pair[1]) largest = Math.max(largest, Math.abs(weight));
            for (int i = 0; i < n; i++) {
                assertThat(y[i]).isFinite();
                assertThat(gz[i]).isFinite();
                assertThat(Math.abs(gw[i])).isLessThan(n + 1e-6);
                if (i > 0) assertThat(y[order[i]]).isLessThanOrEqualTo(y[order[i - 1]]);
            }
        }
    }

    @Example
    void extremesAreFinite() {
        double[][] lists = {
            {},
            {1e308},
            {-1e308, 1e308},
            {1e308, -1e308, 1e-308, Double.MAX_VALUE},
            {Double.MAX_VALUE, -Double.MAX_VALUE, 0, 0},
            {3, 3, 3, 3, 3},
            {1e8, 5, 5, -1e8, 1e-308},
            {0, -0.0, Double.MIN_VALUE}
        };
        for (double s : new double[] {1e-6, 0.1, 1, 1e6}) {
            for (double[] x : lists) {
                int n = x.length;
                double[] ones = new double[n];
                Arrays.fill(ones, 1);
                if (n > 0) ones[0] = -2;
                for (SmoothSort sort :
                        new SmoothSort[] {new SmoothSort(anchors(n), x, s), new SmoothSort(x, places(n), s)}) {
                    double[] y = new double[n];
                    double[] yDot = new double[n];
                    double[] gz = new double[n];
                    double[] gw = new double[n];
                    sort.value(y, 0);
                    sort.jvp(ones, ones, yDot, 0);
                    sort.vjp(ones, 0, gz, gw);
                    for (double[] result : new double[][] {y, yDot, gz, gw}) {
                        for (double element : result)
                            assertThat(element).as(Arrays.toString(x) + " " + s).isFinite();
                    }
                }
            }
        }
    }

    @Example
    void nanAndInfinityMakeEverythingNan() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(value(anchors(3), new double[] {1, bad, 2}, 0.1)).containsOnly(Double.NaN);
            assertThat(value(new double[] {1, bad, 2}, places(3), 0.1)).containsOnly(Double.NaN);
            double[] gz = new double[3];
            double[] gw = new double[3];
            new SmoothSort(anchors(3), new double[] {1, bad, 2}, 0.1).vjp(new double[3], 0, gz, gw);
            assertThat(gw).containsOnly(Double.NaN);
        }
    }

    /** softjax 0.1.1 with its solver's tolerance set to 1e-12, where it stops within 2e-6 of the optimum. */
    @Example
    void isThatOfTheReference() {
        double[] x = {0.31, -1.27, 2.04, 0.95, 0.88};
        double[] minus = {-0.31, 1.27, -2.04, -0.95, -0.88};
        assertReference(
                anchors(5),
                x,
                0.1,
                new double[] {-1.063039313, 0.1763442248, 0.785582729, 1.118664215, 1.892448151},
                new double[] {0.84591613, -1.3645325, 0.67377229, 0.84088881, -0.99604476},
                new double[] {0.11552715, 0.52164929, -0.66258023, 0.27835388, 0.54704991});
        assertReference(
                anchors(5),
                x,
                1,
                new double[] {-0.9835589853, -0.1650123169, 0.6137416819, 1.353909096, 2.090920519},
                new double[] {0.084395517, -0.11878021, 0.25316611, 0.066316059, -0.28509748},
                new double[] {0.24007112, 0.39033963, -0.12692715, 0.14163235, 0.15488405});
        assertReference(
                minus,
                places(5),
                0.1,
                new double[] {0.9910657914, 1.258564636, 0.2414520947, 0.5700135679, 0.6889039214},
                new double[] {0.090530808, -2.968499e-07, 0.00021685587, 0.18232042, -0.27306779},
                new double[] {1.0479618, -0.05617542, -0.29698417, 0.40264844, -0.29745065});
        assertReference(
                minus,
                places(5),
                1,
                new double[] {1.279471534, 2.155767113, -0.553478156, 0.1848490412, 0.6833904763},
                new double[] {0.09682937, -0.062690377, 0.19617677, -0.029305792, -0.20100997},
                new double[] {0.27666301, 0.21186958, 0.1539461, 0.10234729, 0.055174024});
    }

    private static void assertReference(double[] z, double[] w, double s, double[] y, double[] gz, double[] gw) {
        SmoothSort sort = new SmoothSort(z, w, s);
        double[] gradientZ = new double[5];
        double[] gradientW = new double[5];
        sort.vjp(new double[] {0.7, -0.4, 1.1, 0.3, -0.9}, 0, gradientZ, gradientW);
        assertThat(value(z, w, s)).containsExactly(y, offset(2e-6));
        assertThat(gradientZ).containsExactly(gz, offset(2e-5));
        assertThat(gradientW).containsExactly(gw, offset(2e-5));
    }
}
