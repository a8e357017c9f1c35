// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.Jacobian.assertClose;
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

/** Theorems of the Euclidean projections onto box, simplex and balls. */
class EuclideanProjectionsTest {

    /** The sets that have a radius or total. */
    enum Body {
        SIMPLEX,
        L1,
        L2;

        double[] project(double[] x, double r) {
            double[] y = new double[x.length];
            switch (this) {
                case SIMPLEX -> ScaledSimplexProjection.forward(x, r, y, x.length);
                case L1 -> L1BallProjection.forward(x, r, y, x.length);
                case L2 -> L2BallProjection.forward(x, r, y, x.length);
            }
            return y;
        }

        double vjp(double[] x, double r, double[] g, double[] gx) {
            return switch (this) {
                case SIMPLEX -> ScaledSimplexProjection.vjp(x, r, g, gx, x.length);
                case L1 -> L1BallProjection.vjp(x, r, g, gx, x.length);
                case L2 -> L2BallProjection.vjp(x, r, g, gx, x.length);
            };
        }

        double[] jvp(double[] x, double r, double[] xDot, double rDot) {
            double[] yDot = new double[x.length];
            switch (this) {
                case SIMPLEX -> ScaledSimplexProjection.jvp(x, r, xDot, rDot, yDot, x.length);
                case L1 -> L1BallProjection.jvp(x, r, xDot, rDot, yDot, x.length);
                case L2 -> L2BallProjection.jvp(x, r, xDot, rDot, yDot, x.length);
            }
            return yDot;
        }

        double size(double[] y) {
            double size = 0;
            for (double each : y) size += this == L2 ? each * each : Math.abs(each);
            return this == L2 ? Math.sqrt(size) : size;
        }

        /** The largest {@code <a, p>} over the set. */
        double support(double[] a, double r) {
            double top = Double.NEGATIVE_INFINITY;
            for (double each : a) top = Math.max(top, this == L1 ? Math.abs(each) : each);
            return r * (this == L2 ? size(a) : top);
        }
    }

    @Provide
    Arbitrary<double[]> lists() {
        Arbitrary<Double> numbers = Arbitraries.oneOf(
                Arbitraries.doubles().between(-3, 3), Arbitraries.of(0.0, 0.5, -0.5, -0.0, 1.0, 1e-300));
        return numbers.array(double[].class).ofMinSize(1).ofMaxSize(30);
    }

    /** y lies in the set, and no point p of it makes {@code <x - y, p - y>} positive. */
    @Property(seed = "20130308", tries = 3000)
    void isTheNearestPoint(@ForAll("lists") double[] x, @ForAll Body body, @ForAll Random random) {
        double r = new double[] {0, 1e-3, 0.5, 2, 30}[random.nextInt(5)];
        double[] y = body.project(x, r);
        assertThat(body.size(y)).isLessThanOrEqualTo(r * (1 + 1e-13));
        if (body == Body.SIMPLEX) {
            assertThat(body.size(y)).isCloseTo(r, offset(1e-13 * Math.max(r, 1)));
            for (double each : y) assertThat(each).isNotNegative();
        }
        double[] away = new double[x.length];
        for (int i = 0; i < x.length; i++) away[i] = x[i] - y[i];
        assertThat(body.support(away, r) - dot(away, y)).isLessThanOrEqualTo(1e-11 * Math.max(1, r));
        assertClose(body.project(y, r), y, 1e-13);
    }

    @Property(seed = "20130308", tries = 2000)
    void vjpIsTheDerivativeAndJvpItsTranspose(@ForAll Body body, @ForAll Random random) {
        int n = 1 + random.nextInt(10);
        double[] x = normal(random, n, 1);
        double[] r = {0.1 + 2 * random.nextDouble()};
        double[] g = normal(random, n, 1);
        double[] xDot = normal(random, n, 1);
        double[] rDot = {random.nextGaussian()};
        double[] gx = new double[n];
        double[] gr = {body.vjp(x, r[0], g, gx)};
        Jacobian.assertVjp(v -> body.project(v, r[0]), x, xDot, g, gx, 1e-7);
        Jacobian.assertVjp(v -> body.project(x, v[0]), r, rDot, g, gr, 1e-7);
        double[] yDot = body.jvp(x, r[0], xDot, rDot[0]);
        assertThat(dot(g, yDot)).isCloseTo(dot(gx, xDot) + gr[0] * rDot[0], offset(1e-12));
        assertThat(body.vjp(x, r[0], g, null)).isEqualTo(gr[0]);
        assertClose(body.jvp(x, r[0], g, 0), gx, 1e-13); // symmetric
    }

