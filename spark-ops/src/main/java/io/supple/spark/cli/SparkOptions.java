// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How a command gets its Spark session. */
final class SparkOptions {

    private static final String LOCAL_DIR = "spark.local.dir";

    /** Keys whose values Spark does not show either (its {@code spark.redaction.regex}). */
    private static final Pattern SECRET = Pattern.compile("(?i)secret|password|token|access[.]?key");

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark master; by default that of spark-submit, else local[*] inside this process.")
    private String master;

    @Option(names = "--conf", paramLabel = "KEY=VALUE", description = "A Spark setting; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Read from the parsed call once a command has failed. */
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--verbose", description = "Print stack traces of failures.")
    private boolean verbose;

    static boolean verbose(CommandLine command) {
        return command.getParseResult().hasMatchedOption("--verbose");
    }

    /** A new session, or the one that runs already. */
    SparkSession session(Terminal terminal) {
        return session(terminal, Map.of());
    }

    /** The same, with settings that a command likes better than Spark's own and that the user has not chosen. */
    SparkSession session(Terminal terminal, Map<String, String> preferred) {
        String chosen = master != null ? master : System.getProperty("spark.master", "local[*]");
        SparkSession.Builder builder = SparkSession.builder().appName("supple").master(chosen);
        if (chosen.startsWith("local")) {
            builder.config("spark.ui.enabled", "false")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config(
                            "spark.sql.shuffle.partitions",
                            String.valueOf(4 * Runtime.getRuntime().availableProcessors()))
                    // fewer, of unequal sizes, would leave cores without work at the end of a stage
                    .config(
                            "spark.sql.adaptive.coalescePartitions.minPartitionNum",
                            String.valueOf(2 * Runtime.getRuntime().availableProcessors()))
                    .config("spark.ui.showConsoleProgress", String.valueOf(Terminal.interactive()));
        }
        preferred.forEach((key, value) -> {
            if (System.getProperty(key) == null) builder.config(key, value); // spark-submit leaves its settings there
        });
        settings.forEach((key, value) -> {
            if (key.isBlank()) throw new Failures.UsageException("--conf must be KEY=VALUE, got '=" + value + "'");
            builder.config(key, value);
        });
        if (settings.containsKey(LOCAL_DIR) && chosen.startsWith("local")) localDir(settings.get(LOCAL_DIR));
        terminal.say("starting Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION() + " on " + chosen);
        try {
            SparkSession session = builder.getOrCreate();
            session.conf().getAll(); // what a session is made of is looked at only when it is asked for
            terminal.say("Spark is ready");
            return session;
        } catch (Exception refused) { // among them SparkException, which Spark does not declare
            throw notStarted(chosen, refused);
        }
    }

    /** Without a folder for its temporary files Spark would end the process and leave the reason to its log. */
    private static void localDir(String folders) {
        if (Stream.of(folders.split(",", -1)).anyMatch(SparkOptions::writable)) return; // Spark takes those that are
        throw new Failures.UsageException(
                "--conf " + LOCAL_DIR + " must name a folder that can be written, got '" + folders + "'");
    }

    private static boolean writable(String folder) {
        try {
            return Files.isWritable(Files.createDirectories(Path.of(folder)));
        } catch (IOException | InvalidPathException unusable) {
            return false;
        }
    }

    /** That a cluster is not there is no mistake in the call; anything else is. */
    private RuntimeException notStarted(String chosen, Exception refused) {
        Map<String, String> shown = new LinkedHashMap<>(settings);
        shown.replaceAll((key, value) -> SECRET.matcher(key).find() ? "(not shown)" : value);
        String message = "--master and --conf must be such that Spark starts, got --master '" + chosen + "'"
                + (shown.isEmpty() ? "" : " and --conf " + shown) + ": " + Failures.deepest(refused);
        return chosen.contains("://")
                ? new Failures.JobException(message, refused)
                : new Failures.UsageException(message, refused);
    }
}
