// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class ExponentialTest {

    private static double[] exponentials(double... x) {
        double[] y = new double[x.length];
        Exponential.of(x.clone(), y, 0, x.length);
        return y;
    }

    @Property(seed = "20130308", tries = 20_000)
    void isThatOfTheJdkToTwoUlps(@ForAll @DoubleRange(min = -707, max = 708) double x) {
        double expected = Math.exp(x);
        assertThat(exponentials(x)[0]).isCloseTo(expected, offset(2 * Math.ulp(expected)));
    }

    @Property(seed = "20130308", tries = 20_000)
    void neighboursKeepTheirOrder(@ForAll @DoubleRange(min = -700, max = 700) double x) {
        double apart = 4e-16 * Math.max(1, Math.abs(x));
        double[] y = exponentials(x - 8 * apart, x, x + 8 * apart);
        assertThat(y[0]).isLessThanOrEqualTo(y[1]);
        assertThat(y[1]).isLessThanOrEqualTo(y[2]);
    }

    @Example
    void extremes() {
        double[] y = exponentials(0, -0.0, -709, -1e300, Double.NEGATIVE_INFINITY, Double.NaN, Double.MIN_VALUE);
        assertThat(y[0]).isEqualTo(1);
        assertThat(y[1]).isEqualTo(1);
        for (int i = 2; i < 5; i++) assertThat(y[i]).isBetween(0.0, 4e-308);
        assertThat(y[5]).isNaN();
        assertThat(y[6]).isEqualTo(1);
    }

    /** Only the part that was asked for is written. */
    @Example
    void onlyTheRange() {
        double[] y = {7, 7, 7, 7};
        Exponential.of(new double[] {1, 1, 2, 2}, y, 1, 3);
        assertThat(y).containsExactly(7, exponentials(1)[0], exponentials(2)[0], 7);
    }
}
