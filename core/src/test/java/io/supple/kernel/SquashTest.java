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

/** Monotone, within (0, 1), finite at the ends of the doubles. */
class SquashTest {

    @Provide
    Arbitrary<double[]> lists() {
        Arbitrary<Double> numbers = Arbitraries.oneOf(
                Arbitraries.doubles().between(-5, 5),
                Arbitraries.of(1e308, -1e308, 1e-308, Double.MIN_VALUE, 0.0, Double.MAX_VALUE));
        return numbers.array(double[].class).ofMinSize(1).ofMaxSize(30);
    }

    @Property(seed = "20130308", tries = 1000)
    void keepsOrderAndIsFinite(@ForAll("lists") double[] x) {
        double[] z = new double[x.length];
        Squash.forward(x, z, 0, x.length);
        double[] g = new double[x.length];
        double[] gx = new double[x.length];
        for (int i = 0; i < g.length; i++) g[i] = Math.sin(i + 1);
        Squash.vjp(x, z, g, gx, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            assertThat(z[i]).isBetween(0.0, 1.0);
            assertThat(gx[i]).isFinite();
            for (int j = 0; j < x.length; j++)
                if (x[i] >= x[j]) assertThat(z[i]).isGreaterThanOrEqualTo(z[j]);
        }
    }

    @Example
    void oneElementIsTheMiddleAndHasNoDerivative() {
        double[] z = new double[1];
        double[] gx = new double[1];
        Squash.forward(new double[] {42}, z, 0, 1);
        Squash.vjp(new double[] {42}, z, new double[] {1}, gx, 0, 1);
        assertThat(z[0]).isEqualTo(0.5);
        assertThat(gx[0]).isEqualTo(0);
    }

    @Example
    void scalingOfLargeListsChangesNothingElse() {
        double[] small = new double[3];
        double[] large = new double[3];
        Squash.forward(new double[] {1e100, 2e100, 4e100}, small, 0, 3);
        Squash.forward(new double[] {1e300, 2e300, 4e300}, large, 0, 3);
        for (int i = 0; i < 3; i++) assertThat(large[i]).isCloseTo(small[i], offset(1e-14));
    }

    @Property(seed = "20130308", tries = 500)
    void inverseUndoesForward(@ForAll("moderate") double[] x) {
        int n = x.length;
        double[] z = new double[n];
        double[] v = new double[n];
        Squash.forward(x, z, 0, n);
        Squash.inverse(x, 0, n, z, v, 0, n);
        for (int i = 0; i < n; i++) assertThat(v[i]).isCloseTo(x[i], offset(1e-11 * (1 + Math.abs(x[i]))));
    }

    /** Keys held at the floor go to {@code mean +- 23 d}, the logit of 1e-10 from the ends, and have no derivative. */
    @Example
    void keysAtTheEndsAreHeld() {
        double[] x = {-1, 1};
        double d = Math.sqrt(1 + 1e-6);
        double reach = Math.log((1 - 1e-10) / 1e-10) * d;
        double[] y = {0, 1, -3, 0.5, 1e-11};
        double[] v = new double[5];
        Squash.inverse(x, 0, 2, y, v, 0, 5);
        assertThat(v).containsExactly(new double[] {-reach, reach, -reach, 0, -reach}, offset(1e-5));
        double[] gy = new double[5];
        Squash.inverseVjp(x, 0, 2, y, new double[] {1, 1, 1, 1, 1}, gy, new double[2], 0, 5);
        assertThat(gy).containsExactly(new double[] {0, 0, 0, 4 * d, 0}, offset(1e-12));
        double[] vDot = new double[5];
        Squash.inverseJvp(x, new double[2], 0, 2, y, new double[] {1, 1, 1, 1, 1}, vDot, 0, 5);
        assertThat(vDot).isEqualTo(gy);
    }

