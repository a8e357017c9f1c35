// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/** Where batches of rows are computed; one for all threads of a JVM. */
public interface RowDevice extends AutoCloseable {

    /** What it is, for logs and reports. */
    String name();

    /** Work of the calling thread on it. */
    RowSession session();

    /** Gives it back; sessions are closed before. */
    @Override
    void close();
}
