// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import org.junit.jupiter.api.Test;

/** The fuzz run, for as long as it is told: {@code mvn -Pfuzz -Dfuzz.seed=7 -Dfuzz.minutes=10}. */
class LongFuzz {

    @Test
    void functionsOfARow() throws Exception {
        try (SqlTarget target = new SqlTarget(Sessions.shared().newSession(), 4)) {
            run(target);
        }
    }

    @Test
    void functionsOfAGroup() throws Exception {
        try (GroupTarget target = new GroupTarget(Sessions.shared().newSession(), 4)) {
            run(target);
        }
    }

    private static void run(Target target) throws Exception {
        Tally tally = Run.asTold().against(target);
        assertThat(tally.failures()).as(tally.toString()).isZero();
    }
}
