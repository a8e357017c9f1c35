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

/** Theorems of the regularised projection onto the simplex, not samples of it. */
class SimplexProjectionTest {

    @Provide
    Arbitrary<double[]> rows() {
        Arbitrary<Double> numbers = Arbitraries.oneOf(
                Arbitraries.doubles().between(-3, 3),
                Arbitraries.doubles().between(-1e3, 1e3),
                Arbitraries.of(0.0, 0.5, 0.5, -0.0, 1.0, 1e-300, -1e300));
        return numbers.array(double[].class).ofMinSize(1).ofMaxSize(40);
    }

    /** Optimality: v - R'(p) is one number theta on the support, and no more than theta off it. */
    @Property(seed = "20130308", tries = 2000)
    void satisfiesTheOptimalityConditions(@ForAll("rows") double[] v, @ForAll Smoothness c) {
        double[] p = new double[v.length];
        SimplexProjection.forward(c, v, p, v.length);
        double sum = 0;
        int best = 0;
        for (int j = 0; j < p.length; j++) {
            assertThat(p[j]).isBetween(0.0, 1.0);
            sum += p[j];
            if (p[j] > p[best]) best = j;
        }
        double theta = v[best] - slope(c, p[best]);
        assertThat(sum).isCloseTo(1, offset(1e-12));
        for (int j = 0; j < p.length; j++) {
            double tolerance = 1e-6 * Math.max(1, Math.abs(v[j]));
            if (p[j] > 1e-12) assertThat(v[j] - slope(c, p[j])).isCloseTo(theta, offset(tolerance));
            // entries of softmax below the smallest double are 0 without being off the support
            else if (p[j] == 0 && c != Smoothness.SMOOTH) assertThat(v[j]).isLessThanOrEqualTo(theta + tolerance);
        }
    }

    /** The derivative of the regulariser, with the constant of softmax's dropped. */
    private static double slope(Smoothness c, double p) {
        return switch (c) {
            case SMOOTH -> Math.log(p);
            case C0 -> p;
            case C1, C1_PNORM -> Math.sqrt(p);
            case C2, C2_PNORM -> Math.cbrt(p);
        };
    }

    @Property(seed = "20130308", tries = 500)
    void keepsOrder(@ForAll("rows") double[] v, @ForAll Smoothness c) {
        double[] p = new double[v.length];
        SimplexProjection.forward(c, v, p, v.length);
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++)
                if (v[i] >= v[j]) assertThat(p[i]).isGreaterThanOrEqualTo(p[j]);
        }
    }

    /** The Jacobian is symmetric and gives nothing for a constant cotangent. */
    @Property(seed = "20130308", tries = 500)
    void jacobianIsSymmetricAndIgnoresConstants(@ForAll("rows") double[] v, @ForAll Smoothness c) {
        int n = v.length;
        double[] p = new double[n];
        SimplexProjection.forward(c, v, p, n);
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = new double[n];
            rows[i][i] = 1;
            SimplexProjection.vjp(c, p, rows[i], rows[i], n);
        }
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                assertThat(rows[i][j]).isCloseTo(rows[j][i], offset(1e-12));
                sum += rows[i][j];
            }
            assertThat(sum).isCloseTo(0, offset(1e-10));
        }
    }

    @Example
    void nanMakesEverythingNan() {
        for (Smoothness c : Smoothness.values()) {
            double[] p = new double[3];
            SimplexProjection.forward(c, new double[] {1, Double.NaN, 2}, p, 3);
            assertThat(p).containsOnly(Double.NaN);
        }
    }
}