    @Property(seed = "20130308", tries = 2000)
    void extremesStayFinite(@ForAll Body body, @ForAll Random random) {
        double[] sizes = {1e308, 1e308, -1e308, 1e-308, 1, 0, 1.5e308, -1e-320};
        double[] x = new double[1 + random.nextInt(5)];
        double[] g = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = sizes[random.nextInt(sizes.length)];
            g[i] = 1;
        }
        double r = new double[] {0, 1e-308, 1, 1e300}[random.nextInt(4)];
        double[] y = body.project(x, r);
        double[] gx = new double[x.length];
        double gr = body.vjp(x, r, g, gx);
        assertThat(gr).isFinite();
        double size = 0;
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isFinite();
            assertThat(gx[i]).isBetween(-3.0, 3.0);
            size = Math.max(size, Math.abs(y[i]));
            if (r == 0) assertThat(gx[i]).isZero();
        }
        assertThat(size).isLessThanOrEqualTo(r * (1 + 1e-15));
        assertThat(dot(body.jvp(x, r, g, 1), g)).isCloseTo(dot(gx, g) + gr, offset(1e-12));
    }

    @Example
    void edges() {
        for (Body body : Body.values()) {
            assertThat(body.project(new double[] {1, Double.NaN}, 1)).containsOnly(Double.NaN);
            assertThat(body.project(new double[] {1, Double.POSITIVE_INFINITY}, 1))
                    .containsOnly(Double.NaN);
            assertThat(body.project(new double[] {1, 2}, Double.NaN)).containsOnly(Double.NaN);
            assertThat(body.jvp(new double[] {1, Double.NaN}, 1, new double[2], 0))
                    .containsOnly(Double.NaN);
            double[] gx = new double[2];
            assertThat(body.vjp(new double[] {1, Double.NaN}, 1, new double[2], gx))
                    .isNaN();
            assertThat(gx).containsOnly(Double.NaN);
            assertThat(body.project(new double[0], 1)).isEmpty();
            assertThat(body.vjp(new double[0], 1, new double[0], new double[0])).isZero();
        }
        assertThat(Body.L1.project(new double[] {3, -1}, 2)).containsExactly(2, -0.0);
        assertThat(Body.L2.project(new double[] {3, -4}, 1)).containsExactly(0.6, -0.8);
        assertThat(Body.L2.project(new double[] {3, -4}, 5)).containsExactly(3, -4);
        assertThat(Body.SIMPLEX.project(new double[] {1, 1}, 3)).containsExactly(1.5, 1.5);
    }

    @Example
    void boxCopiesOneOfThree() {
        double inf = Double.POSITIVE_INFINITY;
        double[] x = {-2, 0, 2, 1, 5, 0.5, Double.NaN};
        double[] lower = {-1, -1, -1, 1, 3, -inf, 0};
        double[] upper = {1, 1, 1, 2, 3, inf, 1};
        double[] y = new double[7];
        BoxProjection.forward(x, lower, upper, y, 7);
        assertThat(y).containsExactly(-1, 0, 1, 1, 3, 0.5, Double.NaN);
        double[] g = {1, 2, 4, 8, 16, 32, 64};
        double[][] to = new double[3][7];
        BoxProjection.vjp(x, lower, upper, g, to[0], to[1], to[2], 7);
        assertThat(to[0]).containsExactly(0, 2, 0, 0, 0, 32, 64);
        assertThat(to[1]).containsExactly(1, 0, 0, 8, 0, 0, 0);
        assertThat(to[2]).containsExactly(0, 0, 4, 0, 16, 0, 0);
        BoxProjection.jvp(x, lower, upper, g, null, null, y, 7);
        assertThat(y).containsExactly(0, 2, 0, 0, 0, 32, 64);
        double[] upperDot = {1, 1, 1, 1, 1, 1, 1};
        BoxProjection.jvp(x, lower, upper, null, g, upperDot, y, 7);
        assertThat(y).containsExactly(1, 0, 1, 8, 1, 0, 0);
    }
}
