// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.Nearest;
import io.supple.device.DeviceException;
import io.supple.device.Devices;
import io.supple.spark.bench.Benchmark;
import io.supple.spark.bench.DeviceRace;
import io.supple.spark.bench.RankerBenchmark;
import io.supple.spark.bench.Report;
import io.supple.spark.bench.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code supple bench}: the functions against Spark's own, in one session. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Times the soft functions against Spark's own in one session, as a table and as a picture.",
            "",
            "Suites: lists (sort_array, array_sort, a Java UDF, stages), gradients (value and gradient against value),"
                    + " numbers (exp). Times are medians; 'net' leaves out reading the column.",
            "And ranker, only if it is asked for: one evaluation of SoftRanker against one of LogisticRegression, on"
                    + " --rows rows of --features features in lists of 100."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  supple bench lists --lengths 10,100 --runs 3", "  supple bench ranker --rows 100000"})
final class BenchCommand implements Callable<Integer> {

    private static final String RANKER = "ranker";
    private static final int LIST_LENGTH = 100;
    private static final int ITERATIONS = 10;

    @Parameters(
            paramLabel = "SUITE",
            arity = "0..*",
            description = "What to time: lists, gradients, numbers, ranker; default the first three.")
    private List<String> suites = new ArrayList<>();

    @Option(
            names = "--rows",
            paramLabel = "ROWS",
            defaultValue = "1000000",
            description = "Rows that ranker trains on; default 1000000.")
    private long rows;

    @Option(
            names = "--features",
            paramLabel = "COUNT",
            defaultValue = "136",
            description = "Features of these rows; default 136.")
    private int features;

    @Option(
            names = "--lengths",
            split = ",",
            paramLabel = "N",
            defaultValue = "10,100,1000",
            description = "Lengths of the lists; default 10,100,1000.")
    private List<Integer> lengths;

    @Option(
            names = "--numbers",
            paramLabel = "COUNT",
            defaultValue = "5000000",
            description = "Numbers in the column, whatever the length of the lists; default 5000000.")
    private long numbers;

    @Option(names = "--runs", paramLabel = "RUNS", defaultValue = "5", description = "Runs that count; default 5.")
    private int runs;

    @Option(
            names = "--warm-up",
            paramLabel = "RUNS",
            defaultValue = "2",
            description = "Runs before those that count; default 2.")
    private int warmUp;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the tables to a Markdown file too.")
    private Path output;

    @Option(names = "--pictures", paramLabel = "FOLDER", description = "Draw each suite to a PNG file in this folder.")
    private Path pictures;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description =
                    "Instead of suites: race a device for batches of rows, such as opencl, against one thread of the JVM.")
    private String device;

    @Mixin
    private SparkOptions spark;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        if (device != null) return race();
        boolean ranker = suites.removeIf(RANKER::equalsIgnoreCase);
        List<Suite> chosen = ranker && suites.isEmpty() ? List.of() : chosen();
        Terminal terminal = new Terminal(spec.commandLine().getErr());
        SparkSession session = spark.session(terminal);
        Benchmark benchmark = new Benchmark(numbers, warmUp, runs);
        List<String> pages = new ArrayList<>();
        pages.add(Report.conditions(session.version(), session.sparkContext().master(), benchmark) + "\n");
        print(pages.get(0));
        for (Suite suite : chosen) {
            Report report = new Report(suite);
            for (int n : suite.lists() ? lengths : List.of(1)) {
                report.add(benchmark.run(session, suite, n, terminal::say));
            }
            pages.add(report.markdown());
            print(report.markdown());
            if (pictures != null) {
                Files.createDirectories(pictures);
                Path file = pictures.resolve(suite.name().toLowerCase(Locale.ROOT) + ".png");
                report.draw(file);
                terminal.say("drew " + file);
            }
        }
        if (ranker) {
            pages.add(new RankerBenchmark(rows, features, LIST_LENGTH, ITERATIONS, runs).run(session, terminal::say));
            print(pages.get(pages.size() - 1));
        }
        if (output != null) Files.writeString(output, String.join("\n", pages), StandardCharsets.UTF_8);
        return CommandLine.ExitCode.OK;
    }

    private int race() throws IOException {
        Terminal terminal = new Terminal(spec.commandLine().getErr());
        List<String> pages = new ArrayList<>();
        try {
            DeviceRace race = new DeviceRace(Devices.of(device, 0), warmUp, runs);
            for (int n : lengths) pages.add(race.run(numbers, n, terminal::say));
        } catch (DeviceException e) {
            throw new Failures.UsageException("bench: --" + e.getMessage());
        }
        pages.forEach(this::print);
        if (output != null) Files.writeString(output, String.join("\n", pages), StandardCharsets.UTF_8);
        return CommandLine.ExitCode.OK;
    }

    private void check() {
        for (int n : lengths) require(n >= 1, "--lengths", "whole numbers >= 1", n);
        require(numbers >= 1, "--numbers", "a whole number >= 1", numbers);
        require(rows >= LIST_LENGTH, "--rows", "a whole number >= " + LIST_LENGTH, rows);
        require(features >= 1, "--features", "a whole number >= 1", features);
        require(runs >= 1, "--runs", "a whole number >= 1", runs);
        require(warmUp >= 0, "--warm-up", "a whole number >= 0", warmUp);
        // before the minutes that the races take, not after
        if (output != null && !Files.isDirectory(output.toAbsolutePath().getParent())) {
            throw new Failures.UsageException(
                    "bench: --output must be a file in a folder that exists, got '" + output + "'");
        }
        if (pictures != null && Files.exists(pictures) && !Files.isDirectory(pictures)) {
            throw new Failures.UsageException("bench: --pictures must be a folder, or the name of a new one, got '"
                    + pictures + "', which is a file");
        }
    }

    private List<Suite> chosen() {
        List<Suite> all = List.of(Suite.values());
        if (suites.isEmpty()) return all;
        List<Suite> chosen = new ArrayList<>();
        for (String name : suites) {
            chosen.add(all.stream()
                    .filter(suite -> suite.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(name)));
        }
        return chosen;
    }

    private static Failures.UsageException unknown(String suite) {
        List<String> names = new ArrayList<>();
        for (Suite each : Suite.values()) names.add(each.name().toLowerCase(Locale.ROOT));
        names.add(RANKER);
        return new Failures.UsageException("bench: SUITE must be one of " + String.join(", ", names) + ", got '" + suite
                + "'" + Nearest.hint(suite, names));
    }

    private static void require(boolean holds, String option, String allowed, long got) {
        if (!holds) throw new Failures.UsageException("bench: " + option + " must be " + allowed + ", got " + got);
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }
}
