// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Quantile;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Numbers in and out: order, types, refusals, memory. */
class TransferTest implements NeedsBackend {

    private static final int ROUNDS = 1_000;
    private static final long GROWTH = 24L << 20;

    /** Numbers that name their place: 100 i + 10 j + k. */
    @ParameterizedTest
    @EnumSource(ArrayLayout.class)
    void elementsStayInTheirPlaces(ArrayLayout layout) {
        double[] places = new double[2 * 3 * 4];
        for (int i = 0; i < places.length; i++) places[i] = 100 * (i / 12) + 10 * (i / 4 % 3) + i % 4;
        Tensor cube = Tensor.of(new int[] {2, 3, 4}, places);
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT, DataType.INT32)) {
            INDArray array = layout.of(ArrayLayout.plain(cube, type));
            assertThat(array.getDouble(1, 2, 3)).isEqualTo(123);
            assertThat(Transfer.tensor(array).data()).as("%s %s", layout, type).isEqualTo(places);
            assertThat(Transfer.tensor(array).shape()).containsExactly(2, 3, 4);
            INDArray part = array.tensorAlongDimension(1, 1, 2);
            assertThat(Transfer.tensor(part).data())
                    .as("view of %s %s", layout, type)
                    .containsExactly(100, 101, 102, 103, 110, 111, 112, 113, 120, 121, 122, 123);
        }
    }

    @Test
    void whatIsNotANumberIsRefused() {
        INDArray closed = Nd4j.create(DataType.DOUBLE, 3);
        closed.close();
        assertThatThrownBy(() -> SoftArrays.of(Soft.HARD).rank(closed))
                .hasMessage("rank: x must be open, got a closed array");
        assertThatThrownBy(() -> SoftArrays.of(Soft.HARD).rank(Nd4j.create("a", "b")))
                .hasMessage("rank: x must be an array of numbers or booleans, got one of UTF8");
        assertThatThrownBy(() -> Transfer.tensor(null)).hasMessageContaining("Transfer: array must be an array, got");
        assertThatThrownBy(() -> Transfer.array(Tensor.of(1), DataType.INT32))
                .hasMessage("Transfer: type must be DOUBLE, FLOAT, HALF or BFLOAT16, got INT");
    }

    /** 2^53 + 1 is no double: it would be read as its neighbour. */
    @Test
    void wholeNumbersThatNoDoubleHoldsAreRefused() {
        INDArray fits = Nd4j.createFromArray((1L << 53) - 1, 1 - (1L << 53));
        assertThat(Transfer.tensor(fits).data()).containsExactly(0x1p53 - 1, 1 - 0x1p53);
        INDArray not = Nd4j.createFromArray(3L, (1L << 53) + 1);
        assertThatThrownBy(() -> SoftArrays.of(Soft.HARD).sort(not))
                .hasMessageStartingWith("sort: x must be below 2^53 in size");
    }

    @Test
    void theWidestTypeOfTheDataIsThatOfTheResult() {
        SoftArrays soft = SoftArrays.of(Soft.smooth(0.1));
        INDArray floats = Nd4j.createFromArray(1f, 3f, 2f);
        INDArray doubles = Nd4j.createFromArray(3.0, 2.0, 1.0);
        INDArray whole = Nd4j.createFromArray(2, 1, 1);
        assertThat(soft.greater(floats, floats).dataType()).isEqualTo(DataType.FLOAT);
        assertThat(soft.greater(floats, doubles).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(soft.greater(floats, whole).dataType()).isEqualTo(DataType.FLOAT);
        assertThat(soft.greater(whole, whole).dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(soft.greater(floats.castTo(DataType.FLOAT16), floats.castTo(DataType.BFLOAT16))
                        .dataType())
                .isEqualTo(DataType.FLOAT);
    }

    @Test
    void levelsMayBeAnArray() {
        SoftArrays soft = SoftArrays.of(Soft.HARD);
        INDArray x = Nd4j.createFromArray(5.0, 1.0, 4.0, 2.0, 3.0);
        INDArray levels = Nd4j.createFromArray(0.25f, 0.75f);
        assertThat(Transfer.tensor(soft.call(Quantile.QUANTILE, x, levels)).data())
                .containsExactly(2, 4);
        assertThat(Transfer.tensor(soft.call(Quantile.QUANTILE, x, Nd4j.scalar(0.5)))
                        .item())
                .isEqualTo(3);
    }

    /** What is not closed stays until the garbage collector finds it: here 50 MB pile up. */
    @Test
    void nativeMemoryDoesNotGrow() {
        INDArray x = Nd4j.rand(DataType.FLOAT, 1000, 200).get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 199));
        SoftArrays soft = SoftArrays.of(Soft.smooth(0.1));
        evaluate(soft, x, ROUNDS / 50);
        long before = Pointer.physicalBytes();
        evaluate(soft, x, ROUNDS);
        assertThat(Pointer.physicalBytes() - before).isLessThan(GROWTH);
    }

    private static void evaluate(SoftArrays soft, INDArray x, int rounds) {
        for (int i = 0; i < rounds; i++) {
            Pullback relu = Pullback.of(t -> soft.choice().relu(t), x);
            try (INDArray value = relu.value();
                    INDArray whole = soft.relu(x);
                    INDArray gradient = relu.vjp(value)[0]) {
                assertThat(gradient.length()).isEqualTo(whole.length());
            }
        }
    }
}
