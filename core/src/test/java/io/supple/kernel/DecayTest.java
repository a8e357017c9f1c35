// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

/** Exponential and logarithm against those of the Java library. */
class DecayTest {

    @Property(seed = "20130308", tries = 20_000)
    void isTheExponential(@ForAll @DoubleRange(min = 0, max = 800) @Scale(15) double v) {
        for (double at : new double[] {v, v / 100, v * 1e-9}) {
            double exact = StrictMath.exp(-at);
            assertThat(Decay.of(at)).isCloseTo(exact, offset(2 * Math.ulp(exact)));
        }
    }

    @Property(seed = "20130308", tries = 20_000)
    void logarithmOfASmallSum(
            @ForAll @DoubleRange(min = -0.5, max = 1) @Scale(15) double e,
            @ForAll @DoubleRange(min = 0, max = 300) double orders) {
        for (double at : new double[] {e, e * Math.pow(10, -orders), e * 1e-8}) {
            double exact = StrictMath.log1p(at);
            assertThat(Decay.log1p(at)).isCloseTo(exact, offset(4 * Math.ulp(exact)));
        }
    }

    @Example
    void extremes() {
        assertThat(Decay.of(0)).isEqualTo(1);
        assertThat(Decay.of(1e-308)).isEqualTo(1);
        assertThat(Decay.of(708)).isCloseTo(StrictMath.exp(-708), offset(1e-322));
        assertThat(Decay.of(745)).isEqualTo(Double.MIN_VALUE);
        assertThat(Decay.of(1e308)).isZero();
        assertThat(Decay.of(Double.POSITIVE_INFINITY)).isZero();
        assertThat(Decay.of(Double.NaN)).isNaN();
        assertThat(Decay.of(Double.longBitsToDouble(0x7ff8000000000fffL))).isNaN();
        assertThat(Decay.log1p(0)).isZero();
        assertThat(Decay.log1p(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(Decay.log1p(Double.NaN)).isNaN();
    }
}
