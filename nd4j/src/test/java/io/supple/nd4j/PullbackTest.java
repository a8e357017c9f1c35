// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.Ordering;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gradients of compositions. */
class PullbackTest implements NeedsBackend {

    private static final Soft SOFT = Soft.smooth(0.3);

    /** A soft Spearman-like score of two lists. */
    private static Tensor score(Tensor... xy) {
        return SOFT.rank(xy[0]).times(SOFT.rank(xy[1])).sum();
    }

    @Test
    void aCompositionHasTheDerivativesOfCentralDifferences() {
        double[] x = {0.8137, -0.1171, 1.2911, -0.8353};
        double[] y = {-0.3127, 0.4513, 1.1029, -0.9177};
        INDArray[] arrays = {Nd4j.createFromArray(x), Nd4j.createFromArray(y)};
        Pullback score = Pullback.ofAll(PullbackTest::score, arrays);
        assertThat(score.value().rank()).isZero();
        INDArray[] gradients = score.gradients();
        double step = 1e-6;
        for (int i = 0; i < x.length; i++) {
            double[] up = x.clone();
            double[] down = x.clone();
            up[i] += step;
            down[i] -= step;
            double difference = (score(Tensor.of(up), Tensor.of(y)).item()
                            - score(Tensor.of(down), Tensor.of(y)).item())
                    / (2 * step);
            assertThat(gradients[0].getDouble(i)).isCloseTo(difference, offset(1e-7));
        }
        assertThat(gradients[1].shape()).containsExactly(4);
    }

    @Test
    void gradientsAreOfTheTypeOfWhatTheyAreFor() {
        INDArray floats = Nd4j.createFromArray(1f, 3f, 2f);
        INDArray whole = Nd4j.createFromArray(2, 1, 3);
        INDArray[] gradients =
                Pullback.ofAll(PullbackTest::score, floats, whole).gradients();
        assertThat(gradients[0].dataType()).isEqualTo(DataType.FLOAT);
        assertThat(gradients[1].dataType()).isEqualTo(DataType.DOUBLE);
    }

    @Test
    void whatAFunctionDoesNotReadHasGradientZero() {
        INDArray x = Nd4j.createFromArray(1.0, 3.0, 2.0);
        INDArray[] gradients = Pullback.ofAll(all -> all[0].sum(), x, x.dup()).gradients();
        assertThat(Transfer.tensor(gradients[0]).data()).containsExactly(1, 1, 1);
        assertThat(Transfer.tensor(gradients[1]).data()).containsExactly(0, 0, 0);
    }

    @Test
    void cotangentsOfAnotherShapeAreRefused() {
        INDArray x = Nd4j.create(DataType.DOUBLE, 2, 3);
        Pullback ranks = SoftArrays.of(SOFT).pullback(Ordering.RANK, x, true, -1);
        assertThatThrownBy(() -> ranks.vjp(Nd4j.create(DataType.DOUBLE, 3, 2)))
                .hasMessage("Pullback: cotangent must be of the shape of the value, [2, 3], got [3, 2]");
        assertThatThrownBy(ranks::gradients)
                .hasMessage("Pullback: value must be one number, got shape [2, 3]: give vjp a cotangent of that shape");
        assertThatThrownBy(() -> SoftArrays.of(SOFT).pullback(Ordering.RANK)).hasMessageStartingWith("rank: x must be");
    }
}
