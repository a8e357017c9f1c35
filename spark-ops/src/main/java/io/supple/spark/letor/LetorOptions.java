// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The options of a read, checked. */
final class LetorOptions implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What becomes of malformed lines. */
    enum Malformed {
        FAILFAST,
        DROPMALFORMED,
        PERMISSIVE
    }

    private final int numFeatures;
    private final boolean zeroBased;
    private final boolean groups;
    private final boolean recursive;
    private final Malformed malformed;
    private final String corruptColumn;
    private final String glob;

    /**
     * Options by name, whatever their case.
     *
     * @param options a map that is not sensitive to case
     * @param corruptColumn name of the column of malformed lines, if the options do not give it
     */
    LetorOptions(Map<String, String> options, String corruptColumn) {
        numFeatures = number(options.get("numFeatures"));
        zeroBased = flag(options, "zeroBased");
        recursive = flag(options, "recursiveFileLookup");
        groups = one("groups", options.getOrDefault("groups", "auto"), List.of("auto", "none"))
                .equals("auto");
        List<String> modes = List.of("FAILFAST", "DROPMALFORMED", "PERMISSIVE");
        malformed = Malformed.valueOf(
                one("mode", options.getOrDefault("mode", "FAILFAST").toUpperCase(Locale.ROOT), modes));
        this.corruptColumn = options.getOrDefault("columnNameOfCorruptRecord", corruptColumn);
        glob = options.get("pathGlobFilter");
        for (String name : List.of("label", "qid", "features", "comment")) {
            if (malformed == Malformed.PERMISSIVE && name.equalsIgnoreCase(this.corruptColumn)) {
                throw refuse("columnNameOfCorruptRecord", "a new name", name);
            }
        }
    }

    private static int number(String value) {
        if (value == null) return LetorLine.ANY;
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= 0) return number;
        } catch (NumberFormatException e) {
            throw refuse("numFeatures", "a whole number >= 0", value);
        }
        throw refuse("numFeatures", "a whole number >= 0", value);
    }

    private static boolean flag(Map<String, String> options, String name) {
        String value = options.getOrDefault(name, "false").toLowerCase(Locale.ROOT);
        return one(name, value, List.of("true", "false")).equals("true");
    }

    private static String one(String name, String value, List<String> allowed) {
        String same = value.strip();
        if (!allowed.contains(same)) throw refuse(name, "one of " + String.join(", ", allowed), value);
        return same;
    }

    private static IllegalArgumentException refuse(String name, String allowed, String got) {
        return new IllegalArgumentException("letor: " + name + " must be " + allowed + ", got '" + got + "'");
    }

    /** How many features there are, or {@link LetorLine#ANY}. */
    int numFeatures() {
        return numFeatures;
    }

    boolean zeroBased() {
        return zeroBased;
    }

    /** Whether files beside the data may count the rows of queries. */
    boolean groups() {
        return groups;
    }

    boolean recursive() {
        return recursive;
    }

    Malformed malformed() {
        return malformed;
    }

    /** The column of malformed lines, which is there if they are kept. */
    String corruptColumn() {
        return corruptColumn;
    }

    /** What names of files must match, or null. */
    String glob() {
        return glob;
    }
}
