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

    /** Gives the memory back. */
    @Override
    void close();
}
