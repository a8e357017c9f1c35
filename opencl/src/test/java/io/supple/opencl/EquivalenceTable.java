// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import io.supple.Method;
import io.supple.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a contract run found, by operator and mode: the table of docs/gpu.md. */
final class EquivalenceTable {

    private final Map<String, Map<String, Difference>> found = new TreeMap<>();
    private String device = "";

    /**
     * Notes what was found of a case, under whatever size of work-groups, softness and standardisation.
     *
     * @param there whether any of its rows was computed on the device
     */
    synchronized void add(String on, RowCases.Case c, Difference difference, boolean there) {
        device = on;
        List<String> words = List.of(c.mode().split(" ", -1));
        String mode = words.stream()
                .filter(word -> label(Mode.values(), word))
                .findFirst()
                .orElseThrow();
        String method = words.stream()
                .filter(word -> label(Method.values(), word))
                .findFirst()
                .map(word -> " by " + word)
                .orElse("");
        Map<String, Difference> modes = found.computeIfAbsent(c.name() + method, name -> new TreeMap<>());
        if (there) modes.computeIfAbsent(mode, name -> new Difference()).join(difference);
    }

    private static boolean label(Enum<?>[] values, String word) {
        for (Enum<?> value : values) if (value.name().toLowerCase(Locale.ROOT).equals(word)) return true;
        return false;
    }

    /** Largest differences in values / in gradients; where the JVM computed all rows, its name. */
    private String text() {
        List<String> modes = new ArrayList<>();
        for (Mode mode : Mode.values())
            if (mode != Mode.HARD) modes.add(mode.name().toLowerCase(Locale.ROOT));
        StringBuilder text = new StringBuilder(device + "\n\n| | " + String.join(" | ", modes) + " | rows |\n|---|");
        text.append("---|".repeat(modes.size() + 1)).append('\n');
        found.forEach((name, byMode) -> {
            int rows = 0;
            text.append("| `").append(name.replace(" by ", "` by `")).append("` |");
            for (String mode : modes) {
                Difference d = byMode.get(mode);
                text.append(d == null ? " JVM |" : " " + number(d.values) + " / " + number(d.gradients) + " |");
                rows += d == null ? 0 : d.rows;
            }
            text.append(' ').append(rows).append(" |\n");
        });
        return text.toString();
    }

    private static String number(double difference) {
        return difference == 0 ? "0" : String.format(Locale.ROOT, "%.0e", difference);
    }

    /** Prints it, and writes it to target. */
    void publish() throws IOException {
        if (found.isEmpty()) return;
        System.out.println(text());
        Files.writeString(Path.of("target", "equivalence.md"), text());
    }
}
