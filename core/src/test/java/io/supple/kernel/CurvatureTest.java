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

/** Second derivatives of everything elementwise: central differences of the slopes off the kinks, parity, limits. */
class CurvatureTest {

    private static final double H = 1e-5;

    @Property(seed = "20130308", tries = 3000)
    void curvaturesAreDerivativesOfSlopes(
            @ForAll @DoubleRange(min = -9, max = 9) @Scale(6) double t,
            @ForAll @DoubleRange(min = 1e-3, max = 1e3) @Scale(6) double s,
            @ForAll boolean gated,
            @ForAll Smoothness c) {
        offKinks(t);
        double x = t * s;
        double h = H * s;
        double step = (Sigmoidal.slope(c, x + h, s) - Sigmoidal.slope(c, x - h, s)) / (2 * h);
        assertThat(s * s * Sigmoidal.curvature(c, x, s)).isCloseTo(s * s * step, offset(1e-9));
        double abs = (SoftAbs.slope(c, x + h, s) - SoftAbs.slope(c, x - h, s)) / (2 * h);
        assertThat(s * SoftAbs.curvature(c, x, s)).isCloseTo(s * abs, offset(1e-8));
        double ramp = (SoftRelu.slope(c, gated, x + h, s) - SoftRelu.slope(c, gated, x - h, s)) / (2 * h);
        assertThat(s * SoftRelu.curvature(c, gated, x, s)).isCloseTo(s * ramp, offset(1e-8));
    }

    /** The slopes of the piecewise steps have kinks at the ends of the transition. */
    private static void offKinks(double t) {
        Assume.that(Math.abs(Math.abs(t) - Sigmoidal.REACH) > 2 * H);
    }

    @Property(seed = "20130308", tries = 2000)
    void roundingToo(
            @ForAll @DoubleRange(min = -9, max = 9) @Scale(6) double x,
            @ForAll @DoubleRange(min = 0.02, max = 0.5) @Scale(6) double s,
            @ForAll Smoothness c) {
        double h = H * s;
        int radius = 3;
        double fraction = x - Math.floor(x);
        Assume.that(fraction > h && fraction < 1 - h); // the window jumps at the integers
        for (int j = -radius; j <= radius + 1; j++) offKinks((fraction - j + 0.5) / s);
        double slopes = (SoftRound.slope(c, x + h, s, radius) - SoftRound.slope(c, x - h, s, radius)) / (2 * h);
        assertThat(s * s * SoftRound.curvature(c, x, s, radius)).isCloseTo(s * s * slopes, offset(1e-8));
    }

    /** Far from zero rounding repeats itself, where the windows end beyond the transition. */
    @Example
    void roundingIsPeriodicHoweverFar() {
        for (Smoothness c : Smoothness.values()) {
            double here = SoftRound.curvature(c, 0.375, 0.05, 5);
            assertThat(Math.abs(here)).isGreaterThan(c == Smoothness.C0 ? -1 : 1);
            assertThat(SoftRound.curvature(c, 0x1p40 + 0.375, 0.05, 5)).isCloseTo(here, offset(1e-12 * Math.abs(here)));
        }
    }

    @Property(seed = "20130308", tries = 2000)
    void clampHasASymmetricHessianOfItsPartials(
            @ForAll @DoubleRange(min = -4, max = 4) @Scale(6) double x,
            @ForAll @DoubleRange(min = -3, max = 3) @Scale(6) double a,
            @ForAll @DoubleRange(min = -3, max = 3) @Scale(6) double b,
            @ForAll @DoubleRange(min = 0.05, max = 2) @Scale(6) double s,
            @ForAll boolean gated,
            @ForAll Smoothness c) {
        offKinks((x - a) / s);
        offKinks((x - b) / s);
        double[] hessian = new double[9];
        SoftClamp.curvatures(c, gated, x, a, b, s, hessian);
        double[] at = {x, a, b};
        double h = H * s;
        for (int i = 0; i < 3; i++) {
            double[] up = new double[3];
            double[] down = new double[3];
            double[] moved = at.clone();
            moved[i] += h;
            SoftClamp.partials(c, gated, moved[0], moved[1], moved[2], s, up);
            moved[i] = at[i] - h;
            SoftClamp.partials(c, gated, moved[0], moved[1], moved[2], s, down);
            for (int j = 0; j < 3; j++) {
                double partial = (up[j] - down[j]) / (2 * h);
                assertThat(s * hessian[3 * j + i]).isCloseTo(s * partial, offset(1e-8));
                assertThat(hessian[3 * j + i]).isEqualTo(hessian[3 * i + j]);
            }
        }
    }

