// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.spark.OwnProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Masters and settings of a Spark that is not there yet: each command starts in a process of its own. */
final class StartTarget implements Target {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Path folder;

    StartTarget(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "commands in their own processes";
    }

    @Override
    public void attack(Dice dice, Tally tally) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sql", "SELECT soft_rank(array(1D, 2D))"));
        if (dice.percent(50)) line.addAll(List.of("--master", CommandLines.master(dice)));
        if (dice.percent(70)) line.addAll(List.of("--conf", CommandLines.setting(dice)));
        OwnProcess done = OwnProcess.supple(folder, LONGEST, line.toArray(String[]::new));
        Outcome outcome = done.code() == null
                ? new Outcome.Hanging(done.err())
                : new Outcome.Value(done.code().toString(), false);
        CommandLines.judge(outcome, done.err(), line.toString(), tally);
        if (done.code() != null && (done.code() < 0 || done.code() > 2))
            tally.fail("exit code " + done.code(), line + "\n    " + done.err());
    }
}
