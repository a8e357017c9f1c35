// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fuzz run, for as long as it is told: {@code mvn -Pfuzz -Dfuzz.seed=7 -Dfuzz.minutes=10}. */
class LongFuzz {

    @TempDir
    private Path folder;

    private static void run(Target target) throws Exception {
        Tally tally = Run.asTold().against(target);
        assertThat(tally.failures()).as(tally.toString()).isZero();
    }

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

    @Test
    void stages() throws Exception {
        try (StageTarget target = new StageTarget(folder)) {
            run(target);
        }
    }

    @Test
    void letorFiles() throws Exception {
        try (LetorTarget target = new LetorTarget(folder)) {
            run(target);
        }
    }

    @Test
    void savedStages() throws Exception {
        try (SavedTarget target = new SavedTarget(folder)) {
            run(target);
        }
    }

    @Test
    void commandLines() throws Exception {
        try (CliTarget target = new CliTarget(folder)) {
            run(target);
        }
    }

    @Test
    void starts() throws Exception {
        run(new StartTarget(folder));
    }
}
