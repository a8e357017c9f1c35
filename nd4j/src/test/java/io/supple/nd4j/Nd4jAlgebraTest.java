// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.algebra.Algebras;
import io.supple.algebra.LinearAlgebra;
import io.supple.algebra.PlainAlgebra;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of resident rows are those of plain Java, but for rounding. */
class Nd4jAlgebraTest implements NeedsBackend {

    private static final LinearAlgebra ND4J = new Nd4jAlgebra();
    private static final LinearAlgebra PLAIN = new PlainAlgebra();
    private static final long GROWTH = 24L << 20;

    private static double[] gaussians(Random random, int n) {
        return random.doubles(n, -1, 1).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 3, 1", "1, 136, 64", "300, 136, 64", "257, 7, 33", "64, 64, 64"})
    void productsAreThoseOfPlainJava(int n, int d, int h) {
        Random random = new Random(n + 31L * d + 1009L * h);
        double[] x = gaussians(random, n * d);
        double[] w = gaussians(random, d * h);
        double[] v = gaussians(random, n * h);
        try (LinearAlgebra.Rows plain = PLAIN.load(x, n, d);
                LinearAlgebra.Rows resident = ND4J.load(x, n, d);
                LinearAlgebra.Product wanted = PLAIN.product(w, d, h);
                LinearAlgebra.Product got = ND4J.product(w, d, h)) {
            assertThat(resident.bytes()).isEqualTo(8L * n * d);
            int[][] ranges = {{0, n}, {n / 2, n - n / 2}, {n / 3, n / 3}, {n - 1, 1}, {0, n}};
            for (int[] range : ranges) {
                int rows = range[1];
                double[] y = new double[rows * h];
                double[] z = new double[rows * h];
                wanted.forward(plain, range[0], rows, y);
                got.forward(resident, range[0], rows, z);
                assertThat(z).containsExactly(y, offset(1e-13 * d));
                double[] g = gaussians(new Random(3), d * h);
                double[] f = g.clone();
                wanted.vjp(plain, range[0], rows, v, g);
                got.vjp(resident, range[0], rows, v, f);
                assertThat(f).containsExactly(g, offset(1e-13 * n));
            }
        }
    }

    @Test
    void isFoundByName() {
        Algebras.Choice choice = Algebras.first(getClass().getClassLoader(), "nd4j");
        assertThat(choice.algebra()).isInstanceOf(Nd4jAlgebra.class);
        assertThat(choice.instead()).isNull();
    }

    @Test
    void threadsShareRows() {
        int n = 200;
        int d = 20;
        int h = 8;
        double[] x = gaussians(new Random(1), n * d);
        try (LinearAlgebra.Rows rows = ND4J.load(x, n, d)) {
            double worst = IntStream.range(0, 64)
                    .parallel()
                    .mapToDouble(seed -> difference(rows, x, n, d, h, seed))
                    .max()
                    .orElseThrow();
            assertThat(worst).isLessThan(1e-12);
        }
    }

    private static double difference(LinearAlgebra.Rows rows, double[] x, int n, int d, int h, int seed) {
        double[] w = gaussians(new Random(seed), d * h);
        double[] y = new double[n * h];
        double[] z = new double[n * h];
        try (LinearAlgebra.Product got = ND4J.product(w, d, h);
                LinearAlgebra.Product wanted = PLAIN.product(w, d, h)) {
            got.forward(rows, 0, n, z);
            wanted.forward(PLAIN.load(x, n, d), 0, n, y);
        }
        return IntStream.range(0, y.length)
                .mapToDouble(i -> Math.abs(y[i] - z[i]))
                .max()
                .orElse(0);
    }

    @Test
    void closingTwiceDoesNothing() {
        LinearAlgebra.Rows rows = ND4J.load(new double[6], 2, 3);
        LinearAlgebra.Product product = ND4J.product(new double[3], 3, 1);
        product.close();
        product.close();
        rows.close();
        rows.close();
        assertThat(rows.bytes()).isZero();
        assertThat(Nd4jAlgebra.heldBytes()).isZero();
    }

    @Test
    void nativeMemoryDoesNotGrow() {
        int n = 5_000;
        int d = 20;
        double[] x = gaussians(new Random(1), n * d);
        try (LinearAlgebra.Rows rows = ND4J.load(x, n, d)) {
            evaluate(rows, n, d, 20);
            long before = Pointer.physicalBytes();
            evaluate(rows, n, d, 1_000);
            assertThat(Pointer.physicalBytes() - before).isLessThan(GROWTH);
        }
    }

    private static void evaluate(LinearAlgebra.Rows rows, int n, int d, int times) {
        int h = 4;
        double[] y = new double[n * h];
        double[] g = new double[d * h];
        for (int i = 0; i < times; i++) {
            try (LinearAlgebra.Product product = ND4J.product(g, d, h)) {
                for (int from = 0; from < n; from += n / 5) {
                    product.forward(rows, from, n / 5, y);
                    product.vjp(rows, from, n / 5, y, g);
                }
            }
            for (int j = 0; j < g.length; j++) g[j] = Math.sin(j + i);
        }
    }
}
