// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;

/** What a list must fit in: the heap of its task, and a cell of Spark. Beyond it the query is told so, by name and size. */
final class TaskMemory {

    /** Spark keeps a cell in one array of bytes. */
    static final int LARGEST_CELL = Integer.MAX_VALUE - 15;

    /** Of shorter lists it was not the list that filled the heap. */
    private static final int LONG = 1000;

    private TaskMemory() {}

    /**
     * The refusal of a list for which the heap is too small. As an error of the JVM it would end the executor, with all that
     * other tasks have there, and name nothing.
     *
     * @param function name of the function
     * @param n numbers in the list
     * @param full what the JVM says; thrown as it is where the list is short
     */
    static IllegalArgumentException exceeded(String function, int n, OutOfMemoryError full) {
        if (n < LONG) throw full;
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        IllegalArgumentException refused = new RefusedRow(
                function + ": a list must fit in the memory of its task with what is computed of it, got " + n
                        + " numbers in a heap of " + heap
                        + " MB; give more memory (spark.executor.memory, -Xmx in one process), make smaller lists, or ask for"
                        + " fewer rows of a matrix or a method without one, such as 'fast_soft_sort'");
        refused.addSuppressed(full); // as a cause it would be fatal to Spark all the same
        return refused;
    }

    /**
     * Refuses an array of arrays of numbers that no cell holds.
     *
     * @param rows how many arrays
     * @param n numbers in each
     */
    static void requireCell(long rows, long n) {
        long row = UnsafeArrayData.calculateHeaderPortionInBytes(n) + Double.BYTES * n;
        long bytes = UnsafeArrayData.calculateHeaderPortionInBytes(rows) + rows * (Long.BYTES + row);
        if (bytes > LARGEST_CELL) {
            throw new IllegalArgumentException("the value must fit in a cell of Spark, " + LARGEST_CELL + " bytes, got "
                    + rows + " rows of " + n + " numbers; ask for fewer rows, or for values instead of a matrix");
        }
    }
}
