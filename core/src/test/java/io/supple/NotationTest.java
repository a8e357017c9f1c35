// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of papers in docs/notation.md has every link of the code, and each class that it names is there. */
class NotationTest {

    private static final Path SOURCES = Path.of("src/main/java").toAbsolutePath();
    private static final Path NOTATION = Path.of("../docs/notation.md").toAbsolutePath();
    private static final Pattern LINK = Pattern.compile("https://(?:arxiv\\.org|doi\\.org)/[^\"<)\\s]+");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

    @Test
    void papersAreThoseOfTheCode() throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(SOURCES)) {
            files = tree.filter(file -> file.toString().endsWith(".java")).toList();
        }
        Set<String> cited = new TreeSet<>();
        Set<String> classes = new TreeSet<>();
        for (Path file : files) {
            cited.addAll(found(LINK, Files.readString(file), 0));
            classes.add(file.getFileName().toString().replace(".java", ""));
        }
        String papers = Files.readString(NOTATION).split("## Papers", 2)[1];
        assertThat(found(LINK, papers, 0)).isEqualTo(cited);
        Set<String> named = found(CLASS, papers, 1);
        named.remove(getClass().getSimpleName());
        assertThat(classes).containsAll(named);
    }

    private static Set<String> found(Pattern pattern, String text, int group) {
        Set<String> all = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) all.add(matcher.group(group));
        return all;
    }
}
