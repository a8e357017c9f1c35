// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.supple.Soft;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On a cluster that schedules devices, tasks compute on those that Spark gave them, whole or shared. The devices are
 * stand-ins whose addresses a script makes up; master, worker, executor and tasks are Spark's.
 */
class GpuClusterTest {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} of a device for each task")
    @CsvSource({"1, 1", "0.5, 2"})
    void tasksComputeOnTheDevicesThatTheyGot(String amount, int together)
            throws IOException, InterruptedException, URISyntaxException {
        String home = System.getProperty("supple.test.spark.home", "");
        assumeFalse(
                home.isEmpty(),
                "SKIPPED: the cluster with devices, which needs a whole Spark: the run on another Spark has one");
        Path sessions = folder.resolve("sessions.txt");
        assertThat(cluster(Path.of(home), amount, sessions)).contains("480 rows are the same on Spark ");
        Map<String, Integer> open = new TreeMap<>();
        Map<String, Integer> most = new TreeMap<>();
        int opened = 0;
        for (String line : Files.readAllLines(sessions)) {
            String[] said = line.split(" ", -1);
            int now = open.merge(said[1], said[0].equals("open") ? 1 : -1, Integer::sum);
            most.merge(said[1], now, Math::max);
            if (!said[0].equals("open")) continue;
            opened++;
            assertThat(said[1]).as("the device of the address").isEqualTo(said[2]);
        }
        assertThat(opened).as("one session for each of 16 tasks").isEqualTo(16);
        assertThat(most).as("sessions at once on each device").isEqualTo(Map.of("0", together, "1", together));
        assertThat(open.values()).as("all closed").containsOnly(0);
    }

    private String cluster(Path spark, String amount, Path sessions)
            throws IOException, InterruptedException, URISyntaxException {
        Path home = Files.createDirectories(folder.resolve("home")); // workers write to it
        Files.createSymbolicLink(home.resolve("jars"), spark.resolve("jars"));
        Path script = folder.resolve("devices.sh");
        Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        String ours = String.join(
                File.pathSeparator,
                Stream.of(origin(StandIn.class), origin(Supple.class), origin(Soft.class))
                        .distinct()
                        .toList());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--") || flag.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of("-cp", ours + File.pathSeparator + spark.resolve("jars") + "/*"));
        command.addAll(List.of(GpuCluster.class.getName(), script.toString(), amount, ours, sessions.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Path out = folder.resolve("out.txt");
        builder.redirectOutput(out.toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(ended && process.waitFor() == 0).as(said).isTrue();
        return said;
    }

    private static String origin(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
