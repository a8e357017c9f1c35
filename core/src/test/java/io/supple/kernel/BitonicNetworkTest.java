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

/** Conservation laws of the network, its derivatives, and numbers of the reference library. */
class BitonicNetworkTest {

    private static final int[] LENGTHS = {1, 2, 3, 4, 5, 8, 13, 16};

    @Provide
    Arbitrary<double[]> lists() {
        return Arbitraries.oneOf(Arbitraries.doubles().between(-2, 2), Arbitraries.of(0.25, 0.5, 0.5, 0.75))
                .array(double[].class)
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    static BitonicNetwork network(Smoothness c, double[] z, double s) {
        return new BitonicNetwork(c, z, Arrays.stream(z).max().orElse(0) + 1, s);
    }

    static double[] values(BitonicNetwork network, int n) {
        double[] y = new double[n];
        network.values(y, 0);
        return y;
    }

    static double[] matrix(BitonicNetwork network, int n) {
        double[] p = new double[n * n];
        network.matrix(p, 0);
        return p;
    }

    static double[] numbers(Random random, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = random.nextGaussian();
        return x;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    /** Rows of P sum to 1; without padding so do columns, and P z is the values, whose sum is that of the list. */
    @Property(seed = "20130308", tries = 500)
    void conserves(@ForAll("lists") double[] z, @ForAll Smoothness c) {
        int n = z.length;
        BitonicNetwork network = network(c, z, 0.1);
        double[] p = matrix(network, n);
        double[] y = values(network, n);
        double[] columns = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            double applied = 0;
            for (int j = 0; j < n; j++) {
                assertThat(p[i * n + j]).isBetween(0.0, 1 + 1e-15);
                sum += p[i * n + j];
                columns[j] += p[i * n + j];
                applied += p[i * n + j] * z[j];
            }
            assertThat(sum).isCloseTo(1, offset(1e-13));
            if (Integer.bitCount(n) == 1 && n > 1) assertThat(applied).isCloseTo(y[i], offset(1e-12));
        }
        if (Integer.bitCount(n) == 1 && n > 1) {
            for (double sum : columns) assertThat(sum).isCloseTo(1, offset(1e-13));
            assertThat(Arrays.stream(y).sum()).isCloseTo(Arrays.stream(z).sum(), offset(1e-12));
        }
    }

    /** The limit is the exact sort, and the matrix its permutation. */
    @Property(seed = "20130308", tries = 300)
    void sortsExactlyInTheLimit(@ForAll("lists") double[] z, @ForAll Smoothness c) {
        double[] sorted = z.clone();
        Arrays.sort(sorted);
        assertThat(values(network(c, z, 1e-300), z.length)).containsExactly(sorted, offset(1e-14));
        double[] p = matrix(network(c, z, 1e-300), z.length);
        for (int i = 0; i < z.length; i++) {
            double[] row = Arrays.copyOfRange(p, i * z.length, (i + 1) * z.length);
            assertThat(dot(row, z)).isCloseTo(sorted[i], offset(1e-14));
        }
    }

    /** A comparator never puts the larger of two below the smaller; elements 2k and 2k+1 meet in the last layer. */
    @Property(seed = "20130308", tries = 300)
    void neighboursOfTheLastLayerAreInOrder(@ForAll("lists") double[] z, @ForAll Smoothness c) {
        double[] y = values(network(c, z, 0.3), z.length);
        for (int i = 1; i < y.length; i += 2) assertThat(y[i]).isGreaterThanOrEqualTo(y[i - 1] - 1e-15);
    }

    /** What the relaxation does not promise: soft sorted values in order. Known, and not to be relied upon. */
    @Example
    void softValuesNeedNotBeInOrder() {
        Random random = new Random(1);
        for (Smoothness c : Smoothness.values()) {
            double worst = 0;
            for (int list = 0; list < 2000; list++) {
                double[] y = values(network(c, random.doubles(8).toArray(), 0.05), 8);
                for (int i = 1; i < 8; i++) worst = Math.max(worst, y[i - 1] - y[i]);
            }
            assertThat(worst).isBetween(1e-4, 0.1);
        }
    }

    @Example
    void derivativesAreThoseOfCentralDifferences() {
        Random random = new Random(20210504);
        for (Smoothness c : Smoothness.values()) {
            for (int n : LENGTHS) {
                double[] z = numbers(random, n);
                double[] zDot = numbers(random, n);
                double pad = Arrays.stream(z).max().orElseThrow() + 1; // a constant, so not made again
                double h = 1e-6;
                double[] up = z.clone();
                double[] down = z.clone();
                for (int i = 0; i < n; i++) {
                    up[i] += h * zDot[i];
                    down[i] -= h * zDot[i];
                }
                BitonicNetwork network = new BitonicNetwork(c, z, pad, 0.23);
                BitonicNetwork above = new BitonicNetwork(c, up, pad, 0.23);
                BitonicNetwork below = new BitonicNetwork(c, down, pad, 0.23);
                double[] yDot = new double[n];
                network.valuesJvp(zDot, yDot);
                double[] pDot = new double[n * n];
                network.matrixJvp(zDot, pDot);
                assertSlopes(values(above, n), values(below, n), h, yDot);
                assertSlopes(matrix(above, n), matrix(below, n), h, pDot);
            }
        }
    }

    private static void assertSlopes(double[] above, double[] below, double h, double[] dot) {
        for (int i = 0; i < dot.length; i++)
            assertThat(dot[i]).isCloseTo((above[i] - below[i]) / (2 * h), offset(1e-7 * Math.max(1, Math.abs(dot[i]))));
    }

    /** {@code <g, J zDot> = <J'g, zDot>}, and the vjp adds. */
    @Example
    void vjpIsTheTransposeOfJvp() {
        Random random = new Random(19680430);
        for (Smoothness c : Smoothness.values()) {
            for (int n : LENGTHS) {
                for (double s : new double[] {0.03, 0.3, 10}) {
                    double[] z = numbers(random, n);
                    double[] zDot = numbers(random, n);
                    BitonicNetwork network = network(c, z, s);
                    double[] yDot = new double[n];
                    network.valuesJvp(zDot, yDot);
                    double[] g = numbers(random, n);
                    double[] gz = new double[n];
                    network.valuesVjp(g, 0, gz);
                    assertThat(dot(gz, zDot)).isCloseTo(dot(g, yDot), offset(1e-10));
                    double[] pDot = new double[n * n];
                    network.matrixJvp(zDot, pDot);
                    double[] gp = numbers(random, n * n);
                    double[] more = gz.clone();
                    network.matrixVjp(gp, 0, more);
                    assertThat(dot(more, zDot) - dot(gz, zDot)).isCloseTo(dot(gp, pDot), offset(1e-10));
                }
            }
        }
    }

    @Example
    void offsetsAreRead() {
        double[] z = {0.4, -0.2, 0.9};
        BitonicNetwork network = network(Smoothness.SMOOTH, z, 0.1);
        double[] y = new double[5];
        network.values(y, 2);
        assertThat(Arrays.copyOfRange(y, 2, 5)).isEqualTo(values(network, 3));
        double[] here = new double[3];
        double[] there = new double[3];
        network.valuesVjp(new double[] {1, 2, 3}, 0, here);
        network.valuesVjp(new double[] {9, 1, 2, 3}, 1, there);
        assertThat(there).isEqualTo(here);
    }

    @Example
    void extremesAreFinite() {
        double[][] lists = {
            {},
            {1e308},
            {-1e308, 1e308},
            {1e308, -1e308, 1e-308, Double.MAX_VALUE},
            {Double.MAX_VALUE, -Double.MAX_VALUE, 0},
            {3, 3, 3, 3, 3},
            {0, -0.0, Double.MIN_VALUE}
        };
        for (Smoothness c : Smoothness.values()) {
            for (double s : new double[] {1e-6, 0.1, 1e6}) {
                for (double[] z : lists) {
                    int n = z.length;
                    for (double pad : new double[] {Arrays.stream(z).max().orElse(0) + 1, Double.POSITIVE_INFINITY}) {
                        BitonicNetwork network = new BitonicNetwork(c, z, pad, s);
                        double[] ones = new double[n * n];
                        Arrays.fill(ones, 1);
                        double[] gz = new double[n];
                        network.valuesVjp(ones, 0, gz);
                        network.matrixVjp(ones, 0, gz);
                        double[] yDot = new double[n];
                        network.valuesJvp(Arrays.copyOf(ones, n), yDot);
                        double[] pDot = new double[n * n];
                        network.matrixJvp(Arrays.copyOf(ones, n), pDot);
                        for (double[] result : new double[][] {values(network, n), matrix(network, n), gz, yDot, pDot})
                            for (double value : result) assertThat(value).isFinite();
                    }
                }
            }
        }
    }

    @Example
    void nanAndInfinityMakeEverythingNan() {
        for (Smoothness c : Smoothness.values()) {
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                double[] z = {1, bad, 2, -3, 0.5};
                assertThat(values(network(c, z, 0.1), 5)).containsOnly(Double.NaN);
                assertThat(matrix(network(c, z, 0.1), 5)).containsOnly(Double.NaN);
            }
        }
    }

