// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Alters the files of something that was saved. */
final class Damage {

    private static final Pattern VALUE = Pattern.compile("(?<=:)(\"[^\"]*\"|[-0-9.eE]+|true|false|\\[[^\\[\\]]*\\])");
    private static final Pattern NAME = Pattern.compile("\"[A-Za-z]+\"(?=:)");
    private static final List<String> VALUES = List.of(
            "null",
            "-1",
            "0",
            "1e308",
            "\"NaN\"",
            "\"text\"",
            "\"\"",
            "true",
            "[]",
            "[1.5]",
            "[null]",
            "[\"a\"]",
            "{}",
            "{\"type\":1,\"values\":[1.0]}",
            "99999999999999999999",
            "\"\\u0000\"",
            "[[1]]",
            "\"java.lang.Runtime\"",
            "[1.0,2.0,3.0,4.0]",
            "[\"NaN\"]",
            "\"java.lang.String\"",
            "[1,2,3]");

    private final Dice dice;

    Damage(Dice dice) {
        this.dice = dice;
    }

    /** Damages one file below the folder; says how. */
    String to(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = new ArrayList<>(all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".crc"))
                    .sorted()
                    .toList());
            files.removeIf(file -> file.getFileName().toString().startsWith("_") && dice.percent(90));
        }
        Path file = dice.of(files);
        Path sum = file.resolveSibling("." + file.getFileName() + ".crc");
        boolean checked = dice.percent(10) && Files.exists(sum); // Hadoop then sees the damage by itself
        if (!checked) Files.deleteIfExists(sum);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        String altered = dice.from(
                () -> text.substring(0, dice.below(text.length() + 1)),
                () -> replaced(VALUE, text, dice.of(VALUES)),
                () -> replaced(VALUE, text, dice.of(VALUES)),
                () -> replaced(VALUE, text, dice.of(VALUES)),
                () -> replaced(NAME, text, dice.of("\"depth\"", "\"\"", "\"class\"", "\"paramMap\"")),
                () -> text.replace("io.supple.spark", "io.supple.park"),
                () -> text + text,
                () -> null);
        byte[] written = altered == null ? flipped(bytes) : altered.getBytes(StandardCharsets.UTF_8);
        if (dice.percent(2)) Files.delete(file);
        else Files.write(file, written);
        String said = new String(written, StandardCharsets.UTF_8).strip();
        return folder.relativize(file) + " is now " + said.substring(0, Math.min(said.length(), 1200));
    }

    private String replaced(Pattern what, String text, String by) {
        List<MatchResult> found = what.matcher(text).results().toList();
        if (found.isEmpty()) return by;
        MatchResult one = dice.of(found);
        return text.substring(0, one.start()) + by + text.substring(one.end());
    }

    private byte[] flipped(byte[] bytes) {
        byte[] altered = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < 3 && altered.length > 0; i++) altered[dice.below(altered.length)] = (byte) dice.below(256);
        return altered;
    }
}
