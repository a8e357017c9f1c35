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
 * <p>Along elements a missing one's place is NULL, in a distribution over elements 0, or -infinity where probabilities are
 * logarithms; along sorted places the NULLs stand where {@code sort_array} puts them, first ascending and last descending;
 * along the rows of an array of soft indices the place of a NULL row is NULL.
 */
final class Layout {

    private final Result result;
    private final boolean single;
    private final boolean nullsFirst;
    private final double never;
    private final boolean[] missing;
    private final boolean[] missingRows;
    private final int present;

    /**
     * The layout of one call.
     *
     * @param result axes of the operator's result
     * @param single whether the result has no axis but that of a distribution
     * @param nullsFirst whether sorted places begin with the missing ones
     * @param never what a distribution says of an element that it never takes: 0 or its logarithm
     * @param missing for each element whether it is missing; empty for a call without lists
     * @param present how many are not
     * @param missingRows for each row of an array of soft indices whether it is missing; empty without one
     */
    Layout(
            Result result,
            boolean single,
            boolean nullsFirst,
            double never,
            boolean[] missing,
            int present,
            boolean[] missingRows) {
        this.result = result;
        this.single = single;
        this.nullsFirst = nullsFirst;
        this.never = never;
        this.missing = missing;
        this.missingRows = missingRows;
        this.present = present;
    }

    int present() {
        return present;
    }

    /** Whether the value runs along rows of which none is present. */
    boolean noRows() {
        if (result != Result.ROWS) return false;
        for (boolean m : missingRows) if (!m) return false;
        return true;
    }

    /** Whether the value is one number. */
    boolean number() {
        return single && !result.distribution();
    }

    /** The SQL value of a result. */
    Object value(double[] y) {
        if (number()) return y[0];
        if (!result.distribution()) return vector(y);
        if (single) return Cells.write(Cells.spread(y, 0, missing, never));
        return matrix(y);
    }

    private ArrayData vector(double[] y) {
        return switch (result.first()) {
            case NONE, ELEMENT -> spread(y, 0, missing);
            case PLACE -> present == missing.length ? Cells.write(y) : places(y);
            case FIRST, LEVEL -> Cells.write(y);
            case ROW -> result == Result.ROWS ? spread(y, 0, missingRows) : Cells.write(y);
        };
    }

    private static ArrayData spread(double[] y, int from, boolean[] missing) {
        boolean whole = from == 0 && y.length == missing.length; // then nothing is missing
        return whole ? Cells.write(y) : Cells.writeWithNulls(y, from, missing);
    }

    /** The gradient for a list: NULL where an element is missing. */
    ArrayData gradient(double[] g) {
        return spread(g, 0, missing);
    }

    /** The gradient for an array of soft indices: NULL too where a row is missing. */
    ArrayData gradientRows(double[] g) {
        ArrayData[] rows = new ArrayData[missingRows.length];
        int next = 0;
        for (int r = 0; r < rows.length; r++) {
            if (!missingRows[r]) rows[r] = Cells.writeWithNulls(g, present * next++, missing);
        }
        return Cells.rows(rows);
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
        TaskMemory.requireCell(filled + gap, missing.length);
        ArrayData[] rows = new ArrayData[filled + gap];
        for (int r = 0; r < filled; r++) {
            rows[nullsFirst ? gap + r : r] = Cells.write(Cells.spread(y, r * present, missing, never));
        }
        return Cells.rows(rows);
    }

    /** The value where nothing is present to make it of. */
    Object empty(int levels) {
        if (number()) return null;
        if (result == Result.ROWS) {
            boolean[] all = new boolean[missingRows.length];
            Arrays.fill(all, true);
            return Cells.writeWithNulls(new double[0], 0, all);
        }
        boolean byLevel = result.first() == Result.Axis.LEVEL && !single;
        if (result.distribution() && byLevel) {
            ArrayData[] rows = new ArrayData[levels];
            Arrays.fill(rows, Cells.write(Cells.spread(new double[0], 0, missing, never)));
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
            boolean[] skipped = byElement ? missing : result == Result.ROWS ? missingRows : null;
            int offset = result.first() == Result.Axis.PLACE && nullsFirst ? missing.length - present : 0;
            int length = result.first() == Result.Axis.PLACE ? missing.length : size;
            if (skipped != null) length = skipped.length;
            readRow(function, cell, Cells.element(type), length, skipped, offset, g, 0);
            return g;
        }
        int gap = result.first() == Result.Axis.PLACE ? missing.length - present : 0;
        int filled = present == 0 ? 0 : size / present;
        requireLength(function, cell, filled + gap);
        for (int r = 0; r < filled; r++) {
            int at = nullsFirst ? gap + r : r;
            if (!cell.isNullAt(at)) {
                DataType number = Cells.element(Cells.element(type));
                readRow(function, cell.getArray(at), number, missing.length, missing, 0, g, r * present);
            }
        }
        return g;
    }

    private void readRow(
            String function,
            ArrayData row,
            DataType number,
            int length,
            boolean[] skipped,
            int offset,
            double[] g,
            int from) {
        requireLength(function, row, length);
        int next = from;
        int end = skipped != null ? length : offset + Math.min(g.length - from, length);
        for (int i = offset; i < end; i++) {
            if (skipped != null && skipped[i]) continue;
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
