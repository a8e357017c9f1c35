// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.supple.device.DeviceException;
import io.supple.device.DeviceProvider;
import io.supple.device.RowDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Opens OpenCL devices: graphics processors and accelerators first, in the order of the loader; others, which compute on the
 * CPU, only if they may be taken and there is no accelerator.
 */
public final class OpenClProvider implements DeviceProvider {

    /** Its drivers compute on the CPU; asking it for devices starts it. */
    private static final String POCL = "Portable Computing Language";

    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public RowDevice open(int index, boolean accelerator) {
        return open(null, index, accelerator, OpenClDevice.USUAL_GROUP);
    }

    /** The same by the loader of a name, null for the usual one, with work-groups of a size. */
    static OpenClDevice open(String loader, int index, boolean accelerator, int group) {
        try {
            OpenCl cl = OpenCl.load(loader);
            List<Pointer> platforms = platforms(cl);
            List<Pointer> devices = devices(cl, platforms, OpenCl.GPU | OpenCl.ACCELERATOR, false);
            if (devices.isEmpty() && !accelerator) devices = devices(cl, platforms, OpenCl.ALL, true);
            if (devices.isEmpty()) {
                throw new DeviceException("no OpenCL device"
                        + (accelerator
                                ? " but perhaps drivers that compute on the CPU, which are not taken unless opencl is asked for"
                                : " (a PoCL whose cache, POCL_CACHE_DIR, cannot be written to has none)"));
            }
            if (index >= devices.size()) {
                throw new DeviceException("OpenCL device " + index + " was asked for, there are " + devices.size());
            }
            return new OpenClDevice(cl, devices.get(index), group);
        } catch (LinkageError e) {
            throw new DeviceException("OpenCL cannot be called: " + e, e);
        }
    }

    private static List<Pointer> platforms(OpenCl cl) {
        IntByReference count = new IntByReference();
        int code = cl.code("clGetPlatformIDs", 0, null, count);
        if (code == OpenCl.NO_PLATFORM || code == 0 && count.getValue() == 0) {
            throw new DeviceException(
                    "the OpenCL loader knows no driver: a file such as /etc/OpenCL/vendors/nvidia.icd,"
                            + " that names the driver's library (libnvidia-opencl.so.1), is missing or names one that is not there");
        }
        if (code != 0) throw new DeviceException("clGetPlatformIDs: OpenCL error " + code);
        Pointer[] platforms = new Pointer[count.getValue()];
        cl.call("clGetPlatformIDs", platforms.length, platforms, null);
        return Arrays.asList(platforms);
    }

    private static List<Pointer> devices(OpenCl cl, List<Pointer> platforms, long type, boolean pocl) {
        List<Pointer> devices = new ArrayList<>();
        IntByReference count = new IntByReference();
        for (Pointer platform : platforms) {
            if (!pocl
                    && cl.text("clGetPlatformInfo", platform, OpenCl.PLATFORM_NAME)
                            .equals(POCL)) continue;
            int code = cl.code("clGetDeviceIDs", platform, type, 0, null, count);
            if (code != 0 || count.getValue() == 0) continue; // none of the type
            Pointer[] found = new Pointer[count.getValue()];
            cl.call("clGetDeviceIDs", platform, type, found.length, found, null);
            devices.addAll(Arrays.asList(found));
        }
        return devices;
    }
}
