// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How a command gets its Spark session. */
final class SparkOptions {

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
        settings.forEach(builder::config);
        terminal.say("starting Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION() + " on " + chosen);
        SparkSession session = builder.getOrCreate();
        terminal.say("Spark is ready");
        return session;
    }
}
