// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.BitonicNetworkTest.matrix;
import static io.supple.kernel.BitonicNetworkTest.network;
import static io.supple.kernel.BitonicNetworkTest.numbers;
import static io.supple.kernel.BitonicNetworkTest.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is sent through the network, and its layers, against the matrix and against single pairs. */
class NetworkProductsTest {

    private static final int[] LENGTHS = {1, 2, 3, 4, 5, 8, 13, 16};

    /** What is sent through the network is what the matrix says, forwards and backwards, with all derivatives. */
    @Property(seed = "20130308", tries = 300)
    void productsAreThoseWithTheMatrix(@ForAll Smoothness c, @ForAll Random random) {
        int n = random.nextInt(3) == 0 ? LENGTHS[random.nextInt(LENGTHS.length)] : 1 + random.nextInt(70);
        double s = new double[] {1e-6, 0.05, 0.3, 1e3}[random.nextInt(4)];
        double[] z = numbers(random, n);
        if (random.nextBoolean()) for (int i = 0; i < n; i++) z[i] = Math.rint(z[i]);
        if (random.nextInt(4) == 0) z[0] = 1e12;
        BitonicNetwork network = network(c, z, s);
        double[] p = matrix(network, n);
        double[] x = numbers(random, n);
        double[] xDot = numbers(random, n);
        double[] zDot = numbers(random, n);
        int[] at = random.ints(1 + random.nextInt(n), 0, n).toArray();
        double[] g = numbers(random, at.length);
        double[][] w = {new double[n]};
        for (int r = 0; r < at.length; r++) w[0][at[r]] += g[r];

        double terms = Math.max(1, 1 / s); // of derivatives: slopes of steps, which may cancel in the sum
        double[] pDot = new double[n * n];
        network.matrixJvp(zDot, pDot);
        double[] gp = new double[n * n];
        double[] gpMixed = new double[n * n];
        double[] y = new double[at.length];
        double[] yDot = new double[at.length];
        double[] mixed = new double[n];
        double[] mixedDot = new double[n];
        for (int r = 0; r < at.length; r++) {
            for (int j = 0; j < n; j++) {
                int entry = at[r] * n + j;
                y[r] += p[entry] * x[j];
                yDot[r] += p[entry] * xDot[j] + pDot[entry] * x[j];
                mixed[j] += g[r] * p[entry];
                mixedDot[j] += g[r] * pDot[entry];
                gp[entry] += g[r] * x[j];
                gpMixed[entry] += g[r] * xDot[j];
            }
        }
        double[] got = new double[at.length];
        network.apply(x, at, got, 0);
        near(got, y);
        network.applyJvp(zDot, x, xDot, at, got, 0);
        near(got, yDot, terms);
        double[] gz = new double[n];
        network.matrixVjp(gp, 0, gz);
        double[] gotX = new double[n];
        double[] gotZ = new double[n];
        network.applyVjp(x, at, g, 0, gotX, gotZ);
        near(gotX, mixed);
        near(gotZ, gz, terms);
        double[] gotMixed = new double[n];
        network.mix(w, gotMixed, 0);
        near(gotMixed, mixed);
        network.mixJvp(zDot, w, gotMixed, 0);
        near(gotMixed, mixedDot, terms);
        double[] gzMixed = new double[n];
        network.matrixVjp(gpMixed, 0, gzMixed);
        double[] gotMixedZ = new double[n];
        network.mixVjp(w, xDot, 0, gotMixedZ);
        near(gotMixedZ, gzMixed, terms);
    }

    private static void near(double[] actual, double[] expected) {
        near(actual, expected, 1);
    }

    private static void near(double[] actual, double[] expected, double terms) {
        double size = terms;
        for (double each : expected) size = Math.max(size, Math.abs(each));
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], offset(1e-12 * size));
        }
    }

    /** Steps of a whole layer are those of single pairs, and so is the order of pairs in runs of every length. */
    @Property(seed = "20130308", tries = 300)
    void layersAreTheirPairs(@ForAll Smoothness c, @ForAll Random random) {
        int n = 64;
        double s = new double[] {1e-3, 0.1, 10}[random.nextInt(3)];
        double[] z = numbers(random, n);
        double[] x = z.clone();
        for (int p = 0; p < 6; p++) {
            for (int j = 0; j <= p; j++) {
                double[] before = x.clone();
                for (int i = 0; i < n; i++) {
                    int partner = i ^ 1 << (p - j);
                    boolean ascending = (i >> (p + 1) & 1) == 0;
                    double step = Sigmoidal.value(c, before[i] - before[partner], s);
                    double smaller = step * before[partner] + (1 - step) * before[i];
                    double larger = step * before[i] + (1 - step) * before[partner];
                    x[i] = ascending == i < partner ? smaller : larger;
                }
            }
        }
        near(values(new BitonicNetwork(c, z, 99, s), n), x);
    }
}
