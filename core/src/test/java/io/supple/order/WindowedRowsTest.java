// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.Mode;
import io.supple.Soft;
import io.supple.tensor.Derivatives;
import io.supple.tensor.Tensor;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What NeuralSort reads in windows is what its matrix says, which is made of whole rows; with all derivatives. */
class WindowedRowsTest {

    private static final int LISTS = 3;

    private static Tensor random(int seed, int... shape) {
        int size = 1;
        for (int length : shape) size *= length;
        Random random = new Random(seed);
        double[] x = new double[size];
        for (int i = 0; i < size; i++) x[i] = random.nextGaussian();
        return Tensor.of(shape, x);
    }

    /** Values, jvp, vjp and, where there is one, the Hessian-vector product of two functions. */
    private static void assertSame(UnaryOperator<Tensor> windows, UnaryOperator<Tensor> matrix, int n, boolean second) {
        Tensor x = random(1, LISTS, n);
        Tensor direction = random(2, LISTS, n);
        Tensor expected = matrix.apply(x);
        Tensor g = random(3, expected.shape());
        assertClose(windows.apply(x), expected);
        assertClose(Derivatives.jvp(windows, x, direction), Derivatives.jvp(matrix, x, direction));
        assertClose(Derivatives.vjp(windows, x, g), Derivatives.vjp(matrix, x, g));
        if (second) {
            assertClose(
                    Derivatives.hessianVectorProduct(
                            v -> windows.apply(v).times(g).sum(), x, direction),
                    Derivatives.hessianVectorProduct(
                            v -> matrix.apply(v).times(g).sum(), x, direction));
        }
    }

    private static void assertClose(Tensor got, Tensor expected) {
        assertThat(got.shape()).isEqualTo(expected.shape());
        double scale = 0;
        for (double value : expected.data()) scale = Math.max(scale, Math.abs(value));
        assertThat(scale).isPositive();
        for (int i = 0; i < got.size(); i++) {
            assertThat(got.data()[i]).isCloseTo(expected.data()[i], offset(1e-11 * scale));
        }
    }

    private static Tensor columns(Tensor p, Tensor x) {
        return p.times(x.reshape(LISTS, 1, x.length(1))).sumLast();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SMOOTH", "C0", "C1", "C2"})
    void readingsOfTheMatrix(Mode mode) {
        Soft soft = Soft.smooth(0.1).with(mode);
        for (int n : new int[] {16, 61, 200}) {
            assertSame(soft::sort, x -> columns(soft.argsort(x), x), n, true);
            assertSame(x -> soft.sort(x, true), x -> columns(soft.argsort(x, true), x), n, true);
            assertSame(x -> soft.topk(x, 5), x -> columns(soft.argtopk(x, 5), x), n, true);
            assertSame(x -> soft.topkMask(x, 5), x -> sumOfRows(soft.argtopk(x, 5)), n, true);
            assertSame(x -> soft.rank(x, true, -1), x -> meanPlaces(soft.argsort(x, true)), n, false);
        }
    }

    private static Tensor sumOfRows(Tensor p) {
        return p.moveAxis(1, -1).sumLast();
    }

    private static Tensor meanPlaces(Tensor p) {
        int n = p.length(1);
        double[] places = new double[n];
        for (int r = 0; r < n; r++) places[r] = r + 1;
        Tensor columns = p.moveAxis(1, -1);
        return columns.times(Tensor.of(places)).sumLast().over(columns.sumLast().atLeast(1e-10));
    }
}
