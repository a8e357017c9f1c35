// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.bitset.BitSetMethods;

/** Spark's cells to {@code double[]} and back, without boxing. */
final class Cells {

    private static final byte SPARSE = 0; // VectorUDT's tag

    private Cells() {}

    static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType());
    }

    /** Whether cells of this type are numbers; booleans are, where truth values are wanted. */
    static boolean isNumber(DataType type, boolean truth) {
        return type instanceof NumericType || type instanceof NullType || (truth && type instanceof BooleanType);
    }

    /** A number of any type as Spark evaluates it. */
    static double number(Object value) {
        if (value instanceof Number number) return number.doubleValue();
        if (value instanceof Decimal decimal) return decimal.toDouble();
        return (Boolean) value ? 1 : 0;
    }

    /** Whether cells of this type are whole numbers of at most 64 bits. */
    static boolean isWhole(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
    }

    /** Whether any element is NULL; of arrays as Spark stores them 64 at a time. */
    static boolean anyNull(ArrayData array) {
        int n = array.numElements();
        if (array instanceof UnsafeArrayData stored) {
            long words = (n + Long.SIZE - 1L) / Long.SIZE;
            return BitSetMethods.anySet(stored.getBaseObject(), stored.getBaseOffset() + Long.BYTES, words);
        }
        for (int i = 0; i < n; i++) if (array.isNullAt(i)) return true;
        return false;
    }

    /** Marks the NULL elements as missing and returns how many there are. */
    static int nulls(ArrayData array, boolean[] missing) {
        int nulls = 0;
        for (int i = 0; i < missing.length; i++) {
            if (array.isNullAt(i)) {
                missing[i] = true;
                nulls++;
            }
        }
        return nulls;
    }

    /** The elements, NaN for NULL. */
    static double[] numbers(ArrayData array, DataType element, boolean nulls) {
        return numbers(array, element, nulls, new double[array.numElements()]);
    }

    /** The same, in a given array of their number; doubles without NULL, as Spark stores them, are copied as a whole. */
    static double[] numbers(ArrayData array, DataType element, boolean nulls, double[] values) {
        if (!nulls && element instanceof DoubleType && array instanceof UnsafeArrayData stored) {
            long header = UnsafeArrayData.calculateHeaderPortionInBytes((long) values.length);
            Object base = stored.getBaseObject();
            long bytes = (long) values.length * Double.BYTES;
            Platform.copyMemory(base, stored.getBaseOffset() + header, values, Platform.DOUBLE_ARRAY_OFFSET, bytes);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = nulls && array.isNullAt(i) ? Double.NaN : element(array, element, i);
        }
        return values;
    }

    /** One element, not NULL, of an array of numbers. */
    static double element(ArrayData array, DataType type, int i) {
        if (type instanceof DoubleType) return array.getDouble(i);
        if (type instanceof FloatType) return array.getFloat(i);
        if (type instanceof IntegerType) return array.getInt(i);
        if (type instanceof LongType) return array.getLong(i);
        if (type instanceof ShortType) return array.getShort(i);
        if (type instanceof ByteType) return array.getByte(i);
        if (type instanceof BooleanType) return array.getBoolean(i) ? 1 : 0;
        DecimalType decimal = (DecimalType) type;
        return array.getDecimal(i, decimal.precision(), decimal.scale()).toDouble();
    }

    /** The elements of an ML vector, dense or sparse. */
    static double[] vector(InternalRow vector) {
        double[] values = vector.getArray(3).toDoubleArray();
        if (vector.getByte(0) != SPARSE) return values;
        double[] all = new double[vector.getInt(1)];
        int[] at = vector.getArray(2).toIntArray();
        for (int i = 0; i < at.length; i++) all[at[i]] = values[i];
        return all;
    }

    /** An array as Spark keeps it. */
    static ArrayData write(double[] values) {
        return UnsafeArrayData.fromPrimitiveArray(values);
    }

    /** The array of n elements whose present ones are given in turn; NULL at the missing ones. */
    static ArrayData writeWithNulls(double[] present, int from, boolean[] missing) {
        UnsafeArrayData array = UnsafeArrayData.fromPrimitiveArray(spread(present, from, missing, 0));
        for (int i = 0; i < missing.length; i++) if (missing[i]) array.setNullAt(i);
        return array;
    }

    /** Present values at their places, a filling at the missing ones. */
    static double[] spread(double[] present, int from, boolean[] missing, double fill) {
        double[] all = new double[missing.length];
        int next = from;
        for (int i = 0; i < all.length; i++) all[i] = missing[i] ? fill : present[next++];
        return all;
    }

    /** The values at present places. */
    static double[] compact(double[] all, boolean[] missing, int present) {
        double[] out = new double[present];
        int next = 0;
        for (int i = 0; i < all.length; i++) if (!missing[i]) out[next++] = all[i];
        return out;
    }

    /** An array of arrays, null rows included. */
    static ArrayData rows(ArrayData... rows) {
        return new GenericArrayData(Arrays.copyOf(rows, rows.length, Object[].class));
    }

    /** The type of an array's elements. */
    static DataType element(DataType array) {
        return ((ArrayType) array).elementType();
    }
}
