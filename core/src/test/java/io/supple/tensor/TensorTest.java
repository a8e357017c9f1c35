// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void gradientsFlowThroughBroadcasting() {
        Tensor x = Tensor.of(new int[] {2, 3}, new double[] {1, 2, 3, 4, 5, 6}).variable();
        Tensor row = Tensor.variable(10, 20, 30);
        Tensor column = Tensor.of(new int[] {2, 1}, new double[] {2, 3}).variable();
        Tensor scalar = Tensor.scalar(7).variable();
        Gradients g = x.times(row).plus(column).minus(scalar).sum().backward();
        assertThat(g.of(x).data()).containsExactly(10, 20, 30, 10, 20, 30);
        assertThat(g.of(row).data()).containsExactly(5, 7, 9);
        assertThat(g.of(column).data()).containsExactly(3, 3);
        assertThat(g.of(scalar).data()).containsExactly(-6);
    }

    @Test
    void aTensorUsedTwiceCollectsBoth() {
        Tensor x = Tensor.variable(3);
        assertThat(x.times(x).sum().backward().of(x).data()).containsExactly(6);
    }

    @Test
    void productsOfZerosHaveExactDerivatives() {
        Tensor x = Tensor.variable(0, 2, 3);
        assertThat(x.productLast().backward().of(x).data()).containsExactly(6, 0, 0);
        Tensor y = Tensor.variable(0, 0, 3);
        assertThat(y.productLast().backward().of(y).data()).containsExactly(0, 0, 0);
    }

    @Test
    void deepComputationsDoNotOverflowTheStack() {
        Tensor x = Tensor.variable(1);
        Tensor y = x;
        for (int i = 0; i < 100_000; i++) y = y.plus(1);
        assertThat(y.sum().backward().of(x).data()).containsExactly(1);
    }

    /** No size is computed beyond an int in silence, also where it would come out small or at 0. */
    @Test
    void sizesBeyondAnArrayAreRefusedInTheFunctionsName() {
        Tensor row = Tensor.of(new double[1 << 16]);
        Tensor column = row.reshape(1 << 16, 1);
        assertThatThrownBy(() -> row.plus(column))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "broadcast: the result must have at most 2147483639 numbers, which an array holds, got shape"
                                + " [65536, 65536]");
        assertThatThrownBy(() -> Derivatives.jacobian(x -> x, row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("jacobian: the matrix must have at most 2147483639 numbers, which an array holds, got 65536"
                        + " rows of 65536; products with it are made by jvp and vjp");
        int[] huge = {1 << 30, 1 << 30, 1 << 30}; // 2^90, which is 0 in a long
        assertThatThrownBy(() -> Tensor.of(huge, new double[0])).hasMessageContaining("got 0");
        assertThatThrownBy(() -> Tensor.scalar(1).reshape(1 << 16, 1 << 16)).hasMessageStartingWith("reshape: ");
        assertThatThrownBy(() -> ByList.of(huge, in -> null, row)).hasMessageContaining("at most 2147483639 numbers");
        assertThat(Tensor.of(new int[] {1 << 30, 1 << 30, 0}, new double[0]).size())
                .isZero();
    }

    @Test
    void axesMoveAndComeBack() {
        Tensor x = Tensor.of(new int[] {2, 3, 4}, sequence(24)).variable();
        Tensor moved = x.moveAxis(0, -1);
        assertThat(moved.shape()).containsExactly(3, 4, 2);
        assertThat(moved.moveAxis(-1, 0).data()).isEqualTo(x.data());
        assertThat(moved.backward(moved.data()).of(x).data()).isEqualTo(x.data());
    }

    private static double[] sequence(int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) out[i] = i;
        return out;
    }

    @Test
    void nothingIsRecordedForConstants() {
        Tensor y = Tensor.of(1, 2).plus(1);
        assertThat(y.tracked()).isFalse();
        assertThat(y.vjp()).isNull();
        assertThat(Tensor.variable(1).detach().tracked()).isFalse();
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> Tensor.of(1, 2).backward())
                .hasMessage("item: the tensor must have size 1, got Tensor[2][1.0, 2.0]");
        assertThatThrownBy(() -> Tensor.of(1, 2).backward(1, 2, 3))
                .hasMessage("backward: cotangent must have size 2, got 3");
        assertThatThrownBy(() -> Tensor.of(new int[] {2, 2}, new double[3]))
                .hasMessage("Tensor.of: values must have as many numbers as shape [2, 2], got 3");
        assertThatThrownBy(() -> Tensor.of(1, 2).reshape(3))
                .hasMessage("reshape: the shape must hold 2 values, got [3]");
    }
}