    @Property(seed = "20130308", tries = 1000)
    void stepIsOddAndRampIsEvenToSecondOrder(
            @ForAll @DoubleRange(min = -50, max = 50) double x,
            @ForAll @DoubleRange(min = 1e-3, max = 1e3) @Scale(6) double s,
            @ForAll boolean gated,
            @ForAll Smoothness c) {
        assertThat(Sigmoidal.curvature(c, -x, s) + Sigmoidal.curvature(c, x, s)).isEqualTo(0);
        assertThat(SoftAbs.curvature(c, -x, s)).isEqualTo(SoftAbs.curvature(c, x, s));
        assertThat(SoftRelu.curvature(c, gated, -x, s)).isEqualTo(SoftRelu.curvature(c, gated, x, s));
        assertThat(2 * SoftRelu.curvature(c, true, x, s)).isEqualTo(SoftAbs.curvature(c, x, s)); // x S = (x + |x|) / 2
    }

    /** Where S'' vanishes, at the origin, it does so in proportion to x: no digit is lost there, nor in the tail. */
    @Example
    void smallCurvaturesKeepTheirDigits() {
        double tiny = 0x1p-60;
        for (Smoothness c : Smoothness.values()) {
            double third = switch (c) {
                case SMOOTH -> -1 / 8.0;
                case C0 -> 0;
                case C1 -> -1.5 / 125;
                case C2, C2_PNORM -> -3.75 / 125;
                case C1_PNORM -> -3 / Math.sqrt(8) / 125;
            };
            double expected = third * tiny;
            assertThat(Sigmoidal.curvature(c, tiny, 1)).isCloseTo(expected, offset(1e-14 * Math.abs(expected)));
        }
        assertThat(Sigmoidal.curvature(Smoothness.SMOOTH, 300, 1) / -Math.exp(-300))
                .isCloseTo(1, offset(1e-15));
    }

    @Example
    void extremesAreWhatTheLimitsAre() {
        double inf = Double.POSITIVE_INFINITY;
        for (Smoothness c : Smoothness.values()) {
            for (double s : new double[] {1e-6, 0.1, 1e6}) {
                for (double x : new double[] {inf, -inf, 1e308, -1e308}) {
                    assertThat(Sigmoidal.curvature(c, x, s)).isEqualTo(0);
                    assertThat(SoftAbs.curvature(c, x, s)).isEqualTo(0);
                    assertThat(SoftRelu.curvature(c, true, x, s)).isEqualTo(0);
                    assertThat(SoftRelu.curvature(c, false, x, s)).isEqualTo(0);
                    assertThat(SoftRound.curvature(c, x, s, 5)).isEqualTo(0);
                }
                for (double end : new double[] {-Sigmoidal.REACH * s, 0, 1e-308, Sigmoidal.REACH * s}) {
                    assertThat(Sigmoidal.curvature(c, end, s)).isFinite();
                    assertThat(SoftAbs.curvature(c, end, s)).isFinite();
                }
            }
            assertThat(Sigmoidal.curvature(c, Double.NaN, 1)).isNaN();
            assertThat(SoftAbs.curvature(c, Double.NaN, 1)).isNaN();
            assertThat(SoftRound.curvature(c, Double.NaN, 1, 5)).isNaN();
        }
    }
}
