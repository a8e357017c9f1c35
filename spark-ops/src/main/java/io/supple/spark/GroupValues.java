// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The values of a group while its rows come in: a growing list, 8 bytes a value, whose order means nothing. Being a
 * multiset, it is the same however the rows were partitioned, and {@link #sorted} is its one canonical form.
 */
final class GroupValues {

    /**
     * The most values that a group may have: what one Spark array of doubles holds, with its bits for NULL, in 2 GiB. One
     * bound for partial and whole groups, so that success does not depend on the partitioning either.
     */
    static final int MOST = 264_000_000;

    private static final double[] NONE = {};
    private static final int SOME = 8;

    private final String function;
    private final int most;
    private double[] values = NONE;
    private int size;
    private long nulls;

    /** No values yet, for the function of this name. */
    GroupValues(String function) {
        this(function, MOST);
    }

    GroupValues(String function, int most) {
        this.function = function;
        this.most = most;
    }

    int size() {
        return size;
    }

    /** How many NULLs were met. */
    long nulls() {
        return nulls;
    }

    void add(double value) {
        reserve(1);
        values[size++] = Double.isNaN(value) ? Double.NaN : value; // one bit pattern for every NaN
    }

    void addNull() {
        nulls++;
    }

    void addAll(GroupValues other) {
        reserve(other.size);
        System.arraycopy(other.values, 0, values, size, other.size);
        size += other.size;
        nulls += other.nulls;
    }

    private void reserve(int more) {
        if (more > most - size) {
            throw new RefusedRow(function + ": a group must have at most " + most
                    + " values, since it is evaluated as one list in memory, got more; make smaller groups, or take a"
                    + " sample of the rows with FILTER (WHERE rand() < ...)");
        }
        if (size + more <= values.length) return;
        long half = values.length + (long) values.length / 2;
        try {
            values = Arrays.copyOf(values, (int) Math.min(most, Math.max(Math.max(half, size + more), SOME)));
        } catch (OutOfMemoryError full) {
            throw TaskMemory.exceeded(function, size, full);
        }
    }

    /** The values in ascending order, -0.0 before 0.0 and NaN last. */
    double[] sorted() {
        Arrays.sort(values, 0, size); // in place: of a growing window only the new values are out of order next time
        return Arrays.copyOf(values, size);
    }

    /** The number of NULLs, then the values. */
    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Double.BYTES * size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(nulls).asDoubleBuffer().put(values, 0, size);
        return bytes.array();
    }

    /** The inverse of {@link #toBytes}. */
    static GroupValues of(String function, byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
        GroupValues group = new GroupValues(function);
        group.nulls = bytes.getLong();
        group.size = bytes.remaining() / Double.BYTES;
        group.values = new double[group.size];
        bytes.asDoubleBuffer().get(group.values);
        return group;
    }
}
