// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not change when lists are shuffled, shifted or scaled. */
class InvarianceContract {

    private static final int[] SHUFFLE = {4, 0, 6, 2, 5, 1, 3};

    static Stream<Case> lists() {
        return Stream.concat(Cases.hard(), Cases.soft())
                .filter(c -> c.operator().data().get(0).form().list());
    }

    /** Results along elements follow their elements; results along places stay. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void shuffling(Case c) {
        double[] x = c.data()[0].data();
        double[] shuffled = new double[x.length];
        for (int i = 0; i < x.length; i++) shuffled[i] = x[SHUFFLE[i]];
        double[] before = c.value().data();
        double[] after = c.with(Tensor.of(shuffled)).value().data();
        boolean byElement =
                c.operator().result().distribution() || c.operator().result().first() == Result.Axis.ELEMENT;
        for (int i = 0; i < after.length; i++) {
            int n = x.length;
            int source = byElement ? i / n * n + SHUFFLE[i % n] : i;
            assertThat(after[i]).as("%s [%d]", c, i).isCloseTo(before[source], offset(1e-12));
        }
    }

    static Stream<Case> standardized() {
        return lists().filter(c -> !c.operator().data().get(0).form().truth()
                && (c.soft().mode() == Mode.HARD || c.soft().standardize()));
    }

    /** Standardised orders do not see location and scale, up to the floor 1e-6 in the variance; values move along. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("standardized")
    void locationAndScale(Case c) {
        double scale = 250;
        double shift = -31;
        double[] x = c.data()[0].data();
        double[] moved = new double[x.length];
        for (int i = 0; i < x.length; i++) moved[i] = scale * x[i] + shift;
        double[] before = c.value().data();
        double[] after = c.with(Tensor.of(moved)).value().data();
        Result result = c.operator().result();
        boolean values = !result.distribution() && result.first() != Result.Axis.ELEMENT;
        for (int i = 0; i < after.length; i++) {
            double expected = values ? scale * before[i] + shift : before[i];
            assertThat(after[i]).as("%s [%d]", c, i).isCloseTo(expected, offset(values ? 2e-3 : 1e-4));
        }
    }
}
