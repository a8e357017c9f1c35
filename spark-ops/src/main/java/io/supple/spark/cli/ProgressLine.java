// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.spark.rank.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Where a training stands: one line that changes where a person watches, a line for each iteration where none does. */
final class ProgressLine implements Progress {

    private static final String CLEAR = "\r\u001B[K";

    private final PrintWriter err;
    private final boolean interactive;
    private final Terminal terminal;
    private String stage = "";
    private boolean open;

    ProgressLine(Terminal terminal, PrintWriter err, boolean interactive) {
        this.terminal = terminal;
        this.err = err;
        this.interactive = interactive;
    }

    @Override
    public void after(Iteration at) {
        if (!at.stage().equals(stage)) {
            close();
            stage = at.stage();
        }
        String line = String.format(
                Locale.ROOT,
                "supple: %6.1f s  %s  iteration %d of at most %d  objective %.6g  %s",
                terminal.seconds(),
                at.stage(),
                at.number(),
                at.most(),
                at.objective(),
                ndcg(at));
        if (interactive) {
            err.print(CLEAR + line);
            open = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    private static String ndcg(Iteration at) {
        boolean validated = !Double.isNaN(at.validationNdcg());
        return String.format(
                Locale.ROOT,
                "%s NDCG@%d %.4f",
                validated ? "validation" : "training",
                at.cutoff(),
                validated ? at.validationNdcg() : at.trainingNdcg());
    }

    /** Ends the line that changes, so that others can follow. */
    void close() {
        if (open) err.println();
        err.flush();
        open = false;
    }
}
