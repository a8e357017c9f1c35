// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same pipeline with ND4J and OpenCL on the class path, with OpenCL alone and with neither gives the same numbers. */
class ThreeRunsTest implements NeedsBackend {

    @TempDir
    Path folder;

    /** What a run printed. */
    private record Run(List<String> log, List<Double> numbers) {
        double[] array() {
            return numbers.stream().mapToDouble(v -> v).toArray();
        }
    }

    @Test
    void whatIsOnTheClassPathDoesNotMatter() throws IOException, InterruptedException {
        Predicate<String> nd4j = entry -> entry.contains("nd4j-")
                || entry.contains("javacpp")
                || entry.contains("openblas")
                || entry.endsWith(Path.of("nd4j", "target", "classes").toString());
        Predicate<String> opencl = entry -> entry.contains("supple-opencl")
                || entry.contains("jna")
                || entry.endsWith(Path.of("opencl", "target", "classes").toString());
        Run both = run("both", entry -> false);
        Run one = run("opencl", nd4j);
        Run neither = run("neither", nd4j.or(opencl));
        assertThat(both.log).anySatisfy(line -> assertThat(line).endsWith("SoftRanker: linear algebra nd4j"));
        assertThat(one.log)
                .anySatisfy(
                        line -> assertThat(line)
                                .contains(
                                        "SoftRanker: linear algebra blas: linear algebra 'nd4j' must be on the class path, got none"));
        assertThat(neither.log).anySatisfy(line -> assertThat(line).contains("SoftRanker: linear algebra blas: "));
        for (Run run : List.of(both, one)) {
            assertThat(run.log)
                    .filteredOn(line -> line.contains("device 0 is opencl, ")
                            || line.contains("rows are computed by the CPU: opencl: "))
                    .hasSize(1);
        }
        assertThat(neither.log)
                .filteredOn(
                        line -> line.contains("rows are computed by the CPU: no kind of device is on the class path"))
                .hasSize(1);
        assertThat(both.numbers).hasSizeGreaterThan(1000);
        for (Run run : List.of(one, neither)) {
            assertThat(run.array()).containsExactly(both.array(), within(1e-9));
            report(run, both);
        }
    }

    private static void report(Run run, Run both) {
        double most = 0;
        for (int i = 0; i < run.numbers.size(); i++) {
            most = Math.max(most, Math.abs(run.numbers.get(i) - both.numbers.get(i)));
        }
        System.out.println(both.numbers.size() + " numbers, largest difference " + most);
    }

    private Run run(String name, Predicate<String> left) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-XX:+Ignore"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx700m", "-Dlog4j2.configurationFile=three-runs-log4j2.properties"));
        command.add("-cp");
        command.add(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(left.negate())
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(ThreeRuns.class.getName());
        Path out = folder.resolve(name + ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment()
                .put(
                        "POCL_CACHE_DIR",
                        Path.of("target", "pocl").toAbsolutePath().toString());
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        List<String> said = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertThat(ended && process.waitFor() == 0).as(name + ": " + said).isTrue();
        List<String> log =
                said.stream().filter(line -> line.startsWith("INFO ")).toList();
        log.stream()
                .filter(line -> line.contains("linear algebra") || line.contains("device") || line.contains("the CPU"))
                .forEach(line -> System.out.println(name + ": " + line));
        List<Double> numbers = said.stream()
                .filter(line -> line.startsWith("number "))
                .map(line -> Double.parseDouble(line.substring("number ".length())))
                .toList();
        return new Run(log, numbers);
    }
}
