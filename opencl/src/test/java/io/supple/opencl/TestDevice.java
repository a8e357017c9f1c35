// SPDX-License-Identifier: Apache-2.0
package io.supple.opencl;

import io.supple.device.DeviceException;
import org.junit.jupiter.api.Assumptions;

/** The device that tests run on: whatever there is, PoCL included. */
final class TestDevice {

    private TestDevice() {}

    /** Opens it; where there is none the test is skipped with the reason, or fails if one is required. */
    static OpenClDevice open(int group) {
        try {
            return OpenClProvider.open(null, 0, false, group);
        } catch (DeviceException e) {
            absent("an OpenCL device: " + e.getMessage());
            throw e;
        }
    }

    /** Skips the test because something is not there, or fails. */
    static void absent(String what) {
        if (Boolean.getBoolean("supple.opencl.required")) throw new AssertionError("required is " + what);
        Assumptions.abort("SKIPPED for want of " + what);
    }
}
