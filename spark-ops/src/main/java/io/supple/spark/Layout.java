// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Result;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;

/**
 * Where the numbers of an operator's result stand in a SQL value, given that some elements of the list were missing.
 *
 * <p>Along elements a missing one's place is NULL, in a distribution over elements 0; along sorted places the NULLs stand
 * where {@code sort_array} puts them, first ascending and last descending.
 */
final class Layout {

    private final Result result;
    private final boolean single;
    private final boolean nullsFirst;
    private final boolean[] missing;
    private final int present;

    /**
     * The layout of one call.
     *
     * @param result axes of the operator's result
     * @param single whether the result has no axis but that of a distribution
     * @param nullsFirst whether sorted places begin with the missing ones
     * @param missing for each element whether it is missing; empty for a call without lists
     */
    Layout(Result result, boolean single, boolean nullsFirst, boolean[] missing) {
        this.result = result;
        this.single = single;
        this.nullsFirst = nullsFirst;
        this.missing = missing;
        int count = missing.length;
        for (boolean m : missing) if (m) count--;
        this.present = count;
    }

    int present() {
        return present;
    }

    /** Whether the value is one number. */
    boolean number() {
        return single && !result.distribution();
    }

    /** The SQL value of a result. */
    Object value(double[] y) {
        if (number()) return y[0];
        if (!result.distribution()) return vector(y);
        if (single) return Cells.write(Cells.spread(y, 0, missing));
        return matrix(y);
    }

    private ArrayData vector(double[] y) {
        return switch (result.first()) {
            case NONE, ELEMENT -> present == missing.length ? Cells.write(y) : Cells.writeWithNulls(y, 0, missing);
            case PLACE -> present == missing.length ? Cells.write(y) : places(y);
            case FIRST, LEVEL -> Cells.write(y);
        };
    }

    private ArrayData places(double[] y) {
        int gap = missing.length - present;
        double[] padded = new double[missing.length];
        System.arraycopy(y, 0, padded, nullsFirst ? gap : 0, present);
        UnsafeArrayData array = UnsafeArrayData.fromPrimitiveArray(padded);
        int from = nullsFirst ? 0 : present;
        for (int i = from; i < from + gap; i++) array.setNullAt(i);
        return array;
    }

    private ArrayData matrix(double[] y) {
        int gap = result.first() == Result.Axis.PLACE ? missing.length - present : 0;
        int filled = present == 0 ? 0 : y.length / present;
        ArrayData[] rows = new ArrayData[filled + gap];
        for (int r = 0; r < filled; r++) {
            rows[nullsFirst ? gap + r : r] = Cells.write(Cells.spread(y, r * present, missing));
        }
        return Cells.rows(rows);
    }

    /** The value of a list without present elements, whose result is not one number. */
    Object empty(int levels) {
        boolean byLevel = result.first() == Result.Axis.LEVEL && !single;
        if (result.distribution() && byLevel) {
            ArrayData[] rows = new ArrayData[levels];
            Arrays.fill(rows, Cells.write(new double[missing.length]));
            return Cells.rows(rows);
        }
        return value(new double[0]);
    }

    /**
     * A cotangent in the order of the operator's result: what stands at NULL places is left out, NULL elsewhere is 0.
     *
     * @param function name for the message
     * @param cell array, shaped as the value
     * @param type its type
     * @param size how many numbers the operator's result has
     */
    double[] cotangent(String function, ArrayData cell, DataType type, int size) {
        double[] g = new double[size];
        if (!result.distribution() || single) {
            boolean byElement =
                    result.distribution() || result.first() == Result.Axis.ELEMENT || result == Result.PLACEWISE;
            int offset = result.first() == Result.Axis.PLACE && nullsFirst ? missing.length - present : 0;
            int length = byElement || result.first() == Result.Axis.PLACE ? missing.length : size;
            readRow(function, cell, Cells.element(type), length, byElement, offset, g, 0);
            return g;
        }
        int gap = result.first() == Result.Axis.PLACE ? missing.length - present : 0;
        int filled = present == 0 ? 0 : size / present;
        requireLength(function, cell, filled + gap);
        for (int r = 0; r < filled; r++) {
            int at = nullsFirst ? gap + r : r;
            if (!cell.isNullAt(at)) {
                DataType number = Cells.element(Cells.element(type));
                readRow(function, cell.getArray(at), number, missing.length, true, 0, g, r * present);
            }
        }
        return g;
    }

    private void readRow(
            String function,
            ArrayData row,
            DataType number,
            int length,
            boolean byElement,
            int offset,
            double[] g,
            int from) {
        requireLength(function, row, length);
        int next = from;
        int end = byElement ? length : offset + Math.min(g.length - from, length);
        for (int i = offset; i < end; i++) {
            if (byElement && missing[i]) continue;
            g[next++] = row.isNullAt(i) ? 0 : Cells.element(row, number, i);
        }
    }

    private static void requireLength(String function, ArrayData array, int length) {
        if (array.numElements() != length) {
            throw new IllegalArgumentException(function + ": cotangent must be shaped as the value, an array of "
                    + length + ", got an array of " + array.numElements());
        }
    }
}
