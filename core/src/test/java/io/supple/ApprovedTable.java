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

    private static final int SHOWN = 40;

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

    /** The lines between what both begin and what both end with, at most {@value #SHOWN} of each. */
    static String difference(String was, String now) {
        List<String> before = was.lines().toList();
        List<String> after = now.lines().toList();
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) head++;
        int tail = 0;
        while (tail < shorter - head && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail)))
            tail++;
        StringBuilder lines = new StringBuilder();
        marked(lines, "- ", before.subList(head, before.size() - tail));
        marked(lines, "+ ", after.subList(head, after.size() - tail));
        return lines.toString();
    }

    private static void marked(StringBuilder lines, String mark, List<String> some) {
        some.stream()
                .limit(SHOWN)
                .forEach(line -> lines.append(mark).append(line).append('\n'));
        if (some.size() > SHOWN) lines.append(mark).append("...\n");
    }
}
