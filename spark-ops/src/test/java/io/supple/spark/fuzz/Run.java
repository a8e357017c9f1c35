// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.time.Duration;
import java.time.Instant;

/**
 * A bounded run against one target.
 *
 * @param seed all choices follow from it
 * @param first number of the first attack
 * @param attacks how many at most
 * @param longest how long at most
 */
record Run(long seed, long first, long attacks, Duration longest) {

    private static final Duration REPORTED = Duration.ofSeconds(30);

    /** As system properties say: fuzz.seed, fuzz.first, fuzz.calls, fuzz.minutes. */
    static Run asTold() {
        return new Run(
                Long.getLong("fuzz.seed", 1),
                Long.getLong("fuzz.first", 0),
                Long.getLong("fuzz.calls", Long.MAX_VALUE),
                Duration.ofSeconds((long) (60 * Double.parseDouble(System.getProperty("fuzz.minutes", "2")))));
    }

    Tally against(Target target) throws Exception {
        Tally tally = new Tally();
        Instant start = Instant.now();
        Instant report = start.plus(REPORTED);
        for (long number = first; number - first < attacks; number++) {
            Instant now = Instant.now();
            if (Duration.between(start, now).compareTo(longest) > 0) break;
            if (now.isAfter(report)) {
                print("fuzz " + target.name() + ": " + tally.summary() + " so far");
                report = now.plus(REPORTED);
            }
            tally.trying("seed " + seed + ", attack " + number);
            target.attack(new Dice(seed, number), tally);
        }
        print("fuzz " + target.name() + ", seed " + seed + ": " + tally.summary() + ", "
                + Duration.between(start, Instant.now()).toSeconds() + " s");
        return tally;
    }

    /** The progress of a run that takes minutes is for who waits for it. */
    private static void print(String line) {
        System.out.println(line);
    }
}
