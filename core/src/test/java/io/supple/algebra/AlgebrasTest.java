// SPDX-License-Identifier: Apache-2.0
package io.supple.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who multiplies, where what was asked for is absent. */
class AlgebrasTest {

    private static final ClassLoader LOADER = AlgebrasTest.class.getClassLoader();

    /** There, and of no use. */
    public static final class Broken implements LinearAlgebra {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public String missing() {
            return "broken: a library must be there, got none";
        }

        @Override
        public Rows load(double[] x, int n, int d) {
            throw new UnsupportedOperationException(missing());
        }

        @Override
        public Product product(double[] w, int d, int h) {
            throw new UnsupportedOperationException(missing());
        }
    }

    @Test
    void plainJavaIsAlwaysThere() {
        assertThat(Algebras.first(LOADER).algebra()).isInstanceOf(PlainAlgebra.class);
        assertThat(Algebras.first(LOADER, "plain").instead()).isNull();
    }

    @Test
    void theNextIsTakenWithAReason(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(LinearAlgebra.class.getName()), "no.such.Algebra\n" + Broken.class.getName());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, LOADER)) {
            Algebras.Choice choice = Algebras.first(loader, "absent", "broken", "plain");
            assertThat(choice.algebra().name()).isEqualTo("plain");
            assertThat(choice.instead())
                    .startsWith("linear algebra 'absent' must be on the class path, got none")
                    .endsWith("; broken: a library must be there, got none");
            assertThat(Algebras.first(loader, "plain", "broken").instead()).isNull();
        }
    }

    @Test
    void plainRowsHoldNothing() {
        double[] x = {1, 2, 3, 4};
        double[] y = new double[1];
        LinearAlgebra plain = new PlainAlgebra();
        try (LinearAlgebra.Rows rows = plain.load(x, 2, 2);
                LinearAlgebra.Product product = plain.product(new double[] {10, 1}, 2, 1)) {
            product.forward(rows, 1, 1, y);
            assertThat(y).containsExactly(34);
            double[] g = {1, 1};
            product.vjp(rows, 1, 1, new double[] {2}, g);
            assertThat(g).containsExactly(7, 9);
            assertThat(rows.bytes()).isZero();
        }
    }
}
