// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.Jacobian.dot;
import static io.supple.kernel.Jacobian.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Theorems of the soft top-k mask. */
class MembershipTest {

    @Provide
    Arbitrary<double[]> scores() {
        Arbitrary<Double> numbers = Arbitraries.oneOf(
                Arbitraries.doubles().between(-3, 3), Arbitraries.of(0.0, 0.5, 0.5, 1.0, 1e308, -1e308, 1e-308));
        return numbers.array(double[].class).ofMaxSize(30);
    }

    @Provide
    Arbitrary<Double> softness() {
        return Arbitraries.of(1e-6, 0.02, 0.3, 1.0, 30.0, 1e6);
    }

    private static double[] mask(double[] z, int k, double s, Smoothness c) {
        double[] y = new double[z.length];
        new Membership(c, z, k, s).value(y, 0);
        return y;
    }

    @Property(seed = "20130308", tries = 3000)
    void isAMaskOfSumK(
            @ForAll("scores") double[] z, @ForAll("softness") double s, @ForAll Smoothness c, @ForAll Random random) {
        int k = random.nextInt(z.length + 1);
        double[] y = mask(z, k, s, c);
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            assertThat(y[i]).isBetween(-1e-15, 1 + 1e-12);
            sum += y[i];
            for (int j = 0; j < i; j++) {
                if (z[j] == z[i]) assertThat(y[j]).isEqualTo(y[i]);
                if (z[j] > z[i]) assertThat(y[j]).isGreaterThanOrEqualTo(y[i] - 1e-12);
            }
        }
        assertThat(sum).isCloseTo(k, offset(1e-11));
    }

    /** Optimality of the entropic mask: log y - z / s is one number below 1, and no more than that at 1. */
    @Property(seed = "20130308", tries = 1000)
    void entropicMaskIsCappedSoftmax(@ForAll Random random) {
        int n = 2 + random.nextInt(20);
        int k = 1 + random.nextInt(n - 1);
        double s = 0.1 + random.nextDouble();
        double[] z = normal(random, n, 1);
        double[] y = mask(z, k, s, Smoothness.SMOOTH);
        double c = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) if (y[i] < 1) c = Math.log(y[i]) - z[i] / s;
        for (int i = 0; i < n; i++) {
            double each = Math.log(y[i]) - z[i] / s;
            if (y[i] < 1) assertThat(each).isCloseTo(c, offset(1e-11));
            else assertThat(each).isLessThanOrEqualTo(c + 1e-11);
        }
    }

    @Example
    void oneOfManyIsTheSimplexProjection() {
        double[] z = {0.3, -0.2, 0.31, 0.9, -4};
        for (Smoothness c : Smoothness.values()) {
            double[] v = new double[z.length];
            for (int i = 0; i < z.length; i++) v[i] = z[i] / 0.4;
            SimplexProjection.forward(c, v, v, v.length);
            Jacobian.assertClose(mask(z, 1, 0.4, c), v, 1e-14);
        }
    }

    @Property(seed = "20130308", tries = 1000)
    void vjpIsTheDerivativeAndJvpTheSameMatrix(@ForAll Smoothness c, @ForAll Random random) {
        int n = 1 + random.nextInt(12);
        int k = random.nextInt(n + 1);
        double s = 0.05 + 2 * random.nextDouble();
        double[] z = normal(random, n, 1);
        double[] g = normal(random, n, 1);
        double[] t = normal(random, n, 0.1);
        Membership m = new Membership(c, z, k, s);
        double[] gz = new double[n];
        m.vjp(g, 0, gz);
        Jacobian.assertVjp(x -> mask(x, k, s, c), z, t, g, gz, 1e-6);
        double[] yDot = new double[n];
        m.jvp(t, yDot, 0);
        assertThat(dot(g, yDot)).isCloseTo(dot(gz, t), offset(1e-12 * Math.max(1, 1 / s)));
        double[] same = new double[n];
        m.vjp(t, 0, same);
        Jacobian.assertClose(same, yDot, 1e-12);
    }

    @Example
    void degenerateCases() {
        double[] tied = {2, 2, 2, 2};
        for (Smoothness c : Smoothness.values()) {
            assertThat(mask(tied, 0, 0.1, c)).containsOnly(0);
            assertThat(mask(tied, 4, 0.1, c)).containsOnly(1);
            assertThat(mask(tied, 1, 0.1, c)).containsOnly(0.25);
            assertThat(mask(new double[] {3, 1, 2}, 2, 1e-8, c)).containsExactly(1, 0, 1);
            assertThat(mask(new double[] {1, Double.NaN, 2}, 1, 1, c)).containsOnly(Double.NaN);
            double[] gz = new double[4];
            new Membership(c, tied, 4, 0.1).vjp(new double[] {1, 2, 3, 4}, 0, gz);
            assertThat(gz).containsOnly(0);
            new Membership(c, new double[] {5, 5, 5, -1e308}, 3, 0.1).vjp(new double[] {1, 1, 1, 1}, 0, gz);
            assertThat(gz).containsOnly(0);
        }
    }
}
