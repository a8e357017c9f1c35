// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Straight-through: the exact value and the soft gradient, to the last bit. */
class StraightThroughContract {

    static Stream<Case> cases() {
        return Cases.soft().filter(c -> c.operator().exact());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void valueIsExactAndGradientSoft(Case c) {
        Case straight = c.with(c.soft().straightThrough());
        assertThat(straight.value().data())
                .isEqualTo(c.with(c.soft().with(Mode.HARD)).value().data());
        assertThat(straight.gradients()).isDeepEqualTo(c.gradients());
    }

    @Test
    void compositionsAreJoinedAsAWhole() {
        Tensor x = Tensor.variable(0.31, -0.57, 1.13);
        Soft soft = Soft.smooth(0.2);
        Tensor joined = soft.straightThrough(s -> s.relu(s.sort(x)));
        assertThat(joined.data()).isEqualTo(new double[] {0, 0.31, 1.13});
        Tensor gradient = joined.backward(1, 2, 3).of(x);
        Tensor y = Tensor.variable(x.data());
        assertThat(gradient.data())
                .isEqualTo(soft.relu(soft.sort(y)).backward(1, 2, 3).of(y).data());
    }

    @Test
    void aSoftValueThatIsNotFiniteDoesNotSpoilTheExactOne() {
        Tensor x = Tensor.of(1, Double.POSITIVE_INFINITY, 2);
        assertThat(Soft.smooth(0.1).sort(x).data()).containsOnly(Double.NaN);
        assertThat(Soft.smooth(0.1).straightThrough().sort(x).data()).containsExactly(1, 2, Double.POSITIVE_INFINITY);
    }
}
