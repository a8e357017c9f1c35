// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import com.sun.jna.Pointer;
import io.supple.device.OrderRead;
import io.supple.device.RowKernel;
import io.supple.device.Rows;
import io.supple.kernel.Smoothness;
import java.util.ArrayList;
import java.util.List;

/**
 * What is read of soft orders. Mixtures of sorted values are made here of the values that the device reads: two for each
 * number.
 */
final class OrderLaunch implements OpenClSession.Launch {

    /** Sections of work memory that the kernels use at most. */
    private static final int SECTIONS = 12;

    /** Numbers for the way through networks, of all work-groups together. */
    private static final long NETWORK_NUMBERS = 1 << 24;

    private final Queue queue;
    private final RowKernel.Ordered kernel;
    private final Rows rows;
    private final int[] outs;
    private final Tiles tiles;
    private final OrderRead[] reads; // of each row of the device
    private final OrderRead form; // of any: kind and direction
    private final int[] readOffsets; // where the values that are read of each row begin

    private OrderLaunch(Queue queue, RowKernel.Ordered kernel, Rows rows, int[] outs, OrderRead[] reads) {
        this.queue = queue;
        this.kernel = kernel;
        this.rows = rows;
        this.outs = outs;
        tiles = new Tiles(rows, OpenClDevice.LONGEST, queue.group());
        this.reads = reads;
        form = form(reads);
        readOffsets = mixed() ? readOffsets(reads) : outs;
    }

    /** A batch; null if the device does not know the order or what is read of it. */
    static OrderLaunch of(Queue queue, RowKernel.Ordered kernel, Rows rows, int[] outs) {
        if (!Softness.ordinary(kernel.softness()) || !knows(kernel.way(), kernel.c())) return null;
        OrderRead[] reads = new OrderRead[rows.count()];
        for (int r = 0; r < reads.length; r++) {
            if (rows.length(r) == 0) continue;
            reads[r] = kernel.reads().apply(rows.length(r));
            if (reads[r] == null) return null;
        }
        OrderRead form = form(reads);
        if (form == null) return null;
        for (OrderRead read : reads) {
            if (read == null) continue;
            if (read.kind() != form.kind() || read.descending() != form.descending()) return null;
        }
        return new OrderLaunch(queue, kernel, rows, outs, reads);
    }

    /** Sums of piecewise distances cancel in the gradients of NeuralSort, to 3e-11 of them: one rounding is enough. */
    private static boolean knows(RowKernel.Way way, Smoothness c) {
        return switch (way) {
            case SOFTSORT, NETWORK, COUNTS -> true;
            case NEURALSORT -> c == Smoothness.SMOOTH;
            case PERMUTAHEDRON -> c == Smoothness.C0;
        };
    }

    private static OrderRead form(OrderRead[] reads) {
        for (OrderRead read : reads) if (read != null) return read;
        return null;
    }

    private static int[] readOffsets(OrderRead[] reads) {
        int[] offsets = new int[reads.length + 1];
        for (int r = 0; r < reads.length; r++) offsets[r + 1] = offsets[r] + (reads[r] == null ? 0 : reads[r].count());
        return offsets;
    }

    @Override
    public Tiles tiles() {
        return tiles;
    }

    private boolean mixed() {
        return form.kind() == OrderRead.Kind.MIXED;
    }

    @Override
    public void forward(double[] results) {
        int read = readOffsets[rows.count()];
        Pointer y = queue.doubles("y", read);
        run("forward", y);
        if (!mixed()) {
            queue.get(y, 0, results, read);
            return;
        }
        double[] values = new double[read];
        queue.get(y, 0, values, read);
        for (int r = 0; r < reads.length; r++) {
            if (reads[r] != null) reads[r].mix(values, readOffsets[r], results, outs[r]);
        }
    }

    @Override
    public void backward(double[] cotangents, double[][] gradients) {
        int read = readOffsets[rows.count()];
        double[] g = cotangents;
        if (mixed()) {
            g = new double[read];
            for (int r = 0; r < reads.length; r++) {
                if (reads[r] != null) reads[r].unmix(cotangents, outs[r], g, readOffsets[r]);
            }
        }
        Pointer gx = queue.doubles("gx", rows.size());
        run("backward", queue.put("g", read, g), gx);
        queue.get(gx, 0, gradients[0], rows.size());
    }

    private void run(String direction, Object... last) {
        int size = Math.max(rows.size(), readOffsets[rows.count()]);
        Pointer x = queue.put("x", rows.size(), rows.column(0));
        Pointer offsets = queue.put("offsets", rows.offsets(), rows.count() + 1);
        Pointer results = queue.put("results", readOffsets, rows.count() + 1);
        Pointer places = queue.put("places", places(), mixed() ? readOffsets[rows.count()] : 0);
        Pointer order = queue.ints("order", 3L * size);
        Pointer work = queue.doubles("work", (long) SECTIONS * size);
        for (int k = 0; k < tiles.classes(); k++) {
            int count = tiles.count(k);
            if (count == 0) continue;
            int width = tiles.width(k);
            int lanes = tiles.lanes(k);
            List<Object> arguments = new ArrayList<>();
            arguments.add(x);
            arguments.add(offsets);
            arguments.add(results);
            arguments.add(queue.put("rows " + k, tiles.rows(k), count));
            arguments.add(count);
            arguments.add(width);
            arguments.add(lanes);
            arguments.add(KernelText.number(kernel.way()));
            arguments.add(KernelText.number(kernel.c()));
            arguments.add(KernelText.number(form.kind()));
            arguments.add(form.descending() ? 1 : 0);
            arguments.add(kernel.standardize() ? 1 : 0);
            arguments.add(kernel.softness());
            arguments.add(places);
            arguments.add(order);
            arguments.add(work);
            arguments.add(size);
            arguments.addAll(List.of(last));
            int most = Integer.MAX_VALUE;
            if (kernel.way() == RowKernel.Way.NETWORK) {
                int phases = Integer.numberOfTrailingZeros(width);
                int layers = phases * (phases + 1) / 2;
                long slot = 3L * layers * width;
                int each = queue.group() / lanes;
                most = (int) Math.max(1, NETWORK_NUMBERS / (slot * each));
                int groups = queue.groups(count, lanes, most);
                arguments.add(queue.doubles("slots", slot * each * groups));
                arguments.add(layers);
            }
            queue.run(family() + '_' + direction, queue.groups(count, lanes, most), arguments.toArray());
        }
    }

    private String family() {
        return switch (kernel.way()) {
            case SOFTSORT, NEURALSORT -> "pairs";
            case PERMUTAHEDRON -> "hull";
            case NETWORK -> form.kind() == OrderRead.Kind.RANKS ? "network_ranks" : "network";
            case COUNTS -> "counts";
        };
    }

    /** The places that mixtures read; none where places are counted from an end. */
    private int[] places() {
        if (!mixed()) return new int[] {};
        int[] places = new int[readOffsets[rows.count()]];
        for (int r = 0; r < reads.length; r++) {
            if (reads[r] == null) continue;
            for (int q = 0; q < reads[r].count(); q++) places[readOffsets[r] + q] = reads[r].place(q);
        }
        return places;
    }
}
