// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineStage;

/** The stages of the package, found in its classes and not in a list that someone keeps. */
final class Stages {

    private Stages() {}

    static List<Class<? extends PipelineStage>> classes() {
        try (Stream<Path> files = Files.list(
                Path.of(SoftRank.class.getResource("SoftRank.class").toURI()).getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.startsWith("package-info"))
                    .map(name -> named(name.substring(0, name.length() - ".class".length())))
                    .filter(type ->
                            PipelineStage.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .<Class<? extends PipelineStage>>map(type -> type.asSubclass(PipelineStage.class))
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> named(String simpleName) {
        try {
            return Class.forName(SoftRank.class.getPackageName() + "." + simpleName);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
