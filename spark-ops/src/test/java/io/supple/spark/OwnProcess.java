// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command in a JVM of its own, for what happens only where no Spark runs yet.
 *
 * @param code what it ended with; null if it had to be stopped
 * @param err what it said, but for the JVM's own warnings
 */
public record OwnProcess(Integer code, String err) {

    /** Runs a command as {@code bin/supple} does. */
    public static OwnProcess supple(Path folder, Duration longest, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens") || option.startsWith("-XX:+Ignore"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx512m",
                "-Dlog4j2.configurationFile=io/supple/spark/cli/log4j2.properties",
                "-cp",
                System.getProperty("java.class.path"),
                "io.supple.spark.cli.Main"));
        command.addAll(List.of(arguments));
        File err = Files.createTempFile(folder, "err", ".txt").toFile();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err)
                .start();
        boolean ended = process.waitFor(longest.toSeconds(), TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly().waitFor();
        String said = Files.readString(err.toPath(), StandardCharsets.UTF_8).replaceAll("(?m)^WARNING: .*\\R?", "");
        Files.delete(err.toPath());
        return new OwnProcess(ended ? process.exitValue() : null, said);
    }
}
