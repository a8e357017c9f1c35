// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

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
}
