// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.tensor.Derivatives;
import io.supple.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The value of one computation with the gradients of another. */
class StraightThroughTest {

    private static final Tensor X = Tensor.of(0.31, -0.57, 1.13);

    @Test
    void valueOfOneAndGradientOfTheOther() {
        Tensor x = X.variable();
        Tensor joined = Soft.gradReplace(() -> x.times(x), () -> x.times(5));
        assertThat(joined.data()).isEqualTo(x.times(x).data());
        assertThat(joined.backward(1, 2, 3).of(x).data()).containsExactly(5, 10, 15);
        assertThat(Derivatives.jvp(v -> Soft.gradReplace(() -> v.times(v), () -> v.times(5)), X, Tensor.of(1, 2, 3))
                        .data())
                .containsExactly(5, 10, 15);
    }

    /** The exact side may be anything: constants, or tensors whose gradients are lost. */
    @Test
    void gradientsOfTheForwardSideAreNotUsed() {
        Tensor x = X.variable();
        Tensor other = Tensor.variable(1, 2, 3);
        Tensor joined = Soft.gradReplace(() -> other.times(other), () -> x);
        assertThat(joined.backward(1, 1, 1).of(other).data()).containsOnly(0);
        assertThat(joined.backward(1, 1, 1).of(x).data()).containsOnly(1);
        Tensor constant = Soft.gradReplace(() -> x.times(x), () -> Tensor.of(7, 8, 9));
        assertThat(constant.backward(1, 1, 1).of(x).data()).containsOnly(0);
    }

    @Test
    void shapesThatDiffer() {
        assertThatThrownBy(() -> Soft.gradReplace(() -> X, () -> X.reshape(1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "straightThrough: the exact result must have the shape of the soft one, got" + " Tensor[3]")
                .hasMessageContaining("and Tensor[1, 3]");
        assertThatThrownBy(() -> Soft.gradReplace(() -> X.sum(), () -> X)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Soft.smooth(0.1).straightThrough(s -> s.mode() == Mode.HARD ? X.sum() : s.sort(X)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Not (forward - backward) + backward: an infinite or undefined soft value leaves the exact one as it is. */
    @Test
    void aBackwardValueThatIsNotFinite() {
        for (double spoilt : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Tensor x = X.variable();
            Tensor joined = Soft.gradReplace(() -> x.times(2), () -> x.times(3).plus(spoilt));
            assertThat(joined.data()).isEqualTo(x.times(2).data());
            assertThat(joined.backward(1, 1, 1).of(x).data()).containsOnly(3);
        }
        // to the last bit where the two are of very different size
        Tensor small = Soft.gradReplace(() -> Tensor.of(1e-30), () -> Tensor.of(1e30));
        assertThat(small.item()).isEqualTo(1e-30);
    }

    /** The function sees the hard choice once and the relaxed one once, and neither of them is straight-through. */
    @Test
    void functionsOfTheChoice() {
        Tensor x = X.variable();
        for (Soft soft : new Soft[] {Soft.smooth(0.2), Soft.smooth(0.2).straightThrough()}) {
            Tensor joined = soft.straightThrough(s -> {
                assertThat(s.straight()).isFalse();
                return s.rank(x).times(s.sigmoidal(x));
            });
            assertThat(joined.data())
                    .isEqualTo(Soft.HARD.rank(x).times(Soft.HARD.sigmoidal(x)).data());
            Soft relaxed = Soft.smooth(0.2);
            assertThat(joined.backward(1, 2, 3).of(x).data())
                    .isEqualTo(relaxed.rank(x)
                            .times(relaxed.sigmoidal(x))
                            .backward(1, 2, 3)
                            .of(x)
                            .data());
        }
    }
}
