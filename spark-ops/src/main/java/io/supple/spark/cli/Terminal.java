// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** What the user sees while a command works: phases on stderr, each with the time since the start. */
final class Terminal {

    private final PrintWriter err;
    private final long start = System.nanoTime();

    Terminal(PrintWriter err) {
        this.err = err;
    }

    /** Whether a person is watching; the launcher knows. */
    static boolean interactive() {
        return Boolean.getBoolean("supple.interactive");
    }

    /** Tells a phase. */
    void say(String phase) {
        err.printf(Locale.ROOT, "supple: %6.1f s  %s%n", seconds(), phase);
        err.flush();
    }

    /** Since the start. */
    double seconds() {
        return seconds(start);
    }

    static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
