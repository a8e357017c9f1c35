// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.supple.Method;
import io.supple.Ordering;
import io.supple.RowOperator;
import io.supple.Soft;
import io.supple.device.DeviceException;
import io.supple.device.Devices;
import io.supple.device.JavaDevice;
import io.supple.device.RowDevice;
import io.supple.device.RowFunction;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines where there is no device, or a broken one: each a JVM of its own, as loaders read their settings once. */
class FallbackTest {

    @TempDir
    Path folder;

    @Test
    void withoutADriverAutoIsTheCpuAndSaysWhy() throws Exception {
        String said = probe(Devices.AUTO, Map.of("OCL_ICD_VENDORS", folder.toString()));
        assertThat(said).contains("rows are computed by the CPU: opencl: ").contains("computed by cpu");
        assertThat(said.split("rows are computed by the CPU", -1)).as("once").hasSize(2);
    }

    @Test
    void withoutADriverOpenclIsRefusedWithTheFileThatIsMissing() throws Exception {
        String said = probe("opencl", Map.of("OCL_ICD_VENDORS", folder.toString()));
        assertThat(said).contains("refused: device: 'opencl' must be there, got none: ");
        if (!said.contains("no OpenCL loader")) assertThat(said).contains("/etc/OpenCL/vendors/nvidia.icd");
    }

    @Test
    void aDriverThatIsNotThereIsNone() throws Exception {
        Files.writeString(folder.resolve("broken.icd"), "libnone.so.1\n");
        String said = probe(Devices.AUTO, Map.of("OCL_ICD_VENDORS", folder.toString()));
        assertThat(said).contains("rows are computed by the CPU: opencl: ").contains("computed by cpu");
    }

    /** A PoCL that cannot write its kernels anywhere has no device: refused by name with the cause, computed by the JVM under auto. */
    @Test
    void aCacheThatCannotBeWrittenIsNoDevice() throws Exception {
        try (OpenClDevice device = TestDevice.open(64)) {
            assumeTrue(device.name().matches("opencl, (pthread|cpu|basic).*"), "SKIPPED: the device is not PoCL's");
        }
        Map<String, String> environment = Map.of("POCL_CACHE_DIR", "/proc/none");
        assertThat(probe("opencl", environment))
                .contains("refused: device: 'opencl' must be there, got none: ", "POCL_CACHE_DIR, cannot be written to")
                .doesNotContain("computed by", "equal");
        assertThat(probe(Devices.AUTO, environment)).contains("computed by cpu", "equal true");
    }

    /** PoCL is there in the tests, and not taken. */
    @Test
    void autoNeverTakesTheCpusOwnDriver() throws Exception {
        TestDevice.open(64).close();
        String said = probe(Devices.AUTO, Map.of());
        assertThat(said).doesNotContain("computed by opencl, pthread").contains("equal true");
    }

    @Test
    void whatIsAskedForByNameIsTaken() throws Exception {
        TestDevice.open(64).close();
        assertThat(probe("opencl", Map.of())).contains("computed by opencl, ").contains("equal true");
    }

    private static String probe(String device, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx128m",
                Probe.class.getName(),
                device);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** Computes a batch on the device of a name, twice, and says what it was. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            RowFunction sort = RowOperator.of(Ordering.SORT, Soft.smooth(0.1).with(Method.SOFTSORT));
            Rows rows = RowCases.batch(1, false, 1, 3, 17, 0, 2);
            double[] expected = new double[rows.size()];
            JavaDevice.INSTANCE.session().forward(sort, rows, expected);
            double[] got = new double[expected.length];
            try {
                for (int i = 0; i < 2; i++) {
                    Arrays.fill(got, 0);
                    RowDevice device = Devices.of(arguments[0], 0);
                    try (RowSession session = device.session()) {
                        session.forward(sort, rows, got);
                    }
                    System.out.println("computed by " + device.name());
                }
            } catch (DeviceException e) {
                System.out.println("refused: " + e.getMessage());
                return;
            }
            boolean equal = true;
            for (int i = 0; i < got.length; i++) equal &= Math.abs(got[i] - expected[i]) < 1e-12;
            System.out.println("equal " + equal);
        }
    }
}