    @Example
    void longListsNeedNoMatrix() {
        int n = 100_000;
        double[] z = new double[n];
        for (int i = 0; i < n; i++) z[i] = i * 7919L % n;
        double[] y = values(network(Smoothness.C0, z, 1e-3), n);
        for (int i = 0; i < n; i++) assertThat(y[i]).isEqualTo(i);
    }

    @Example
    void valuesAreTheReferences() {
        double[] z = {2.0577, 1.3174, -0.2211, 0.0413, -0.8225, 1.7976, -0.0278, -1.0977};
        double[] g = {-0.192, -0.879, -0.782, -0.756, 0.804, 0.87, 0.118, -0.365};
        double[] y = {
            -1.0615478428628,
            -0.8573991544227,
            -0.156613043717709,
            -0.0416269212816663,
            -0.0106077412854429,
            1.32223965305521,
            1.81132933447136,
            2.03912571604374
        };
        double[] gz = {
            -0.422419601397878,
            0.902003950887144,
            -1.00734475430339,
            0.483004236759492,
            -1.02936287219912,
            0.143432395338932,
            -0.206563990832834,
            -0.0447493642523457
        };
        assertValues(Smoothness.SMOOTH, z, y, g, gz);
        assertValues(
                Smoothness.C2,
                new double[] {0.0904, -1.2478, -0.8007, 1.9715, 0.2518, -1.0952, -0.6272, -0.8924},
                new double[] {
                    -1.20415233129451,
                    -1.08091897713048,
                    -0.873723125326599,
                    -0.81796219443215,
                    -0.686543371816257,
                    0.125543261997851,
                    0.216656738002149,
                    1.9715
                },
                new double[] {0.432, -0.588, -0.387, 0.821, 0.314, 0.324, -0.267, 0.627},
                new double[] {
                    0.338836268365487,
                    0.626615459459353,
                    0.988669346410801,
                    0.627,
                    -0.281836268365487,
                    -1.03162913221354,
                    0.481265207012193,
                    -0.472920880668808
                });
    }

