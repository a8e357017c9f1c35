// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/**
 * A function of one row with its derivative, for {@link RowSession}: from one or several columns of n numbers to as many
 * numbers as {@link #results} says. Thread-safe.
 *
 * <p>The meaning is {@link #value} and {@link #vjp}; {@link #kernel} only describes it to devices, which may not change
 * results beyond rounding.
 */
public interface RowFunction {

    /** How many columns it takes. */
    int columns();

    /** How many numbers it makes of a row of n. */
    int results(int n);

    /** The value of one row; {@code y} is written. */
    void value(double[][] row, double[] y);

    /** The vector-Jacobian product of one row; {@code gradients}, one array for each column, is written. */
    void vjp(double[][] row, double[] cotangent, double[][] gradients);

    /** The same in words that devices know; null where there are none. */
    RowKernel kernel();

    /** Where the results of each row of a batch begin, and where those of the last one end. */
    default int[] resultOffsets(Rows rows) {
        int[] offsets = new int[rows.count() + 1];
        for (int r = 0; r < rows.count(); r++) {
            offsets[r + 1] = Math.addExact(offsets[r], results(rows.length(r)));
        }
        return offsets;
    }
}
