// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is said where parts are not on the class path. */
class ClassPathTest {

    private static URLClassLoader without(Predicate<String> left) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            boolean tests = path.endsWith("test-classes");
            if (!tests && !left.test(entry)) urls.add(path.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** What {@code Algebras.first(loader, "nd4j")} says, in the classes of that loader. */
    private static String chosen(URLClassLoader loader) throws ReflectiveOperationException {
        Class<?> algebras = loader.loadClass("io.supple.algebra.Algebras");
        Object choice = algebras.getMethod("first", ClassLoader.class, String[].class)
                .invoke(null, loader, new String[] {"nd4j"});
        Object algebra = choice.getClass().getMethod("algebra").invoke(choice);
        String name = (String) loader.loadClass("io.supple.algebra.LinearAlgebra")
                .getMethod("name")
                .invoke(algebra);
        return name + ", " + choice.getClass().getMethod("instead").invoke(choice);
    }

    @Test
    void withoutABackendTheArtifactToAddIsNamed() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = without(jar -> jar.contains("nd4j-native"))) {
            assertThat(chosen(loader))
                    .startsWith("plain, ND4J: a backend must be on the class path and load, got ")
                    .contains("org.nd4j:nd4j-native-platform:1.0.0-M2.1")
                    .contains("org.nd4j:nd4j-cuda-11.6-platform:1.0.0-M2.1");
            Object algebra = loader.loadClass("io.supple.nd4j.Nd4jAlgebra")
                    .getDeclaredConstructor()
                    .newInstance();
            try {
                algebra.getClass()
                        .getMethod("load", double[].class, int.class, int.class)
                        .invoke(algebra, new double[1], 1, 1);
                throw new AssertionError("loaded without a backend");
            } catch (InvocationTargetException refused) {
                assertThat(refused.getCause())
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("nd4j-native-platform");
            }
        }
    }

    @Test
    void withoutNd4jAltogetherTooAndItIsNotNeededToSayIt() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = without(jar -> jar.contains("nd4j-") && jar.endsWith(".jar"))) {
            assertThat(chosen(loader)).startsWith("plain, ").contains("nd4j");
        }
    }

    @Test
    void withoutThisArtifactPlainJavaIsLeft() throws IOException, ReflectiveOperationException {
        String own = Path.of("target", "classes").toAbsolutePath().toString();
        try (URLClassLoader loader = without(jar -> jar.startsWith(own) || jar.contains("supple-nd4j"))) {
            assertThat(chosen(loader)).startsWith("plain, linear algebra 'nd4j' must be on the class path, got none");
        }
    }
}
