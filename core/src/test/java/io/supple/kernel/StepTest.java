// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;

/** The identities that the soft step and ramp owe. */
class StepTest {

    @Property(seed = "20130308", tries = 1000)
    void stepIsSymmetricAndMonotone(
            @ForAll @DoubleRange(min = -50, max = 50) double x,
            @ForAll @DoubleRange(min = 0, max = 5) double dx,
            @ForAll @DoubleRange(min = 1e-3, max = 1e3) @Scale(6) double s,
            @ForAll Smoothness c) {
        double here = Sigmoidal.value(c, x, s);
        assertThat(here).isBetween(0.0, 1.0);
        assertThat(here + Sigmoidal.value(c, -x, s)).isCloseTo(1, offset(1e-15));
        assertThat(Sigmoidal.value(c, x + dx, s)).isGreaterThanOrEqualTo(here - 1e-16);
        assertThat(Sigmoidal.slope(c, x, s)).isGreaterThanOrEqualTo(0);
    }

    @Property(seed = "20130308", tries = 1000)
    void rampBelongsToTheStep(
            @ForAll @DoubleRange(min = -50, max = 50) double x,
            @ForAll @DoubleRange(min = 1e-3, max = 1e3) @Scale(6) double s,
            @ForAll boolean gated,
            @ForAll Smoothness c) {
        double odd = SoftRelu.value(c, gated, x, s) - SoftRelu.value(c, gated, -x, s);
        assertThat(odd).isCloseTo(x, offset(1e-12 * Math.max(1, s)));
        if (!gated) {
            assertThat(SoftRelu.value(c, false, x, s)).isGreaterThanOrEqualTo(Math.max(x, 0) - 1e-12 * s);
            assertThat(SoftRelu.slope(c, false, x, s)).isEqualTo(Sigmoidal.value(c, x, s));
        }
    }

    @Property(seed = "20130308", tries = 1000)
    void softAbsIsEvenAndBelow(
            @ForAll @DoubleRange(min = -50, max = 50) double x,
            @ForAll @DoubleRange(min = 1e-3, max = 1e3) @Scale(6) double s,
            @ForAll Smoothness c) {
        double value = SoftAbs.value(c, x, s);
        assertThat(value).isBetween(0.0, Math.abs(x));
        assertThat(SoftAbs.value(c, -x, s)).isCloseTo(value, offset(1e-13));
    }

    @Property(seed = "20130308", tries = 1000)
    void clampIsBetweenItsBoundsFarAway(
            @ForAll @DoubleRange(min = 1e3, max = 1e300) double far, @ForAll Smoothness c, @ForAll boolean gated) {
        assertThat(SoftClamp.value(c, gated, far, -1, 2, 0.1)).isEqualTo(2);
        assertThat(SoftClamp.value(c, gated, -far, -1, 2, 0.1)).isEqualTo(-1);
    }

    /** The slopes are the derivatives of the values, by central differences inside each piece. */
    @Property(seed = "20130308", tries = 1000)
    void slopesAreDerivatives(
            @ForAll @DoubleRange(min = -8, max = 8) double t,
            @ForAll @DoubleRange(min = 1e-3, max = 1e3) @Scale(6) double s,
            @ForAll boolean gated,
            @ForAll Smoothness c) {
        double h = 1e-5 * s;
        double x = t * s;
        Assume.that(Math.abs(Math.abs(t) - Sigmoidal.REACH) > 1e-4);
        double step = (Sigmoidal.value(c, x + h, s) - Sigmoidal.value(c, x - h, s)) / (2 * h);
        assertThat(Sigmoidal.slope(c, x, s)).isCloseTo(step, offset(1e-9 / s));
        double ramp = (SoftRelu.value(c, gated, x + h, s) - SoftRelu.value(c, gated, x - h, s)) / (2 * h);
        assertThat(SoftRelu.slope(c, gated, x, s)).isCloseTo(ramp, offset(1e-9));
    }

    /** At the ends of the transition the step is exactly 0 and 1, and it and the ramp come there without a jump. */
    @Example
    void piecesMeetAtTheEndsOfTheTransition() {
        for (Smoothness c : Smoothness.values()) {
            if (c == Smoothness.SMOOTH) continue;
            for (double s : new double[] {1e-6, 0.1, 0.37, 1, 1e6}) {
                double end = Sigmoidal.REACH * s;
                double inside = Math.nextDown(Math.nextDown(end));
                double gap = 1 - inside / end;
                assertThat(Sigmoidal.value(c, -end, s)).isEqualTo(0);
                assertThat(Sigmoidal.value(c, end, s)).isEqualTo(1);
                assertThat(SoftRelu.value(c, false, -end, s)).isEqualTo(0);
                assertThat(SoftRelu.value(c, false, end, s)).isEqualTo(end);
                assertThat(Sigmoidal.value(c, -inside, s)).isBetween(0.0, gap);
                assertThat(Sigmoidal.value(c, inside, s)).isBetween(1 - gap, 1.0);
                assertThat(SoftRelu.value(c, false, -inside, s)).isBetween(0.0, gap * end);
                assertThat(SoftRelu.value(c, false, inside, s)).isBetween(inside - 2 * Math.ulp(end), end);
                if (c == Smoothness.C0) continue;
                for (double x : new double[] {-end, end})
                    assertThat(Sigmoidal.slope(c, x, s)).isEqualTo(0);
                for (double x : new double[] {-inside, inside}) {
                    assertThat(Sigmoidal.slope(c, x, s)).isBetween(0.0, 3 * gap / end);
                }
            }
        }
    }

