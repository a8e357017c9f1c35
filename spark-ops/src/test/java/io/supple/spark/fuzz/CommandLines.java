// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.List;
import java.util.regex.Pattern;

/** What a call of the command line may print. */
final class CommandLines {

    private static final Pattern TRACE = Pattern.compile("(?m)^\\s+at [a-z]+\\.|[A-Za-z]+(Exception|Error): ");
    private static final List<String> NOTHING_SAID =
            List.of("supple: null", "supple: java.", "supple: org.", "supple: scala.");

    private CommandLines() {}

    /** Enters a call that gave its exit code and what it printed to stderr, or was thrown out of. */
    static void judge(Outcome outcome, String err, String example, Tally tally) {
        boolean done = outcome instanceof Outcome.Value value && value.text().startsWith("0");
        tally.call(!done);
        String last =
                err.strip().lines().filter(line -> line.contains("supple")).reduce("", (a, b) -> b);
        if (outcome instanceof Outcome.Hanging hanging) tally.fail("a command hangs", example + hanging.where());
        else if (outcome instanceof Outcome.Thrown thrown) {
            tally.fail("a command throws " + Clarity.account(thrown.thrown()), example);
        } else if (!done && err.isBlank()) tally.fail("a command says nothing", example);
        else if (!done && TRACE.matcher(err).find())
            tally.fail(
                    "a command prints an exception: " + last.replaceAll("\\w*\\d\\w*", "#"), example + "\n    " + err);
        else if (!done && NOTHING_SAID.stream().anyMatch(err::contains)) {
            tally.fail("a command names only a class: " + last, example + "\n    " + err);
        }
    }
}
