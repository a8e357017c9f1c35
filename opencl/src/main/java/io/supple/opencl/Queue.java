// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.DoubleByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.supple.device.RowSession;
import java.util.HashMap;
import java.util.Map;

/** A command queue with kernels and memory of one session; memory is found by name, grows and is kept. */
final class Queue implements AutoCloseable {

    private static final int READ_WRITE = 1;
    private static final int WAIT = 1;
    private static final int MOST_GROUPS = 1 << 12;

    private final OpenClDevice device;
    private final OpenCl cl;
    private final Pointer queue;
    private final Map<String, Pointer> kernels = new HashMap<>();
    private final Map<String, Buffer> buffers = new HashMap<>();
    private final Memory global = new Memory(Native.SIZE_T_SIZE);
    private final Memory local = new Memory(Native.SIZE_T_SIZE);
    private Memory staging; // between the heap and the device
    private long transfer;
    private long waiting;

    Queue(OpenClDevice device) {
        this.device = device;
        cl = device.cl;
        queue = cl.make("clCreateCommandQueue", device.context, device.device, 0L);
    }

    /** Memory of the device. */
    private final class Buffer {
        private Pointer memory;
        private long bytes;

        void ensure(long wanted) {
            if (memory != null && wanted <= bytes) return;
            release();
            bytes = Math.max(wanted, Math.min(2 * bytes, Integer.MAX_VALUE));
            memory = cl.make("clCreateBuffer", device.context, (long) READ_WRITE, new NativeLong(bytes), null);
        }

        void release() {
            if (memory != null) cl.code("clReleaseMemObject", memory);
            memory = null;
        }
    }

    int group() {
        return device.group;
    }

    /** How many groups are started for some tiles of T lanes: each takes several in turn if there are more. */
    int groups(int tiles, int lanes, int most) {
        int each = device.group / lanes;
        return Math.max(1, Math.min(Math.min(most, MOST_GROUPS), (tiles + each - 1) / each));
    }

    /** Memory for some doubles, whatever is in it. */
    Pointer doubles(String name, long count) {
        return memory(name, 8 * Math.max(1, count));
    }

    /** Memory for some ints, whatever is in it. */
    Pointer ints(String name, long count) {
        return memory(name, 4 * Math.max(1, count));
    }

    private Pointer memory(String name, long bytes) {
        Buffer buffer = buffers.computeIfAbsent(name, n -> new Buffer());
        buffer.ensure(bytes);
        return buffer.memory;
    }

    private Memory staged(long bytes) {
        if (staging == null || staging.size() < bytes) {
            long size = Math.max(bytes, staging == null ? 1 << 12 : 2 * staging.size());
            if (staging != null) staging.close();
            staging = new Memory(size);
        }
        return staging;
    }

    /** Where the time went. */
    RowSession.Times times() {
        return new RowSession.Times(transfer, waiting);
    }

    /** Copies numbers to the device, some columns one after the other. */
    Pointer put(String name, int count, double[]... columns) {
        long begun = System.nanoTime();
        Pointer memory = doubles(name, (long) count * columns.length);
        for (int j = 0; j < columns.length && count > 0; j++) {
            Memory from = staged(8L * count);
            from.write(0, columns[j], 0, count);
            write(memory, 8L * count * j, from, 8L * count);
        }
        transfer += System.nanoTime() - begun;
        return memory;
    }

    /** Copies numbers to the device. */
    Pointer put(String name, int[] values, int count) {
        long begun = System.nanoTime();
        Pointer memory = ints(name, count);
        if (count > 0) {
            Memory from = staged(4L * count);
            from.write(0, values, 0, count);
            write(memory, 0, from, 4L * count);
        }
        transfer += System.nanoTime() - begun;
        return memory;
    }

    private void write(Pointer to, long at, Memory from, long bytes) {
        cl.call(
                "clEnqueueWriteBuffer",
                queue,
                to,
                WAIT,
                new NativeLong(at),
                new NativeLong(bytes),
                from,
                0,
                null,
                null);
    }

    /** Waits, and copies numbers back, those of a column among several. */
    void get(Pointer from, int column, double[] to, int count) {
        if (count == 0) return;
        long begun = System.nanoTime();
        cl.call("clFinish", queue); // the copy would wait for it, and its time would be called transfer
        long ready = System.nanoTime();
        long bytes = 8L * count;
        Memory into = staged(bytes);
        cl.call(
                "clEnqueueReadBuffer",
                queue,
                from,
                WAIT,
                new NativeLong(bytes * column),
                new NativeLong(bytes),
                into,
                0,
                null,
                null);
        into.read(0, to, 0, count);
        waiting += ready - begun;
        transfer += System.nanoTime() - ready;
    }

    /** Starts a kernel; arguments are memory, ints and doubles. */
    void run(String name, int groups, Object... arguments) {
        Pointer kernel = kernels.computeIfAbsent(name, device::kernel);
        for (int i = 0; i < arguments.length; i++) {
            Object value = arguments[i];
            if (value instanceof Integer number) set(kernel, i, 4, new IntByReference(number));
            else if (value instanceof Double number) set(kernel, i, 8, new DoubleByReference(number));
            else set(kernel, i, Native.POINTER_SIZE, new PointerByReference((Pointer) value));
        }
        size(global, (long) groups * device.group);
        size(local, device.group);
        cl.call("clEnqueueNDRangeKernel", queue, kernel, 1, null, global, local, 0, null, null);
    }

    private static void size(Memory to, long value) {
        if (Native.SIZE_T_SIZE == 8) to.setLong(0, value);
        else to.setInt(0, (int) value);
    }

    private void set(Pointer kernel, int index, int bytes, Object value) {
        cl.call("clSetKernelArg", kernel, index, new NativeLong(bytes), value);
    }

    @Override
    public void close() {
        cl.code("clFinish", queue); // nothing of it may run when its memory goes
        kernels.values().forEach(kernel -> cl.code("clReleaseKernel", kernel));
        kernels.clear();
        buffers.values().forEach(Buffer::release);
        buffers.clear();
        cl.code("clReleaseCommandQueue", queue);
        global.close();
        local.close();
        if (staging != null) staging.close();
        staging = null;
    }
}
