// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.List;

/** Whether an outcome is one that a caller may see. */
final class Verdict {

    private Verdict() {}

    /**
     * Enters an outcome, and a failure if it is none that a caller may see.
     *
     * @param subject what was called, as failures name it
     * @param name in whose name a refusal must speak
     * @param params one of which it must name
     * @param example how to see it again
     */
    static void enter(Tally tally, String subject, Outcome outcome, String name, List<String> params, String example) {
        tally.call(!(outcome instanceof Outcome.Value));
        if (outcome instanceof Outcome.Hanging hanging) {
            tally.fail(subject + " hangs", example + "\n    " + hanging.where());
        } else if (outcome instanceof Outcome.Thrown thrown) {
            String complaint = Clarity.complaint(thrown.thrown(), name, params);
            if (complaint == null) return;
            String account = Clarity.account(thrown.thrown());
            tally.fail(
                    complaint + ": " + account.replaceFirst(": [a-z_]+: ", ": ").replace(name, "FUNCTION"),
                    example + "\n    " + account);
        }
    }
}
