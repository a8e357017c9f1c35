// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/** A script of this repository that a suite runs: it ends with 77 where the machine has not what it needs. */
record BuildScript(String subject, int exit, String said) {

    private static final int LACKING = 77;
    private static final long MINUTES = 30;

    /** Runs it to its end, from the module's folder; {@code subject} is what a skip is called by. */
    static BuildScript run(String subject, String script, String... arguments)
            throws IOException, InterruptedException {
        File log = Files.createTempFile("supple-script", ".log").toFile();
        ProcessBuilder command = new ProcessBuilder(
                Stream.concat(Stream.of("bash", script), Stream.of(arguments)).toList());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process running = command.redirectErrorStream(true).redirectOutput(log).start();
        if (!running.waitFor(MINUTES, TimeUnit.MINUTES)) {
            running.destroy();
            fail("%s took longer than %s minutes:\n%s", script, MINUTES, Files.readString(log.toPath()));
        }
        return new BuildScript(
                subject, running.exitValue(), Files.readString(log.toPath()).strip());
    }

    boolean lacks() {
        return exit == LACKING;
    }

    /** The skip for what the script lacked, which it said in its last line. */
    List<DynamicNode> skipped() {
        return skipped(subject, said.substring(said.lastIndexOf('\n') + 1));
    }

    /** One test that is skipped, since a factory that is would not be counted. */
    static List<DynamicNode> skipped(String subject, String why) {
        String message = "SKIPPED: " + subject + ": " + why;
        System.out.println(message);
        return List.of(DynamicTest.dynamicTest(subject, () -> Assumptions.abort(message)));
    }
}
