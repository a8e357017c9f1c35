// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/** One thread's work on a device: its queue and its memory, which grows and is used again. Not thread-safe. */
public interface RowSession extends AutoCloseable {

    /**
     * The values of all rows; {@code results} is written, those of row r from {@link RowFunction#resultOffsets} on.
     *
     * @throws DeviceException if the device failed; the results are not to be used
     */
    void forward(RowFunction function, Rows rows, double[] results);

    /**
     * The vector-Jacobian products of all rows; {@code gradients}, one array for each column, is written.
     *
     * @throws DeviceException if the device failed; the gradients are not to be used
     */
    void backward(RowFunction function, Rows rows, double[] cotangents, double[][] gradients);

    /** Where its time went so far; zeros where that is not known. */
    default Times times() {
        return Times.NONE;
    }

    /**
     * Time of a device, apart from the JVM's own.
     *
     * @param transfer nanoseconds in which numbers were moved
     * @param kernel nanoseconds in which the device was waited for
     */
    record Times(long transfer, long kernel) {

        /** No time. */
        public static final Times NONE = new Times(0, 0);
    }

    /** Gives the memory back. */
    @Override
    void close();
}
