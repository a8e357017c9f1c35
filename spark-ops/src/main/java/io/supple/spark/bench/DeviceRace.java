// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import io.supple.Method;
import io.supple.Operator;
import io.supple.Ordering;
import io.supple.RowOperator;
import io.supple.Soft;
import io.supple.device.JavaDevice;
import io.supple.device.RowDevice;
import io.supple.device.RowFunction;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A device against one thread of the JVM, without Spark: values and gradients of soft sort and soft rank, for batches of
 * growing size. What the device takes is told apart into moving numbers and waiting for its kernels.
 *
 * @param device who races against the JVM
 * @param warmUp rounds that are not counted
 * @param rounds rounds that are
 */
public record DeviceRace(RowDevice device, int warmUp, int rounds) {

    private static final List<Operator> OPERATORS = List.of(Ordering.SORT, Ordering.RANK);
    private static final double MILLISECOND = 1e6;

    /** One batch size: medians in milliseconds. */
    private record Lap(double jvm, double device, double transfer, double kernel) {}

    /** Times batches of up to so many numbers in lists of n, as a Markdown table, telling each step. */
    public String run(long numbers, int n, Consumer<String> progress) {
        StringBuilder page = new StringBuilder("Device: ").append(device.name()).append("\n\n");
        page.append("| operator | lists of ").append(n);
        page.append(
                " | JVM ms | device ms | of it transfer | of it kernels | JVM / device |\n|---|---|---|---|---|---|---|\n");
        for (Operator operator : OPERATORS) {
            RowFunction function = RowOperator.of(operator, Soft.smooth(0.1).with(Method.SOFTSORT));
            long even = 0;
            for (long lists = 1; lists * n <= numbers; lists *= 10) {
                progress.accept(operator.name() + ": " + lists + " lists of " + n);
                Lap lap = lap(function, Math.toIntExact(lists), n);
                page.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %.3f | %.3f | %.3f | %.3f | %.2f |%n",
                        operator.name(),
                        lists,
                        lap.jvm,
                        lap.device,
                        lap.transfer,
                        lap.kernel,
                        lap.jvm / lap.device));
                if (even == 0 && lap.device <= lap.jvm) even = lists;
            }
            page.append("| ").append(operator.name()).append(" breaks even | ");
            page.append(even == 0 ? "at no size tried" : "from " + even + " lists")
                    .append(" | | | | | |\n");
        }
        return page.toString();
    }

    private Lap lap(RowFunction function, int lists, int n) {
        int[] offsets = new int[lists + 1];
        for (int r = 0; r < lists; r++) offsets[r + 1] = offsets[r] + n;
        double[] x = new Random(lists).doubles(offsets[lists], -2, 2).toArray();
        Rows rows = new Rows(offsets, x);
        double[][] jvm = times(JavaDevice.INSTANCE, function, rows);
        double[][] other = times(device, function, rows);
        return new Lap(median(jvm[0]), median(other[0]), median(other[1]), median(other[2]));
    }

    /** Total, transfer and kernels of each round. */
    private double[][] times(RowDevice on, RowFunction function, Rows rows) {
        double[][] times = new double[3][rounds];
        double[] y = new double[rows.size()];
        double[][] gradients = new double[1][rows.size()];
        try (RowSession session = on.session()) {
            for (int round = -warmUp; round < rounds; round++) {
                RowSession.Times before = session.times();
                long begun = System.nanoTime();
                session.forward(function, rows, y);
                session.backward(function, rows, y, gradients);
                long took = System.nanoTime() - begun;
                if (round < 0) continue;
                RowSession.Times after = session.times();
                times[0][round] = took / MILLISECOND;
                times[1][round] = (after.transfer() - before.transfer()) / MILLISECOND;
                times[2][round] = (after.kernel() - before.kernel()) / MILLISECOND;
            }
        }
        return times;
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
