// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.supple.SyntheticLists;
import io.supple.VectorUnit;
import io.supple.algebra.LinearAlgebra;
import io.supple.algebra.PlainAlgebra;
import io.supple.spark.algebra.BlasAlgebra;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who multiplies, and that it does not matter. ND4J is not on this class path: its own module tests it. */
class MultiplierTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "5, 3, 1", "300, 136, 64", "257, 7, 33"})
    void blasIsPlainJava(int n, int d, int h) {
        Random random = new Random(n + 31L * d);
        double[] x = random.doubles((long) n * d, -1, 1).toArray();
        double[] w = random.doubles((long) d * h, -1, 1).toArray();
        double[] v = random.doubles((long) n * h, -1, 1).toArray();
        double[][] y = new double[2][n * h];
        double[][] g = new double[2][d * h + 3]; // longer than needed: what follows is left alone
        LinearAlgebra[] algebras = {new PlainAlgebra(), new BlasAlgebra()};
        for (int k = 0; k < algebras.length; k++) {
            assertThat(algebras[k].missing()).isNull();
            g[k][0] = 1;
            try (LinearAlgebra.Rows rows = algebras[k].load(x, n, d);
                    LinearAlgebra.Product product = algebras[k].product(w, d, h)) {
                product.forward(rows, n / 3, n - n / 3, y[k]);
                product.vjp(rows, n / 3, n - n / 3, v, g[k]);
            }
        }
        assertThat(y[1]).containsExactly(y[0], within(1e-13 * d));
        assertThat(g[1]).containsExactly(g[0], within(1e-13 * n));
    }

    /** Tests run with the Vector API, as Spark does. */
    @Test
    void theBlasIsFast() {
        assertThat(BlasAlgebra.fast()).isTrue();
        assertThat(VectorUnit.present()).isTrue();
        assertThat(Multiplier.of("auto", 64, 32).here().name()).isEqualTo("plain");
    }

    @Test
    void sizeDecides() {
        assertThat(Multiplier.of("auto", 5, 0).here().name()).isEqualTo("plain");
        assertThat(Multiplier.of("auto", 5, 4).here().name()).isEqualTo("plain");
        assertThat(Multiplier.of("auto", 17, 15, false).here().name()).isEqualTo("plain");
        assertThat(Multiplier.of("auto", 16, 16, false).here().name()).isEqualTo("blas");
        assertThat(Multiplier.of("auto", 64, 32, true).here().name()).isEqualTo("plain");
        assertThat(Multiplier.of("auto", 65, 63, true).here().name()).isEqualTo("plain");
        assertThat(Multiplier.of("auto", 64, 64, true).here().name()).isEqualTo("blas");
        assertThat(Multiplier.of("auto", 136, 64).here().name()).isEqualTo("blas");
        assertThat(Multiplier.of("nd4j", 5, 4).here().name()).isEqualTo("blas");
        assertThat(Multiplier.of("nd4j", 5, 0).holds()).isFalse();
        assertThat(Multiplier.of("nd4j", 5, 4).holds()).isTrue();
    }

    @Test
    void theModelIsTheSame() {
        SoftRanker ranker = new SoftRanker().setHiddenLayers(8).setMaxIter(15);
        var rows = RankRows.of(SyntheticLists.curved(7, 40));
        double[] plain = ranker.fit(rows).coefficients().toArray();
        for (String other : new String[] {"blas", "nd4j", "auto"}) {
            double[] same =
                    ranker.setLinearAlgebra(other).fit(rows).coefficients().toArray();
            assertThat(same).as(other).containsExactly(plain, within(1e-9));
        }
        assertThatThrownBy(() -> ranker.setLinearAlgebra("mkl"))
                .hasMessageContaining("linearAlgebra must be one of plain, blas, nd4j, auto, got 'mkl'");
    }
}
