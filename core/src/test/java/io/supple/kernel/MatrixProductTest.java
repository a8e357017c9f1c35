// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of whole numbers are exact; the way back is the adjoint of the way there. */
class MatrixProductTest {

    private static final int BEFORE = 2;

    private static double[] whole(Random random, int n) {
        return random.ints(n, -9, 10).asDoubleStream().toArray();
    }

    private static double[] numbers(Random random, int n) {
        return random.doubles(n, -1, 1).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 2, 5", "4, 4, 4", "7, 9, 6", "13, 5, 1", "0, 3, 2"})
    void productsOfWholeNumbers(int n, int d, int h) {
        Random random = new Random(7);
        double[] x = whole(random, (BEFORE + n) * d);
        double[] w = whole(random, d * h);
        double[] v = whole(random, n * h);
        double[] y = new double[n * h];
        Arrays.fill(y, Double.NaN);
        MatrixProduct.forward(x, BEFORE, n, d, w, h, y);
        double[] g = new double[d * h];
        Arrays.fill(g, 1);
        MatrixProduct.vjp(x, BEFORE, n, d, v, h, g);
        for (int k = 0; k < h; k++) {
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < d; j++) sum += x[(BEFORE + i) * d + j] * w[j * h + k];
                assertThat(y[i * h + k]).isEqualTo(sum);
            }
            for (int j = 0; j < d; j++) {
                double sum = 1;
                for (int i = 0; i < n; i++) sum += x[(BEFORE + i) * d + j] * v[i * h + k];
                assertThat(g[j * h + k]).isEqualTo(sum);
            }
        }
    }

    /** {@code <X W, V> = <W, X^T V>}. */
    @ParameterizedTest
    @CsvSource({"50, 13, 7", "64, 136, 64"})
    void theWayBackIsTheAdjoint(int n, int d, int h) {
        Random random = new Random(11);
        double[] x = numbers(random, n * d);
        double[] w = numbers(random, d * h);
        double[] v = numbers(random, n * h);
        double[] y = new double[n * h];
        double[] g = new double[d * h];
        MatrixProduct.forward(x, 0, n, d, w, h, y);
        MatrixProduct.vjp(x, 0, n, d, v, h, g);
        double there = 0;
        double back = 0;
        for (int i = 0; i < y.length; i++) there += y[i] * v[i];
        for (int i = 0; i < g.length; i++) back += g[i] * w[i];
        assertThat(there).isCloseTo(back, offset(1e-12 * n * d));
    }

    /** A row's product does not know how many rows there are, nor where it stands. */
    @ParameterizedTest
    @CsvSource({"9, 13, 7", "6, 136, 64"})
    void rowsAreMadeByThemselves(int n, int d, int h) {
        Random random = new Random(5);
        double[] x = numbers(random, n * d);
        double[] w = numbers(random, d * h);
        double[] y = new double[n * h];
        MatrixProduct.forward(x, 0, n, d, w, h, y);
        for (int i = 0; i < n; i++) {
            double[] alone = new double[h];
            MatrixProduct.forward(x, i, 1, d, w, h, alone);
            assertThat(alone).isEqualTo(Arrays.copyOfRange(y, i * h, (i + 1) * h));
        }
    }
}
