// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the code uses of Spark's internals is what docs/catalyst-internals.md says, no more and no less. */
class CatalystInternalsTest {

    private static final Path DOCUMENT = Path.of("../docs/catalyst-internals.md");
    private static final Path TESTS = Path.of("src/test/java");
    private static final String SPARK = "org.apache.spark.";

    /** Spark's public packages. What is private or unstable inside them, the document lists by hand. */
    private static final Pattern PUBLIC = Pattern.compile(
            "((storage|rdd|api\\.java|api\\.java\\.function|ml|ml\\.(param|linalg|attribute|classification|evaluation|feature|tuning)"
                    + "|sql|sql\\.(types|api\\.java|expressions|sources|util|connector\\.[a-z.]+))\\.)?"
                    + "[A-Za-z]\\w*\\$?(\\$\\w+\\$?)?");

    /** Of the document: {@code | `class` | `member`, `member` | what for | `Test`, `Test` |}. */
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|([^|]*)\\|[^|]+\\|([^|]+)\\|");

    /** The members of each class of Spark that our classes call or read; none where only the type is named. */
    private static Map<String, Set<String>> used() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass ours : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.supple.spark")) {
            for (Dependency dependency : ours.getDirectDependenciesFromSelf()) {
                of(dependency.getTargetClass().getBaseComponentType(), used);
            }
            for (JavaAccess<?> access : ours.getAccessesFromSelf()) {
                String member = access.getTarget().getName();
                of(access.getTargetOwner(), used).add(member.equals("<init>") ? "new" : member);
            }
        }
        assertThat(used).isNotEmpty();
        return used;
    }

    private static Set<String> of(JavaClass type, Map<String, Set<String>> used) {
        if (!type.getName().startsWith(SPARK)) return new TreeSet<>();
        return used.computeIfAbsent(type.getName().substring(SPARK.length()), name -> new TreeSet<>());
    }

    private static Set<String> quoted(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Matcher> rows() throws IOException {
        List<Matcher> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .map(ROW::matcher)
                .toList();
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.matches())
                        .as("has four columns: %s", row)
                        .isTrue());
        return rows;
    }

    @Test
    void theDocumentListsThem() throws IOException {
        Map<String, Set<String>> used = used();
        Map<String, Set<String>> listed = new TreeMap<>();
        for (Matcher row : rows()) {
            String type = row.group(1);
            assertThat(listed.put(type, quoted(row.group(2))))
                    .as("%s is listed once", type)
                    .isNull();
            if (!used.containsKey(type)) continue;
            // of a public class only what is unstable is listed
            if (PUBLIC.matcher(type).matches()) {
                assertThat(used.get(type)).as("members used of %s", type).containsAll(listed.get(type));
                used.put(type, listed.get(type));
            }
        }
        used.keySet().removeIf(type -> PUBLIC.matcher(type).matches() && !listed.containsKey(type));
        List<String> code = lines(used);
        List<String> rows = lines(listed);
        assertThat(code.stream().filter(row -> !rows.contains(row)))
                .as(
                        "uses of Spark's internals that %s lacks: say there what for, and which test fails when Spark changes",
                        DOCUMENT)
                .isEmpty();
        assertThat(rows.stream().filter(row -> !code.contains(row)))
                .as("rows of %s that no class uses so any more", DOCUMENT)
                .isEmpty();
    }

    private static List<String> lines(Map<String, Set<String>> uses) {
        return uses.entrySet().stream()
                .map(use -> "| `" + use.getKey() + "` | "
                        + use.getValue().stream()
                                .map(member -> "`" + member + "`")
                                .collect(Collectors.joining(", "))
                        + " |")
                .toList();
    }

    @Test
    void everyUseIsGuardedByTestsThatExist() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(TESTS)) {
            tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java") || name.endsWith("Contract.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        for (Matcher row : rows()) {
            assertThat(quoted(row.group(3)))
                    .as("tests that guard %s", row.group(1))
                    .isNotEmpty()
                    .isSubsetOf(tests);
        }
    }
}
