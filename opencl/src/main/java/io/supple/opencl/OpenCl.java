// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.supple.device.DeviceException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The functions of an OpenCL loader, called by name; errors are {@link DeviceException}s. Thread-safe. */
final class OpenCl {

    static final int PLATFORM_NAME = 0x0902;
    static final int DEVICE_TYPE = 0x1000;
    static final int DEVICE_LOCAL_MEMORY = 0x1023;
    static final int DEVICE_NAME = 0x102B;
    static final int DEVICE_DOUBLE_CONFIG = 0x1032;
    static final int DEVICE_GROUP_SIZE = 0x1004;
    static final int DEVICE_UNITS = 0x1002;
    static final int BUILD_LOG = 0x1183;
    static final long GPU = 4;
    static final long ACCELERATOR = 8;
    static final long ALL = 0xFFFFFFFFL;

    /** What the loader says where no driver is registered with it. */
    static final int NO_PLATFORM = -1001;

    private final NativeLibrary library;
    private final Map<String, Function> functions = new ConcurrentHashMap<>();

    private OpenCl(NativeLibrary library) {
        this.library = library;
    }

    /** The loader of the machine, or one of another name; refuses with the reason where there is none. */
    static OpenCl load(String name) {
        String asked = name == null ? usual() : name;
        try {
            keepDivisionByZero();
            return new OpenCl(NativeLibrary.getInstance(asked));
        } catch (LinkageError e) {
            throw new DeviceException("no OpenCL loader, " + asked + " (Debian: ocl-icd-libopencl1)", e);
        }
    }

    /** Debian's package has the library under its number alone. */
    private static String usual() {
        return Platform.isLinux() ? "libOpenCL.so.1" : "OpenCL";
    }

    /**
     * PoCL takes the signal for itself by which the JVM notices an integer division by zero, at the first question for
     * devices; compiled Java code would then go on with garbage. It can be asked not to.
     */
    private static void keepDivisionByZero() {
        if (!Platform.isLinux()) return;
        NativeLibrary.getInstance("c").getFunction("setenv").invokeInt(new Object[] {"POCL_SIGFPE_HANDLER", "0", 1});
    }

    /** Calls a function that returns a code, and returns it. */
    int code(String function, Object... arguments) {
        return functions.computeIfAbsent(function, library::getFunction).invokeInt(arguments);
    }

    /** Calls a function that returns a code, which must be success. */
    void call(String function, Object... arguments) {
        int code = code(function, arguments);
        if (code != 0) throw failed(function, code);
    }

    /** Calls a function that makes an object; its last argument is for the code. */
    Pointer make(String function, Object... arguments) {
        IntByReference code = new IntByReference();
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = code;
        Pointer made = functions.computeIfAbsent(function, library::getFunction).invokePointer(all);
        if (code.getValue() != 0 || made == null) throw failed(function, code.getValue());
        return made;
    }

    private static DeviceException failed(String function, int code) {
        return new DeviceException(function + ": OpenCL error " + code);
    }

    /** What a device says of itself, as text. */
    String text(String function, Pointer of, int what) {
        byte[] bytes = info(function, of, what);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) end++;
        return new String(bytes, 0, end, StandardCharsets.UTF_8).trim();
    }

    /** What a device says of itself, as a number of up to 64 bits. */
    long number(Pointer device, int what) {
        byte[] bytes = info("clGetDeviceInfo", device, what);
        return java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.nativeOrder())
                .getLong();
    }

    private byte[] info(String function, Pointer of, int what) {
        try (Memory memory = new Memory(1024)) {
            memory.clear();
            call(function, of, what, new NativeLong(memory.size()), memory, null);
            return memory.getByteArray(0, (int) memory.size());
        }
    }
}
