// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** The clamp is a difference of ramps, however it is evaluated. */
class SoftClampTest {

    @Property(seed = "20130308", tries = 500)
    void isTheDifferenceOfRamps(
            @ForAll @DoubleRange(min = -4, max = 4) double x, @ForAll Smoothness c, @ForAll boolean gated) {
        double a = -0.7;
        double b = 1.9;
        double ramps = a + SoftRelu.value(c, gated, x - a, 0.2) - SoftRelu.value(c, gated, x - b, 0.2);
        assertThat(SoftClamp.value(c, gated, x, a, b, 0.2)).isCloseTo(ramps, offset(1e-13));
    }

    /** Far to the right the two ramps are large and nearly equal: the result must not be what is left of them. */
    @Test
    void isTheBoundFarFromIt() {
        for (Smoothness c : Smoothness.values()) {
            assertThat(SoftClamp.value(c, false, 1e18, 0, 1, 0.1)).isEqualTo(1);
            assertThat(SoftClamp.value(c, false, -1e18, 0, 1, 0.1)).isZero();
            assertThat(SoftClamp.value(c, false, 1e308, -1e308, 1e308, 0.1)).isEqualTo(1e308);
        }
    }
}
