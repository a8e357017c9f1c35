// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

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
