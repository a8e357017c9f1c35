// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** However it is summed, the staircase is its definition. */
class SoftRoundTest {

    /** A step of a family at a distance. */
    private interface Step {
        double at(double distance);
    }

    private static double defined(Step step, double x, int radius) {
        double floor = Math.floor(x);
        double sum = 0;
        for (int j = -radius; j <= radius; j++) {
            double distance = x - floor - j;
            sum += (floor + j) * (step.at(distance + 0.5) - step.at(distance - 0.5));
        }
        return sum;
    }

    @Property(seed = "20130308", tries = 5000)
    void isItsDefinition(
            @ForAll @DoubleRange(min = -1, max = 1) double unit,
            @ForAll @DoubleRange(min = -2, max = 5) double orders,
            @ForAll @DoubleRange(min = -6, max = 6) double softness,
            @ForAll @IntRange(min = 1, max = 12) int radius,
            @ForAll Smoothness c) {
        double s = Math.pow(10, softness);
        double x = unit * Math.pow(10, orders);
        for (double at : new double[] {x, Math.rint(x), Math.floor(x) + 0.5, Math.nextDown(Math.ceil(x))}) {
            double scale = 1e-14 * (Math.abs(at) + radius);
            double value = defined(d -> Sigmoidal.value(c, d, s), at, radius);
            assertThat(SoftRound.value(c, at, s, radius)).isCloseTo(value, offset(scale));
            double slope = defined(d -> Sigmoidal.slope(c, d, s), at, radius);
            assertThat(SoftRound.slope(c, at, s, radius)).isCloseTo(slope, offset(scale / s));
        }
    }

    /** Narrow steps leave nothing but the exact rounding, whose derivative vanishes. */
    @Example
    void isTheRoundingWhereStepsAreNarrow() {
        for (Smoothness c : Smoothness.values()) {
            for (double s : new double[] {1e-4, 1e-6, 1e-300, 1e-308}) {
                for (double x : new double[] {-7.3, -1, -0.2, 0, 0.4, 0.75, 3, 1e15 + 0.25}) {
                    assertThat(SoftRound.value(c, x, s, 5)).isEqualTo(Math.rint(x));
                    assertThat(SoftRound.slope(c, x, s, 5)).isEqualTo(0);
                }
                assertThat(SoftRound.value(c, 2.5, s, 5)).isEqualTo(2.5);
                assertThat(SoftRound.slope(c, 2.5, s, 5)).isFinite().isPositive();
            }
        }
    }

    /** The window is finite: steps much wider than it draw the value to 0. */
    @Example
    void wideStepsAreDrawnToZero() {
        for (Smoothness c : Smoothness.values()) {
            assertThat(SoftRound.value(c, 3.2, 1e6, 5)).isCloseTo(0, offset(1e-4));
            assertThat(SoftRound.value(c, 3.2, 1e308, 5)).isCloseTo(0, offset(1e-14));
            assertThat(SoftRound.value(c, Double.NaN, 0.1, 5)).isNaN();
        }
    }
}
