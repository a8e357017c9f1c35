// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A table of a Markdown document that a test computes. It stands between two comments, {@code <!-- table: name -->} and
 * {@code <!-- end: name -->}; {@code -Dapprove=true} writes it there.
 */
public final class ApprovedTable {

    private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();

    private ApprovedTable() {}

    /** Rows by columns, each cell asked for by its column and its row. */
    public static <R> String of(String corner, List<String> columns, List<R> rows, Function<R, List<String>> cells) {
        StringBuilder table = new StringBuilder();
        List<String> head = new ArrayList<>(List.of(corner));
        head.addAll(columns);
        line(table, head);
        table.append("|---".repeat(head.size())).append("|\n");
        for (R row : rows) line(table, cells.apply(row));
        return table.toString();
    }

    private static void line(StringBuilder table, List<String> cells) {
        for (String cell : cells) table.append("| ").append(cell).append(' ');
        table.append("|\n");
    }

    /** Compares the named table of {@code docs/document} with what it is now, or writes it. */
    public static synchronized void check(String document, String name, String now) throws IOException {
        Path file = DOCS.resolve(document);
        String text = Files.readString(file);
        String begin = "<!-- table: " + name + " -->\n";
        String end = "<!-- end: " + name + " -->";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end);
        if (from < begin.length() || to < from) fail("docs/%s has no comments about the table '%s'", document, name);
        String was = text.substring(from, to);
        if (was.equals(now)) return;
        if (Boolean.getBoolean("approve")) {
            Files.writeString(file, text.substring(0, from) + now + text.substring(to));
        } else {
            fail(
                    "Table '%s' of docs/%s is not what is computed now:%n%s%nIf the change is wanted, run this test with"
                            + " -Dapprove=true and look at the difference before you commit it.",
                    name, document, difference(was, now));
        }
    }

    private static String difference(String was, String now) {
        List<String> before = was.lines().toList();
        List<String> after = now.lines().toList();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            String a = i < before.size() ? before.get(i) : "";
            String b = i < after.size() ? after.get(i) : "";
            if (!a.equals(b))
                lines.append("- ").append(a).append("\n+ ").append(b).append('\n');
        }
        return lines.toString();
    }
}
