// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/** A device is not there, or failed in the middle of its work. */
public final class DeviceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason. */
    public DeviceException(String reason) {
        super(reason);
    }

    /** With the reason and what it came from. */
    public DeviceException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
