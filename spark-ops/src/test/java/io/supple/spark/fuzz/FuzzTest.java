// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slice of the fuzz run against each target. */
class FuzzTest {

    private static final long SEED = 20_240_229;

    @TempDir
    private Path folder;

    private static void slice(Target target, int attacks) throws Exception {
        Tally tally = new Run(SEED, 0, attacks, Duration.ofMinutes(5)).against(target);
        assertThat(tally.failures()).as(tally.toString()).isZero();
    }

    @Test
    void functionsOfARow() throws Exception {
        try (SqlTarget target = new SqlTarget(Sessions.shared().newSession(), 2)) {
            slice(target, 12);
        }
    }

    @Test
    void functionsOfAGroup() throws Exception {
        try (GroupTarget target = new GroupTarget(Sessions.shared().newSession(), 2)) {
            slice(target, 5);
        }
    }

    @Test
    void stages() throws Exception {
        try (StageTarget target = new StageTarget(folder)) {
            slice(target, 12);
        }
    }

    @Test
    void letorFiles() throws Exception {
        try (LetorTarget target = new LetorTarget(folder)) {
            slice(target, 8);
        }
    }

    @Test
    void savedStages() throws Exception {
        try (SavedTarget target = new SavedTarget(folder)) {
            slice(target, 12);
        }
    }

    @Test
    void commandLines() throws Exception {
        try (CliTarget target = new CliTarget(folder)) {
            slice(target, 30);
        }
    }
}
