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

/** Theorems of weighted least-squares isotonic regression. */
class IsotonicRegressionTest {

    @Provide
    Arbitrary<double[]> lists() {
        Arbitrary<Double> numbers = Arbitraries.oneOf(
                Arbitraries.doubles().between(-3, 3), Arbitraries.of(0.0, 0.5, 0.5, -0.0, 1.0, 1e-300));
        return numbers.array(double[].class).ofMaxSize(60);
    }

    private static double[] fit(double[] y, double[] w, boolean increasing) {
        double[] x = new double[y.length];
        new IsotonicRegression(y, w, increasing).value(x, 0);
        return x;
    }

    /**
     * Necessary and sufficient: x is monotone, the sums of {@code w (y - x)} up to each place have the sign of the side
     * from which neighbours push, and they are 0 where x changes and at the end.
     */
    @Property(seed = "20130308", tries = 3000)
    void satisfiesTheOptimalityConditions(
            @ForAll("lists") double[] y, @ForAll boolean increasing, @ForAll Random random) {
        double[] w = new double[y.length];
        for (int i = 0; i < w.length; i++) w[i] = random.nextInt(4) * random.nextDouble();
        double[] x = fit(y, w, increasing);
        double sign = increasing ? 1 : -1;
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += w[i] * (y[i] - x[i]);
            assertThat(sign * sum).isGreaterThanOrEqualTo(-1e-11);
            if (i + 1 < x.length) assertThat(sign * (x[i + 1] - x[i])).isGreaterThanOrEqualTo(-1e-14);
            if (i + 1 == x.length || Math.abs(x[i + 1] - x[i]) > 1e-12)
                assertThat(sum).isCloseTo(0, offset(1e-11));
        }
    }

    @Property(seed = "20130308", tries = 500)
    void projectingTwiceChangesNothing(@ForAll("lists") double[] y, @ForAll boolean increasing) {
        double[] x = fit(y, null, increasing);
        Jacobian.assertClose(fit(x, null, increasing), x, 1e-14);
        double[] negative = new double[y.length];
        for (int i = 0; i < y.length; i++) negative[i] = -y[i];
        double[] mirrored = fit(negative, null, !increasing);
        for (int i = 0; i < y.length; i++) assertThat(-mirrored[i] + 0.0).isEqualTo(x[i] + 0.0);
    }

    @Property(seed = "20130308", tries = 1000)
    void vjpIsTheDerivativeAndJvpItsTranspose(@ForAll Random random, @ForAll boolean increasing) {
        int n = 1 + random.nextInt(12);
        double[] y = normal(random, n, 1);
        double[] w = new double[n];
        for (int i = 0; i < n; i++) w[i] = 0.2 + random.nextDouble();
        double[] g = normal(random, n, 1);
        double[] yDot = normal(random, n, 1);
        double[] wDot = normal(random, n, 1);
        IsotonicRegression r = new IsotonicRegression(y, w, increasing);
        double[] gy = new double[n];
        double[] gw = new double[n];
        r.vjp(g, 0, gy, gw);
        Jacobian.assertVjp(v -> fit(v, w, increasing), y, yDot, g, gy, 1e-7);
        Jacobian.assertVjp(v -> fit(y, v, increasing), w, wDot, g, gw, 1e-7);
        double[] xDot = new double[n];
        r.jvp(yDot, wDot, xDot, 0);
        assertThat(dot(g, xDot)).isCloseTo(dot(gy, yDot) + dot(gw, wDot), offset(1e-12));
    }

    @Example
    void extremes() {
        assertThat(fit(new double[0], null, true)).isEmpty();
        assertThat(fit(new double[] {1e308, 1e308, -1e308, 1.5e308}, null, true))
                .satisfies(x -> assertThat(x[0] / 1e307).isCloseTo(10 / 3.0, offset(1e-13)));
        assertThat(fit(new double[] {3, 1}, new double[] {1e308, 1e308}, true)).containsExactly(2, 2);
        assertThat(fit(new double[] {3, 1}, new double[] {1e-310, 1e-310}, true))
                .containsExactly(2, 2);
        assertThat(fit(new double[] {3, 1}, new double[] {0, 0}, true)).containsExactly(2, 2);
        assertThat(fit(new double[] {3, 1}, new double[] {0, 5}, true)).containsExactly(1, 1);
        assertThat(fit(new double[] {3, 1}, null, false)).containsExactly(3, 1);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThat(fit(new double[] {3, bad, 1}, null, true)).containsOnly(Double.NaN);
            double[] gy = new double[2];
            new IsotonicRegression(new double[] {3, bad}, null, true).vjp(new double[2], 0, gy, null);
            assertThat(gy).containsOnly(Double.NaN);
        }
    }
}
