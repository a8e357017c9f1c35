// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;

/** Spark's unstable interfaces are met in one package; arrows go from commands to stages and jobs to SQL to core. */
class SparkArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.supple.spark");

    @Test
    void catalystIsMetInOnePackage() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.supple.spark.ml..",
                        "io.supple.spark.rank..",
                        "io.supple.spark.optimize..",
                        "io.supple.spark.job..",
                        "io.supple.spark.report..",
                        "io.supple.spark.bench..",
                        "io.supple.spark.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.spark.sql.catalyst..")
                .check(CLASSES);
    }

    /** The connector interface, which is public, hands over rows; they are all of Catalyst that a data source needs. */
    @Test
    void aDataSourceKnowsOfCatalystTheRow() {
        noClasses()
                .that()
                .resideInAPackage("io.supple.spark.letor..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.apache.spark.sql.catalyst..")
                        .and(not(type(InternalRow.class)))
                        .and(not(type(GenericInternalRow.class))))
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.spark.sql.execution..")
                .check(CLASSES);
    }

    @Test
    void arrowsGoDownward() {
        noClasses()
                .that()
                .resideInAPackage("io.supple.spark")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.supple.spark.ml..",
                        "io.supple.spark.rank..",
                        "io.supple.spark.optimize..",
                        "io.supple.spark.job..",
                        "io.supple.spark.letor..",
                        "io.supple.spark.report..",
                        "io.supple.spark.bench..",
                        "io.supple.spark.cli..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.supple.spark.ml..",
                        "io.supple.spark.rank..",
                        "io.supple.spark.optimize..",
                        "io.supple.spark.job..",
                        "io.supple.spark.letor..",
                        "io.supple.spark.report..",
                        "io.supple.spark.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.supple.spark.cli..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("io.supple.spark.ml..", "io.supple.spark.optimize..", "io.supple.spark.job..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.supple.spark.rank..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.supple.spark.optimize..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.supple.spark.optimize..", "java..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.supple.spark..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.supple.kernel..")
                .check(CLASSES);
    }
}