    @Provide
    Arbitrary<double[]> moderate() {
        return Arbitraries.doubles()
                .between(-5, 5)
                .array(double[].class)
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Example
    void jvpsAreThoseOfCentralDifferences() {
        Random random = new Random(20130308);
        for (int n : new int[] {1, 2, 7}) {
            double[] x = random.doubles(n, -2, 2).toArray();
            double[] y = random.doubles(n, 0.01, 0.99).toArray();
            double[] xDot = random.doubles(n, -1, 1).toArray();
            double[] yDot = random.doubles(n, -1, 1).toArray();
            double h = 1e-6;
            double[] zDot = new double[n];
            Squash.jvp(x, squashed(x), xDot, zDot, 0, n);
            double[] vDot = new double[n];
            Squash.inverseJvp(x, xDot, 0, n, y, yDot, vDot, 0, n);
            double[] zUp = squashed(moved(x, h, xDot));
            double[] zDown = squashed(moved(x, -h, xDot));
            double[] vUp = new double[n];
            Squash.inverse(moved(x, h, xDot), 0, n, moved(y, h, yDot), vUp, 0, n);
            double[] vDown = new double[n];
            Squash.inverse(moved(x, -h, xDot), 0, n, moved(y, -h, yDot), vDown, 0, n);
            for (int i = 0; i < n; i++) {
                assertThat(zDot[i]).isCloseTo((zUp[i] - zDown[i]) / (2 * h), offset(1e-8));
                assertThat(vDot[i]).isCloseTo((vUp[i] - vDown[i]) / (2 * h), offset(1e-6 * (1 + Math.abs(vDot[i]))));
            }
        }
    }

    private static double[] squashed(double[] x) {
        double[] z = new double[x.length];
        Squash.forward(x, z, 0, x.length);
        return z;
    }

    private static double[] moved(double[] x, double h, double[] xDot) {
        double[] moved = x.clone();
        for (int i = 0; i < x.length; i++) moved[i] += h * xDot[i];
        return moved;
    }

    /** {@code <g, J xDot> = <J'g, xDot>}, in lists and keys that stand inside longer arrays, fewer keys than elements. */
    @Property(seed = "20130308", tries = 300)
    void vjpsAreTransposesOfJvps(@ForAll("moderate") double[] x, @ForAll Random random) {
        int n = x.length;
        int from = 2;
        double[] list = new double[from + n + 1];
        System.arraycopy(x, 0, list, from, n);
        double[] z = new double[list.length];
        Squash.forward(list, z, from, n);
        double[] xDot = random.doubles(list.length, -1, 1).toArray();
        double[] g = random.doubles(list.length, -1, 1).toArray();
        double[] zDot = new double[list.length];
        double[] gx = new double[list.length];
        Squash.jvp(list, z, xDot, zDot, from, n);
        Squash.vjp(list, z, g, gx, from, n);
        assertThat(dot(g, zDot, from, n)).isCloseTo(dot(gx, xDot, from, n), offset(1e-11));

        int k = (n + 1) / 2;
        double[] y = random.doubles(k + 1, 0.001, 0.999).toArray();
        double[] yDot = random.doubles(k + 1, -1, 1).toArray();
        double[] vDot = new double[k + 1];
        double[] gy = new double[k + 1];
        double[] gList = new double[list.length];
        Squash.inverseJvp(list, xDot, from, n, y, yDot, vDot, 1, k);
        Squash.inverseVjp(list, from, n, y, g, gy, gList, 1, k);
        double backward = dot(gy, yDot, 1, k) + dot(gList, xDot, from, n);
        assertThat(dot(g, vDot, 1, k)).isCloseTo(backward, offset(1e-9));
    }

    private static double dot(double[] a, double[] b, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) sum += a[i] * b[i];
        return sum;
    }

    /** A sorted list through keys and back, with its gradient: softtorch's sorting network on five elements. */
    @Example
    void sortedKeysGoBackAsInTheReference() {
        double[] x = {2.0159, -1.4386, 0.9943, 0.5555, -0.9708};
        BitonicNetwork network = new BitonicNetwork(Smoothness.SMOOTH, squashed(x), 1, 0.1);
        double[] y = new double[5];
        network.values(y, 0);
        double[] v = new double[5];
        Squash.inverse(x, 0, 5, y, v, 0, 5);
        double[] expected = {
            -1.12147276966238, -0.995661294978704, 0.833829535596045, 0.887699619231508, 1.90292223955574
        };
        assertThat(v).containsExactly(expected, offset(1e-10));
        double[] gy = new double[5];
        double[] gx = new double[5];
        Squash.inverseVjp(x, 0, 5, y, new double[] {-0.438, -0.674, 0.454, 0.9, 0.875}, gy, gx, 0, 5);
        double[] gz = new double[5];
        network.valuesVjp(gy, 0, gz);
        Squash.vjp(x, squashed(x), gz, gx, 0, 5);
        double[] gradient = {
            0.825244539341329, -0.413761232533536, 0.709271822872419, 0.679489573563556, -0.683244703243768
        };
        assertThat(gx).containsExactly(gradient, offset(1e-8));
    }

    @Property(seed = "20130308", tries = 500)
    void inverseIsFiniteAtTheEndsOfTheDoubles(@ForAll("lists") double[] x) {
        int n = x.length;
        double[] y = {0, 1e-300, 0.3, 1};
        double[] v = new double[4];
        double[] gy = new double[4];
        double[] gx = new double[n];
        double[] ones = new double[Math.max(n, 4)];
        Arrays.fill(ones, 1);
        Squash.inverse(x, 0, n, y, v, 0, 4);
        Squash.inverseVjp(x, 0, n, y, ones, gy, gx, 0, 4);
        double[] vDot = new double[4];
        Squash.inverseJvp(x, ones, 0, n, y, ones, vDot, 0, 4);
        for (double[] result : new double[][] {v, gy, gx, vDot})
            for (double value : result) assertThat(value).isFinite();
    }

    @Example
    void nanAndInfinityMakeEverythingNan() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] v = new double[2];
            Squash.inverse(new double[] {1, bad}, 0, 2, new double[] {0.2, 0.5}, v, 0, 2);
            assertThat(v).containsOnly(Double.NaN);
        }
        double[] v = new double[1];
        Squash.inverse(new double[] {1, 2}, 0, 2, new double[] {Double.NaN}, v, 0, 1);
        assertThat(v).containsOnly(Double.NaN);
    }
}
