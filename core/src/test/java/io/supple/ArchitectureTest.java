// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The floors of the house, and the size of its rooms. */
class ArchitectureTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int LONGEST = 400;

    /** Found by name, where the Vector API is there. */
    private static final String VECTORS = "io\\.supple\\.kernel\\.Vector(Lanes|Pairs|Rows|Steps)";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.supple");

    @Test
    void arrowsGoDownward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("operators")
                .definedBy("io.supple")
                .layer("order")
                .definedBy("io.supple.order")
                .layer("tensor")
                .definedBy("io.supple.tensor")
                .layer("kernel")
                .definedBy("io.supple.kernel")
                .layer("device")
                .definedBy("io.supple.device")
                .whereLayer("operators")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("order")
                .mayOnlyBeAccessedByLayers("operators")
                .whereLayer("tensor")
                .mayOnlyBeAccessedByLayers("operators", "order")
                .whereLayer("device")
                .mayOnlyBeAccessedByLayers("operators", "order", "tensor")
                .whereLayer("kernel")
                .mayOnlyBeAccessedByLayers("operators", "order", "device")
                .check(CLASSES);
    }

    @Test
    void coreKnowsNothingButTheJdk() {
        noClasses()
                .that()
                .haveNameNotMatching(VECTORS)
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.supple..", "java..")
                .check(CLASSES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.supple..", "java..", "jdk.incubator.vector..")
                .check(CLASSES);
        noClasses()
                .that()
                .haveNameNotMatching(VECTORS)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(VECTORS)
                .check(CLASSES);
    }

    @Test
    void kernelsAreArraysAndLoops() {
        noClasses()
                .that()
                .resideInAPackage("io.supple.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.stream..", "java.util.function..")
                .check(CLASSES);
    }

    @Test
    void nobodyPrints() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    /** {@code sum = sum.add(x)} makes objects once Spark has shown the Vector API another species: see VectorLanes. */
    @Test
    void vectorsThatLoopsCarryAreArguments() throws IOException {
        Pattern receiver = Pattern.compile("\\b(\\w+) = \\1\\.\\w+\\(");
        int vectors = 0;
        for (Path file : sources()) {
            if (!file.getFileName().toString().matches("Vector(Lanes|Pairs|Rows|Steps)\\.java")) continue;
            vectors++;
            assertThat(receiver.matcher(Files.readString(file)).results().map(MatchResult::group))
                    .as(file.toString())
                    .isEmpty();
        }
        assertThat(vectors).isEqualTo(4);
    }

    static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !ROOT.relativize(f).toString().contains("target"))
                    .toList();
        }
    }

    @Test
    void filesAreShort() throws IOException {
        assertThat(sources()).hasSizeGreaterThan(60);
        for (Path source : sources()) {
            assertThat(Files.readAllLines(source))
                    .as(ROOT.relativize(source).toString())
                    .hasSizeLessThanOrEqualTo(LONGEST);
        }
    }

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        for (Path source : sources()) {
            if (!source.toString().contains("src/main/java")) continue;
            assertThat(source.resolveSibling("package-info.java"))
                    .as("package of " + source.getFileName())
                    .exists();
        }
    }
}
