// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/** Opens devices of one kind; found by {@link java.util.ServiceLoader}. */
public interface DeviceProvider {

    /** The kind, as settings name it. */
    String name();

    /**
     * Opens a device.
     *
     * @param index which of them
     * @param accelerator whether it must be more than the processor that the JVM runs on
     * @throws DeviceException if there is none, with the reason
     */
    RowDevice open(int index, boolean accelerator);
}
