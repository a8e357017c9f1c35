// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.DocumentCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents link to inside the project is there. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String folder : List.of("docs", "datasets", "notebooks")) {
            try (Stream<Path> files = Files.walk(DocumentCode.ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(all::add);
            }
        }
        for (String name : List.of(
                "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "llms.txt", "python/README.md")) {
            all.add(DocumentCode.ROOT.resolve(name));
        }
        return all;
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                if (link.group(1).matches("(https?|mailto):.*") || leads(document, link.group(1))) continue;
                broken.add(DocumentCode.ROOT.relativize(document) + ": " + link.group(1));
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leads(Path document, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        if (!Files.exists(file)) return false;
        if (parts.length == 1) return true;
        Matcher heading = HEADING.matcher(Files.readString(file));
        while (heading.find()) if (anchor(heading.group(1)).equals(parts[1])) return true;
        return false;
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
    }
}
