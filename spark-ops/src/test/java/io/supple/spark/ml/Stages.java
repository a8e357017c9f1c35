// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.PipelineStage;

/** The stages of the package, found in its classes and not in a list that someone keeps. */
final class Stages {

    private Stages() {}

    static List<Class<? extends PipelineStage>> classes() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackagesOf(SoftRank.class)
                        .stream()
                        .filter(type -> type.isAssignableTo(PipelineStage.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .<Class<? extends PipelineStage>>map(
                                type -> type.reflect().asSubclass(PipelineStage.class))
                        .toList();
    }
}
