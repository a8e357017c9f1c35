// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The logits of a soft permutation that compares every sorted place with every element: row r, projected onto the
 * simplex, says how much each element is at place r.
 *
 * <p>One object holds one list. It streams: a row is made when it is asked for, so nothing n x n is stored.
 */
public abstract sealed class PairwiseLogits permits SoftSort, NeuralSort {

    /** Number of rows (places that are read). */
    abstract int rows();

    /** Number of elements of the list. */
    abstract int elements();

    /** Writes the logits of row r to {@code v[0..elements())}. */
    abstract void row(int r, double[] v);

    /** Takes the cotangent {@code gv} of row r; adds what flows to the keys at once to {@code gz}, keeps the rest. */
    abstract void pull(int r, double[] gv, double[] gz);

    /** Adds to {@code gz} what {@link #pull} kept; called once after the last row. */
    abstract void finish(double[] gz);
}
