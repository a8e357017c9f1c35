// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A slice of the fuzz run over SQL functions. */
class SqlFuzzTest {

    private static final Run SLICE = new Run(20_240_229, 0, 25, Duration.ofMinutes(5));

    @Test
    void functionsOfARow() throws Exception {
        try (SqlTarget target = new SqlTarget(Sessions.shared().newSession(), 2)) {
            Tally tally = SLICE.against(target);
            assertThat(tally.failures()).as(tally.toString()).isZero();
        }
    }

    @Test
    void functionsOfAGroup() throws Exception {
        try (GroupTarget target = new GroupTarget(Sessions.shared().newSession(), 2)) {
            Tally tally = SLICE.against(target);
            assertThat(tally.failures()).as(tally.toString()).isZero();
        }
    }
}
