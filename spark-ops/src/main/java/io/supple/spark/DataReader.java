// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Param;
import io.supple.tensor.Tensor;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;

/**
 * Reads the data arguments of one row: finds the elements that are missing, and gives what is present to core.
 *
 * <p>Lists of one call lie side by side: an element missing in one of them is missing in all, and so is its weight in
 * every soft index of an array of soft indices. Where such an array is NULL as a row, that row is missing.
 */
final class DataReader {

    private static final boolean[] NONE = {};

    private final SoftPlan plan;
    private final String name;
    private final List<Param.Data> data;
    private final Missing policy;

    private final double[][] values;
    private boolean[] whole = NONE; // nothing is missing of a list of this length; kept from row to row
    private boolean[] missing = NONE;
    private boolean[] missingRows = NONE;
    private int present;
    private int first; // the list that others are measured by; -1: none yet

    DataReader(SoftPlan plan) {
        this.plan = plan;
        name = plan.function().name();
        data = plan.function().operator().data();
        policy = plan.missing();
        values = new double[data.size()][];
    }

    /** For each element whether it is missing; empty without lists. */
    boolean[] missing() {
        return missing;
    }

    /** How many elements are present. */
    int present() {
        return present;
    }

    /** For each row of an array of soft indices whether it is missing; empty without one. */
    boolean[] missingRows() {
        return missingRows;
    }

    /** Reads a row; false if its result is NULL. */
    boolean read(double[] numbers, Object[] cells) {
        missing = NONE;
        missingRows = NONE;
        first = -1;
        for (int p = 0; p < data.size(); p++) {
            boolean list = SqlFunction.isList(plan.type(p));
            if (list && !nested(p) && !readList(p, cells[p])) return false;
            if (!list) values[p] = new double[] {numbers[p]};
        }
        present = missing.length;
        if (missing != whole) for (boolean m : missing) if (m) present--;
        for (int p = 0; p < data.size(); p++) {
            if (nested(p) && !readRows(p, (ArrayData) cells[p])) return false;
            boolean gaps = SqlFunction.isList(plan.type(p)) && !nested(p) && present < missing.length;
            if (gaps) values[p] = Cells.compact(values[p], missing, present);
        }
        return true;
    }

    private boolean nested(int p) {
        return data.get(p).form().nested();
    }

    private boolean readList(int p, Object cell) {
        DataType type = plan.type(p);
        boolean vector = Cells.isVector(type);
        ArrayData array = vector ? null : (ArrayData) cell;
        double[] dense = vector ? Cells.vector((InternalRow) cell) : null;
        int length = vector ? dense.length : array.numElements();
        if (first < 0) {
            first = p;
            if (whole.length != length) whole = new boolean[length];
            missing = whole;
        } else if (length != missing.length) {
            throw new IllegalArgumentException(name + ": " + data.get(p).name() + " must be an array of the length of "
                    + data.get(first).name() + ", " + missing.length + ", got an array of " + length);
        }
        int nulls = vector || !Cells.anyNull(array) ? 0 : Cells.nulls(array, own());
        values[p] = vector ? dense : Cells.numbers(array, Cells.element(type), nulls > 0, kept(p, length));
        if (!admits(p, nulls, length, "elements")) return false;
        if (policy == Missing.IGNORE_NAN) {
            for (int i = 0; i < length; i++) if (Double.isNaN(values[p][i])) own()[i] = true;
        }
        return true;
    }

    /** An array for the numbers of an argument: that of the row before, which nobody reads any more, if it fits. */
    private double[] kept(int p, int length) {
        return values[p] != null && values[p].length == length ? values[p] : new double[length];
    }

    /** What is missing of this row, to be written to. */
    private boolean[] own() {
        if (missing == whole) missing = new boolean[whole.length];
        return missing;
    }

    private boolean admits(int p, int nulls, int of, String what) {
        if (nulls > 0 && policy == Missing.ERROR) {
            throw new IllegalArgumentException(name + ": " + data.get(p).name() + " must have no NULL " + what
                    + " (missing => 'error'), got " + nulls + " of " + of);
        }
        return nulls == 0 || policy != Missing.NULL;
    }

    private boolean readRows(int p, ArrayData rows) {
        missingRows = new boolean[rows.numElements()];
        int nulls = Cells.nulls(rows, missingRows);
        if (!admits(p, nulls, missingRows.length, "rows")) return false;
        values[p] = new double[(missingRows.length - nulls) * present];
        int next = 0;
        for (int r = 0; r < missingRows.length; r++) {
            if (missingRows[r]) continue;
            if (!readRow(p, r, rows.getArray(r), next)) return false;
            next += present;
        }
        return true;
    }

    private boolean readRow(int p, int r, ArrayData row, int from) {
        int n = missing.length;
        if (row.numElements() != n) {
            throw new IllegalArgumentException(name + ": " + data.get(p).name() + " must have rows of the length of "
                    + data.get(first).name() + ", " + n + ", got " + row.numElements() + " in row " + (r + 1));
        }
        DataType number = Cells.element(Cells.element(plan.type(p)));
        int next = from;
        for (int i = 0; i < n; i++) {
            if (missing[i]) continue;
            double weight = row.isNullAt(i) ? Double.NaN : Cells.element(row, number, i);
            boolean absent = row.isNullAt(i) || (policy == Missing.IGNORE_NAN && Double.isNaN(weight));
            if (absent && policy == Missing.NULL) return false;
            if (absent) {
                throw new IllegalArgumentException(name + ": " + data.get(p).name()
                        + " must have a number for each element of "
                        + data.get(first).name() + " that is there, got "
                        + (row.isNullAt(i) ? "NULL" : "NaN") + " at place " + (i + 1) + " of row " + (r + 1)
                        + "; a NULL row is a missing index");
            }
            values[p][next++] = weight;
        }
        return true;
    }

    /** The numbers of an argument, without what is missing; to be read before the next row is. */
    double[] numbers(int p) {
        return values[p];
    }

    /** An argument as core takes it, without what is missing. */
    Tensor tensor(int p) {
        if (!SqlFunction.isList(plan.type(p))) return Tensor.scalar(values[p][0]);
        if (!nested(p)) return Tensor.of(values[p]);
        int rows = missingRows.length;
        for (boolean m : missingRows) if (m) rows--;
        return Tensor.of(new int[] {rows, present}, values[p]);
    }
}
