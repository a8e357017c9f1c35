// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 1: devices for batches of rows. A {@link io.supple.device.RowFunction} says what is computed of each row, in plain
 * Java and, where it can, as a {@link io.supple.device.RowKernel} that other processors understand; a
 * {@link io.supple.device.RowSession} computes it of many {@link io.supple.device.Rows} at once. {@link
 * io.supple.device.JavaDevice} is the JVM itself; others are found by {@link java.util.ServiceLoader} and chosen by
 * {@link io.supple.device.Devices}.
 */
package io.supple.device;
