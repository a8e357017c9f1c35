// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.LinkedHashMap;
import java.util.Map;

/** What came of a run: calls, refusals, and failures, each kind once with its first example. */
final class Tally {

    private record Kind(long times, String example) {}

    private final Map<String, Kind> failures = new LinkedHashMap<>();
    private long calls;
    private long refusals;
    private String current = "";

    /** What is tried next, which failures say in front of their examples. */
    void trying(String what) {
        current = what;
    }

    /** One call was answered. */
    void call(boolean refused) {
        calls++;
        if (refused) refusals++;
    }

    /**
     * A failure.
     *
     * @param kind what failures of one cause have in common
     * @param example how to see it again
     */
    void fail(String kind, String example) {
        failures.merge(
                kind.replaceAll("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?", "#"),
                new Kind(1, current + ": " + example),
                (old, more) -> new Kind(old.times + 1, old.example));
    }

    int failures() {
        return failures.size();
    }

    String summary() {
        return String.format("%,d calls, %,d refusals, %d distinct failures", calls, refusals, failures.size());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(summary());
        failures.forEach((name, kind) -> text.append("\n* ")
                .append(name)
                .append(", ")
                .append(kind.times)
                .append(" times; the first:\n    ")
                .append(kind.example));
        return text.toString();
    }
}
