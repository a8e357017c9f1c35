// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Method;
import io.supple.Mode;
import io.supple.Ordering;
import io.supple.RowOperator;
import io.supple.RowProjection;
import io.supple.Soft;
import io.supple.device.DeviceException;
import io.supple.device.Devices;
import io.supple.device.JavaDevice;
import io.supple.device.RowDevice;
import io.supple.device.RowFunction;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Threads, sessions, memory and the JVM beside a driver. */
class LifeTest {

    private static final RowFunction SORT =
            RowOperator.of(Ordering.SORT, Soft.smooth(0.1).with(Method.SOFTSORT));

    private static final long MEGABYTE = 1 << 20;

    @Test
    void threadsHaveSessionsOfTheirOwn() throws Exception {
        try (OpenClDevice device = TestDevice.open(64)) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<Difference>> done = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int seed = t;
                done.add(threads.submit(() -> work(device, seed)));
            }
            for (Future<Difference> each : done) {
                assertThat(each.get().values).isLessThan(1e-12);
                assertThat(each.get().gradients).isLessThan(1e-12);
                assertThat(each.get().rows).isEqualTo(50 * 6);
            }
            threads.shutdown();
        }
    }

    private static Difference work(RowDevice device, int seed) {
        Difference difference = new Difference();
        try (RowSession session = device.session()) {
            for (int i = 0; i < 50; i++) {
                Rows rows = RowCases.batch(1, i % 2 == 0, 100L * seed + i, 3, 40, 1 + i, 0, 17, 90);
                difference.add(session, SORT, rows, i);
            }
        }
        return difference;
    }

    /** Native memory: the heap would not show it. */
    @Test
    void sessionsGiveTheirMemoryBack() throws IOException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/statm")), "SKIPPED: resident memory is read from /proc");
        try (OpenClDevice device = TestDevice.open(64)) {
            Rows rows = RowCases.batch(1, false, 5, 50_000, 50_000);
            RowFunction softmax = new RowProjection(0.1, Mode.SMOOTH);
            for (int i = 0; i < 100; i++) once(device, softmax, rows);
            long before = resident();
            for (int i = 0; i < 300; i++) once(device, softmax, rows);
            long grown = resident() - before;
            // 300 sessions of which each leaves a buffer would keep 240 MB
            assertThat(grown).as("bytes after 300 sessions").isLessThan(60 * MEGABYTE);
        }
    }

    private static void once(RowDevice device, RowFunction function, Rows rows) {
        try (RowSession session = device.session()) {
            session.forward(function, rows, new double[rows.size()]);
        }
    }

    private static long resident() throws IOException {
        System.gc();
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]) * 4096;
    }

    /** Buffers are kept from batch to batch, and grow: a smaller batch after a larger one, and the other way. */
    @Test
    void oneSessionTakesBatchesOfAnySize() {
        try (OpenClDevice device = TestDevice.open(64);
                RowSession session = device.session()) {
            Difference difference = new Difference();
            for (int n : new int[] {3, 90, 2, 60, 0, 100}) {
                difference.add(session, SORT, RowCases.batch(1, false, n, n, n, 1, n), n);
                difference.add(session, SORT, RowCases.batch(1, false, n), n);
            }
            assertThat(difference.values).isLessThan(1e-12);
            assertThat(difference.gradients).isLessThan(1e-12);
        }
    }

    /** Numbers that kernels do not take: the row is the JVM's, its neighbours are not. */
    @Test
    void rowsThatAreNotOrdinaryAreThoseOfTheJvm() {
        double[] x = {1, 2, Double.NaN, 0.3, 0.1, 0.2, Double.POSITIVE_INFINITY, 1, 1e300, -1e300, 0.5, 0.7};
        Rows rows = new Rows(new int[] {0, 3, 6, 8, 10, 12}, x);
        try (OpenClDevice device = TestDevice.open(64);
                RowSession session = device.session()) {
            for (RowCases.Case c : RowCases.ordered()) {
                if (!c.name().equals("sort") && !c.name().equals("rank")) continue;
                double[] expected = new double[x.length];
                double[] got = new double[x.length];
                JavaDevice.INSTANCE.session().forward(c.function(), rows, expected);
                session.forward(c.function(), rows, got);
                for (int i : new int[] {0, 1, 2, 6, 7, 8, 9}) {
                    assertThat(Double.valueOf(got[i])).as(c.toString()).isEqualTo(Double.valueOf(expected[i]));
                }
            }
        }
    }

    /** PoCL replaces the JVM's handler of this signal unless it is told not to. */
    @Test
    void divisionByZeroStillThrows() {
        try (OpenClDevice device = TestDevice.open(64)) {
            assertThat(device.name()).startsWith("opencl");
            int caught = 0;
            for (int i = 0; i < 200_000; i++) caught += quotient(i, 3) < 0 ? 1 : 0;
            for (int i = 0; i < 2000; i++) {
                try {
                    caught += quotient(i, 0) < 0 ? 1 : 0;
                } catch (ArithmeticException e) {
                    caught++;
                }
            }
            assertThat(caught).isEqualTo(2000);
        }
    }

    private static int quotient(int a, int b) {
        return a / b;
    }

    @Test
    void aDeviceBeyondTheLastIsRefused() {
        TestDevice.open(64).close();
        assertThatThrownBy(() -> OpenClProvider.open(null, 99, false, 64))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("device 99 was asked for, there are");
    }

    @Test
    void anAbsentLoaderIsRefused() {
        assertThatThrownBy(() -> OpenClProvider.open("libOpenCL-absent.so.1", 0, false, 64))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no OpenCL loader, libOpenCL-absent.so.1");
    }

    @Test
    void localMemoryIsWithinWhatProcessorsHave() {
        for (int group : new int[] {32, 64, 128}) {
            assertThat(OpenClDevice.localBytes(group)).isLessThanOrEqualTo(32 * 1024);
        }
    }

    @Test
    void devicesAreFoundByName() {
        assertThat(Devices.names()).contains("cpu", "auto", "opencl");
    }
}
