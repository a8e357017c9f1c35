// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import io.supple.device.DeviceException;
import io.supple.device.RowDevice;
import io.supple.device.RowSession;
import java.nio.charset.StandardCharsets;

/** One OpenCL device with the kernels built for it. */
final class OpenClDevice implements RowDevice {

    /** Lanes of a work-group: two of the units in which processors run them together, or one. */
    static final int USUAL_GROUP = 64;

    /** The longest row that is sorted; longer ones are computed by the JVM. */
    static final int LONGEST = 1024;

    /** Numbers in double precision as everywhere in the project; products and sums are not joined. */
    private static final String OPTIONS = "-cl-std=CL1.2";

    final OpenCl cl;
    final Pointer device;
    final Pointer context;
    final int group;
    private final Pointer program;
    private final String name;

    OpenClDevice(OpenCl cl, Pointer device, int group) {
        this.cl = cl;
        this.device = device;
        this.group = group;
        name = "opencl, " + cl.text("clGetDeviceInfo", device, OpenCl.DEVICE_NAME);
        if (cl.number(device, OpenCl.DEVICE_DOUBLE_CONFIG) == 0) {
            throw new DeviceException(name + ": has no double precision");
        }
        long most = cl.number(device, OpenCl.DEVICE_GROUP_SIZE);
        if (most < group) throw new DeviceException(name + ": work-groups have at most " + most + " lanes");
        long local = cl.number(device, OpenCl.DEVICE_LOCAL_MEMORY);
        if (local < localBytes(group)) {
            throw new DeviceException(
                    name + ": has " + local + " bytes of local memory, " + localBytes(group) + " are needed");
        }
        context = cl.make("clCreateContext", null, 1, new Pointer[] {device}, null, null);
        try {
            program = build(KernelText.of(group, LONGEST));
        } catch (DeviceException e) {
            cl.code("clReleaseContext", context);
            throw e;
        }
    }

    /** What the largest kernel needs: numbers of a group, and numbers and places of the rows that it sorts. */
    static int localBytes(int group) {
        return 8 * group + 12 * Math.max(2 * group, LONGEST);
    }

    private Pointer build(String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        try (Memory text = new Memory(bytes.length + 1L)) {
            text.write(0, bytes, 0, bytes.length);
            text.setByte(bytes.length, (byte) 0);
            Pointer built = cl.make("clCreateProgramWithSource", context, 1, new Pointer[] {text}, null);
            int code = cl.code("clBuildProgram", built, 1, new Pointer[] {device}, OPTIONS, null, null);
            if (code == 0) return built;
            String log = log(built);
            cl.code("clReleaseProgram", built);
            throw new DeviceException(name + ": the kernels cannot be built, OpenCL error " + code + ": " + log);
        }
    }

    private String log(Pointer built) {
        try (Memory log = new Memory(1 << 16)) {
            log.clear();
            cl.code("clGetProgramBuildInfo", built, device, OpenCl.BUILD_LOG, new NativeLong(log.size()), log, null);
            return log.getString(0).strip();
        }
    }

    /** A kernel of its own for a session: its arguments are state. */
    Pointer kernel(String kernel) {
        return cl.make("clCreateKernel", program, kernel);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RowSession session() {
        return new OpenClSession(new Queue(this));
    }

    @Override
    public void close() {
        cl.code("clReleaseProgram", program);
        cl.code("clReleaseContext", context);
    }
}