    /** What defines the p-norm steps: they are projections onto the simplex of two elements. */
    @Property(seed = "20130308", tries = 1000)
    void pNormStepsAreProjections(
            @ForAll @DoubleRange(min = -1.5, max = 1.5) double u,
            @ForAll @DoubleRange(min = 1e-3, max = 1e3) @Scale(6) double s) {
        for (Smoothness c : new Smoothness[] {Smoothness.C1_PNORM, Smoothness.C2_PNORM}) {
            double[] p = {u, 0};
            SimplexProjection.forward(c, p, p, 2);
            assertThat(Sigmoidal.value(c, u * Sigmoidal.REACH * s, s)).isCloseTo(p[0], offset(1e-14));
        }
    }

    /** Near the end the p-norm steps are powers of the distance d from it, {@code d^2} and {@code d^3}: no cancellation. */
    @Example
    void pNormTailsKeepTheirDigits() {
        double s = 1 / Sigmoidal.REACH; // the transition is [-1, 1]
        for (double d : new double[] {0x1p-20, 0x1p-30, 0x1p-40, 0x1p-50}) {
            double x = d - 1;
            Offset<Double> near = offset(1e-14 + 9 * d); // the next term of the series, relative
            assertThat(Sigmoidal.value(Smoothness.C1_PNORM, x, s) / (d * d)).isCloseTo(1, near);
            assertThat(Sigmoidal.value(Smoothness.C2_PNORM, x, s) / (d * d * d)).isCloseTo(1, near);
            assertThat(SoftRelu.value(Smoothness.C1_PNORM, false, x, s) / (d * d * d / 3))
                    .isCloseTo(1, near);
            assertThat(SoftRelu.value(Smoothness.C2_PNORM, false, x, s) / (d * d * d * d / 4))
                    .isCloseTo(1, near);
        }
    }

    /** Numbers of softtorch 0.1.1: softness 0.1 and 1. */
    @Example
    void pNormStepsAgreeWithTheReference() {
        Smoothness c1 = Smoothness.C1_PNORM;
        Smoothness c2 = Smoothness.C2_PNORM;
        assertThat(Sigmoidal.value(c1, 0.2129, 0.1)).isCloseTo(0.787114761421365, offset(1e-10));
        assertThat(Sigmoidal.value(c1, -4.1131, 1)).isCloseTo(0.026851112389659, offset(1e-10));
        assertThat(Sigmoidal.value(c2, 0.3222, 0.1)).isCloseTo(0.959971915637746, offset(1e-10));
        assertThat(Sigmoidal.value(c2, -0.7756, 1)).isCloseTo(0.355740165800841, offset(1e-10));
        assertThat(SoftRelu.value(c1, false, -0.4901, 0.1)).isCloseTo(1.27489072232478e-06, offset(1e-10));
        assertThat(SoftRelu.value(c1, false, 0.9381, 1)).isCloseTo(1.50731374131414, offset(1e-10));
        assertThat(SoftRelu.value(c2, false, -4.6196, 1)).isCloseTo(4.17179009448709e-05, offset(1e-10));
        assertThat(SoftRelu.value(c2, false, 0.3157, 0.1)).isCloseTo(0.317821222927388, offset(1e-10));
    }

    @Example
    void extremesAreWhatTheLimitsAre() {
        for (Smoothness c : Smoothness.values()) {
            double inf = Double.POSITIVE_INFINITY;
            assertThat(Sigmoidal.value(c, inf, 0.1)).isEqualTo(1);
            assertThat(Sigmoidal.value(c, -inf, 0.1)).isEqualTo(0);
            assertThat(Sigmoidal.value(c, 1e308, 1e-6)).isEqualTo(1);
            assertThat(Sigmoidal.value(c, Double.MIN_VALUE, 0.1)).isCloseTo(0.5, offset(1e-15));
            assertThat(Sigmoidal.value(c, Double.NaN, 0.1)).isNaN();
            assertThat(Sigmoidal.slope(c, 1e308, 0.1)).isEqualTo(0);
            for (boolean gated : new boolean[] {false, true}) {
                assertThat(SoftRelu.value(c, gated, inf, 0.1)).isEqualTo(inf);
                assertThat(SoftRelu.value(c, gated, -inf, 0.1)).isEqualTo(0);
                assertThat(SoftRelu.value(c, gated, 1e308, 0.1)).isEqualTo(1e308);
                assertThat(SoftRelu.slope(c, gated, inf, 0.1)).isEqualTo(1);
            }
            assertThat(SoftAbs.value(c, -inf, 0.1)).isEqualTo(inf);
            assertThat(SoftAbs.slope(c, -inf, 0.1)).isEqualTo(-1);
            assertThat(SoftRound.value(c, 1e17, 0.1, 5)).isEqualTo(1e17);
            assertThat(SoftRound.value(c, inf, 0.1, 5)).isEqualTo(inf);
            assertThat(SoftRound.value(c, 1e9 + 0.3, 0.01, 5)).isCloseTo(1e9, offset(1e-3));
        }
    }
}
