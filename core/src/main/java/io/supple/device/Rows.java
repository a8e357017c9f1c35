// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/**
 * Rows of different lengths, one after the other: row r of every column is {@code [offsets[r], offsets[r + 1])}. The arrays
 * are used, not copied.
 */
public final class Rows {

    private final int[] offsets;
    private final double[][] columns;

    /**
     * A batch.
     *
     * @param offsets where each row begins, and where the last one ends: not falling, from 0
     * @param columns the numbers, one array for each argument of the function
     */
    public Rows(int[] offsets, double[]... columns) {
        if (offsets.length == 0 || offsets[0] != 0) {
            throw new IllegalArgumentException("Rows: offsets must begin with 0");
        }
        for (int r = 1; r < offsets.length; r++) {
            if (offsets[r] < offsets[r - 1]) {
                throw new IllegalArgumentException(
                        "Rows: offsets must not fall, got " + offsets[r] + " after " + offsets[r - 1]);
            }
        }
        for (double[] column : columns) {
            if (column.length < offsets[offsets.length - 1]) {
                throw new IllegalArgumentException(
                        "Rows: columns must hold " + offsets[offsets.length - 1] + " numbers, got " + column.length);
            }
        }
        this.offsets = offsets;
        this.columns = columns;
    }

    /** How many rows. */
    public int count() {
        return offsets.length - 1;
    }

    /** How many numbers a column holds. */
    public int size() {
        return offsets[offsets.length - 1];
    }

    /** Where row r begins. */
    public int from(int r) {
        return offsets[r];
    }

    /** How many numbers row r has. */
    public int length(int r) {
        return offsets[r + 1] - offsets[r];
    }

    /** The array itself. */
    public int[] offsets() {
        return offsets;
    }

    /** How many columns. */
    public int width() {
        return columns.length;
    }

    /** The array itself. */
    public double[] column(int j) {
        return columns[j];
    }
}