    private static void assertValues(Smoothness c, double[] z, double[] y, double[] g, double[] gz) {
        BitonicNetwork network = network(c, z, 0.1);
        double[] gradient = new double[z.length];
        network.valuesVjp(g, 0, gradient);
        assertThat(values(network, z.length)).containsExactly(y, offset(1e-10));
        assertThat(gradient).containsExactly(gz, offset(1e-8));
    }

    /** Five elements among eight places: this holds the pad, the cut, the division and their derivative. */
    @Example
    void matrixOfAPaddedStandardisedListIsTheReferences() {
        double[] x = {0.176, 0.005, 0.8127, -0.8717, 0.2675};
        double[] expected = {
            0.0464845455017105, 0.0482950425505501, 0.0063875532217886, 0.893937566970864, 0.00489529175508651,
            0.228914146560322, 0.49472502619442, 0.067001530046231, 0.05160092750105, 0.157758369697977,
            0.448423009519842, 0.239534231253694, 0.0837171557625263, 0.0347432891859042, 0.193582314278033,
            0.237846647213934, 0.184687487882039, 0.114185313392259, 0.0191654332057947, 0.444115118305973,
            0.0478393584186065, 0.0418725086697943, 0.736799915281495, 0.002516210616056, 0.170972007014049
        };
        double[] g = {
            -0.65, 0.054, 0.02, 0.394, 0.559,
            -0.049, 0.401, 0.061, -0.088, 0.412,
            -0.961, -0.202, -0.693, -0.101, -0.041,
            -0.235, 0.188, -0.858, 0.825, 0.936,
            -0.312, 0.815, 0.301, -0.661, 0.782
        };
        double[] gx = {-0.414770339408542, 0.0493675627476246, 0.321970468613345, 0.176026702380009, -0.132594394332436
        };
        double[] z = new double[5];
        Squash.forward(x, z, 0, 5);
        BitonicNetwork network = new BitonicNetwork(Smoothness.SMOOTH, z, 1, 0.1);
        assertThat(matrix(network, 5)).containsExactly(expected, offset(1e-10));
        double[] gz = new double[5];
        network.matrixVjp(g, 0, gz);
        double[] gradient = new double[5];
        Squash.vjp(x, z, gz, gradient, 0, 5);
        assertThat(gradient).containsExactly(gx, offset(1e-8));
    }
}
