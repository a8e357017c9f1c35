// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A device that fails in the middle: nothing is lost, and it is given back when nobody works on it any more. */
class GuardedDeviceTest {

    /** Twice the sum of a row. */
    private static final RowFunction SUM = new RowFunction() {
        @Override
        public int columns() {
            return 1;
        }

        @Override
        public int results(int n) {
            if (n == 13) throw new IllegalArgumentException("sum: n must not be 13, got 13");
            return 1;
        }

        @Override
        public void value(double[][] row, double[] y) {
            y[0] = 0;
            for (double x : row[0]) y[0] += 2 * x;
        }

        @Override
        public void vjp(double[][] row, double[] cotangent, double[][] gradients) {
            java.util.Arrays.fill(gradients[0], 2 * cotangent[0]);
        }

        @Override
        public RowKernel kernel() {
            return null;
        }
    };

    private static final Rows ROWS = new Rows(new int[] {0, 2, 2, 5}, new double[] {1, 2, 3, 4, 5});

    /** Writes rubbish, and fails from a batch on. */
    private static final class Failing implements RowDevice {
        private final int good;
        private int batches;
        private int open;
        private boolean closed;

        Failing(int good) {
            this.good = good;
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public RowSession session() {
            assertThat(closed).isFalse();
            open++;
            return new RowSession() {
                @Override
                public void forward(RowFunction function, Rows rows, double[] results) {
                    java.util.Arrays.fill(results, -1);
                    if (batches++ >= good) throw new DeviceException("out of resources");
                    JavaDevice.INSTANCE.session().forward(function, rows, results);
                }

                @Override
                public void backward(RowFunction function, Rows rows, double[] cotangents, double[][] gradients) {
                    java.util.Arrays.fill(gradients[0], -1);
                    throw new DeviceException("out of resources");
                }

                @Override
                public void close() {
                    assertThat(closed).as("a session outlives its device").isFalse();
                    open--;
                }
            };
        }

        @Override
        public void close() {
            assertThat(open).as("sessions open").isZero();
            closed = true;
        }
    }

    private static double[] forward(RowSession session) {
        double[] y = new double[3];
        session.forward(SUM, ROWS, y);
        return y;
    }

    @Test
    void theBatchThatFailsIsComputedAgain() {
        Failing device = new Failing(1);
        GuardedDevice guarded = new GuardedDevice(device);
        RowSession session = guarded.session();
        RowSession neighbour = guarded.session();
        assertThat(forward(neighbour)).containsExactly(6, 0, 24);
        assertThat(guarded.name()).isEqualTo("failing");
        assertThat(forward(session)).containsExactly(6, 0, 24);
        assertThat(guarded.name()).isEqualTo("cpu");
        assertThat(device.closed).as("while the neighbour works on it").isFalse();
        assertThat(forward(neighbour)).containsExactly(6, 0, 24);
        assertThat(device.batches).as("no batch goes to a device that failed").isEqualTo(2);
        assertThat(device.closed).isTrue();
        session.close();
        neighbour.close();
    }

    @Test
    void gradientsThatFailAreComputedAgain() {
        Failing device = new Failing(9);
        double[][] gradients = new double[1][5];
        try (RowSession session = new GuardedDevice(device).session()) {
            session.backward(SUM, ROWS, new double[] {1, 10, 100}, gradients);
        }
        assertThat(gradients[0]).containsExactly(2, 2, 200, 200, 200);
        assertThat(device.closed).isTrue();
    }

    /** What is wrong with the arguments is not the device's fault. */
    @Test
    void errorsOfTheCallerAreTheCallers() {
        Failing device = new Failing(9);
        GuardedDevice guarded = new GuardedDevice(device);
        Rows thirteen = new Rows(new int[] {0, 13}, new double[13]);
        try (RowSession session = guarded.session()) {
            assertThatThrownBy(() -> session.forward(SUM, thirteen, new double[1]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(guarded.name()).isEqualTo("failing");
        }
    }

    @Test
    void autoTakesWhatThereIsAndNamesAreHeld() {
        DeviceProvider none = provider("none", null);
        DeviceProvider some = provider("some", new Failing(9));
        assertThat(Devices.open(Devices.AUTO, 0, List.of(none, some)).name()).isEqualTo("failing");
        assertThat(Devices.open(Devices.AUTO, 0, List.of(none))).isSameAs(JavaDevice.INSTANCE);
        assertThat(Devices.open(Devices.AUTO, 0, List.of())).isSameAs(JavaDevice.INSTANCE);
        assertThatThrownBy(() -> Devices.open("none", 0, List.of(none, some)))
                .isInstanceOf(DeviceException.class)
                .hasMessage("device: 'none' must be there, got none: none: there is none");
        assertThatThrownBy(() -> Devices.open("other", 0, List.of(none, some)))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("'other' is not on the class path");
        assertThat(Devices.of(Devices.CPU, 3)).isSameAs(JavaDevice.INSTANCE);
    }

    private static DeviceProvider provider(String name, RowDevice device) {
        return new DeviceProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public RowDevice open(int index, boolean accelerator) {
                if (device == null) throw new DeviceException("there is none");
                return device;
            }
        };
    }

    @Test
    void offsetsThatMakeNoRowsAreRefused() {
        assertThatThrownBy(() -> new Rows(new int[] {1, 2}, new double[2])).hasMessageContaining("begin with 0");
        assertThatThrownBy(() -> new Rows(new int[] {0, 2, 1}, new double[2])).hasMessageContaining("must not fall");
        assertThatThrownBy(() -> new Rows(new int[] {0, 3}, new double[2])).hasMessageContaining("must hold 3 numbers");
    }
}
