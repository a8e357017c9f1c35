// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import io.supple.device.JavaDevice;
import io.supple.device.RowFunction;
import io.supple.device.RowKernel;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Batches on one OpenCL queue. Rows that a kernel does not take (empty, too long, not finite, too large) and functions that
 * have none are computed by the JVM, in the same batch. Large batches are cut, so that memory has a bound.
 */
final class OpenClSession implements RowSession {

    /** Numbers at once: the widest kernels keep twelve more for each. */
    private static final int AT_ONCE = 1 << 21;

    private final Queue queue;

    OpenClSession(Queue queue) {
        this.queue = queue;
    }

    /** What a kernel does with a batch; rows of its {@link Tiles#others}, and those with NaN, are not to be relied on. */
    interface Launch {
        Tiles tiles();

        /** Writes the results of the batch, whose arrays begin with it. */
        void forward(double[] results);

        /** Writes the gradients of the batch, whose arrays begin with it. */
        void backward(double[] cotangents, double[][] gradients);
    }

    private Launch launch(RowFunction function, Rows rows, int[] outs) {
        RowKernel kernel = function.kernel();
        if (kernel instanceof RowKernel.Simplex simplex) return SimplexLaunch.of(queue, simplex, rows);
        if (kernel instanceof RowKernel.Places places) return PlacesLaunch.of(queue, places, rows);
        if (kernel instanceof RowKernel.Ordered ordered) return OrderLaunch.of(queue, ordered, rows, outs);
        return null;
    }

    @Override
    public void forward(RowFunction function, Rows rows, double[] results) {
        int[] outs = function.resultOffsets(rows);
        for (int from = 0; from < rows.count(); ) {
            int to = end(rows, from);
            Rows part = part(rows, from, to);
            int[] partOuts = shifted(outs, from, to);
            Launch launch = launch(function, part, partOuts);
            int size = partOuts[to - from];
            if (launch != null && launch.tiles().count() > 0) {
                double[] y = from == 0 && to == rows.count() ? results : new double[size];
                launch.forward(y);
                for (int r : unsure(launch, y, partOuts)) JavaDevice.forward(function, part, r, y, partOuts[r]);
                if (y != results) System.arraycopy(y, 0, results, outs[from], size);
            }
            for (int r : left(launch, part)) JavaDevice.forward(function, part, r, results, outs[from + r]);
            from = to;
        }
    }

    @Override
    public void backward(RowFunction function, Rows rows, double[] cotangents, double[][] gradients) {
        int[] outs = function.resultOffsets(rows);
        for (int from = 0; from < rows.count(); ) {
            int to = end(rows, from);
            Rows part = part(rows, from, to);
            int[] partOuts = shifted(outs, from, to);
            double[] g = Arrays.copyOfRange(cotangents, outs[from], outs[to]);
            double[][] gx = new double[rows.width()][part.size()];
            Launch launch = launch(function, part, partOuts);
            if (launch != null && launch.tiles().count() > 0) {
                launch.backward(g, gx);
                for (double[] each : gx) {
                    for (int r : unsure(launch, each, part.offsets())) {
                        JavaDevice.backward(function, part, r, g, partOuts[r], gx);
                    }
                }
            }
            for (int r : left(launch, part)) JavaDevice.backward(function, part, r, g, partOuts[r], gx);
            for (int j = 0; j < gx.length; j++) {
                System.arraycopy(gx[j], 0, gradients[j], rows.from(from), part.size());
            }
            from = to;
        }
    }

    /** The rows of the device that it was not sure of: their numbers were finite, and NaN came. */
    private static List<Integer> unsure(Launch launch, double[] numbers, int[] offsets) {
        List<Integer> unsure = new ArrayList<>();
        for (int k = 0; k < launch.tiles().classes(); k++) {
            for (int i = 0; i < launch.tiles().count(k); i++) {
                int r = launch.tiles().rows(k)[i];
                boolean sure = true;
                for (int at = offsets[r]; at < offsets[r + 1]; at++) sure &= !Double.isNaN(numbers[at]);
                if (!sure) unsure.add(r);
            }
        }
        return unsure;
    }

    private static int[] left(Launch launch, Rows part) {
        if (launch != null) return launch.tiles().others();
        int[] all = new int[part.count()];
        Arrays.setAll(all, r -> r);
        return all;
    }

    /** The row after the last that is computed together with a first one. */
    private static int end(Rows rows, int from) {
        int to = from + 1;
        while (to < rows.count() && rows.offsets()[to + 1] - rows.from(from) <= AT_ONCE) to++;
        return to;
    }

    private static Rows part(Rows rows, int from, int to) {
        if (from == 0 && to == rows.count()) return rows;
        double[][] columns = new double[rows.width()][];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = Arrays.copyOfRange(rows.column(j), rows.from(from), rows.offsets()[to]);
        }
        return new Rows(shifted(rows.offsets(), from, to), columns);
    }

    private static int[] shifted(int[] offsets, int from, int to) {
        if (from == 0 && to == offsets.length - 1) return offsets;
        int[] part = new int[to - from + 1];
        for (int r = 0; r < part.length; r++) part[r] = offsets[from + r] - offsets[from];
        return part;
    }

    @Override
    public Times times() {
        return queue.times();
    }

    @Override
    public void close() {
        queue.close();
    }
}
