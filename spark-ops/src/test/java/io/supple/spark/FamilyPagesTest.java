// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.ApprovedFile;
import io.supple.Catalogue;
import io.supple.DocumentCode;
import io.supple.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/operators} says of each operator what the catalogue says; {@code -Dapprove=true} writes it. */
class FamilyPagesTest {

    static List<Catalogue.Family> families() {
        return Catalogue.families();
    }

    @ParameterizedTest
    @MethodSource("families")
    void isApproved(Catalogue.Family family) throws IOException {
        Path file = DocumentCode.ROOT.relativize(FamilyPage.file(family));
        ApprovedFile.check(file.toString(), new FamilyPage(family).text(), getClass());
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyOperatorHasAFormulaOrWords(Catalogue.Family family) {
        String text = new FamilyPage(family).text();
        for (Operator operator : family.operators()) {
            int from = text.indexOf("## soft_" + operator.name() + "\n");
            String section = text.substring(from, text.indexOf("| parameter", from));
            assertThat(section.lines().filter(line -> !line.isBlank()).count())
                    .as(section)
                    .isGreaterThan(2);
        }
        assertThat(text).doesNotContain("{@").doesNotContain("<p>").doesNotContain("&gt;");
    }

    @Test
    void noPageIsLeftOver() throws IOException {
        List<String> expected = new ArrayList<>();
        for (Catalogue.Family family : Catalogue.families()) expected.add(family.name() + ".md");
        try (Stream<Path> files = Files.list(DocumentCode.ROOT.resolve("docs/operators"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
