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

    /** Sets the direction in which the keys move; called before the other methods for tangents. */
    abstract void along(double[] zDot);

    /** Writes the derivative of row r to {@code vDot[0..elements())}, up to a constant as the row itself. */
    abstract void rowTangent(int r, double[] vDot);

    /** The derivative of {@link #pull} as gv moves along {@code gvDot}; takes the place of pull. */
    abstract void pullTangent(int r, double[] gv, double[] gvDot, double[] gzDot);

    /** The derivative of {@link #finish}, for what {@link #pullTangent} kept; takes the place of finish. */
    abstract void finishTangent(double[] gzDot);
}
