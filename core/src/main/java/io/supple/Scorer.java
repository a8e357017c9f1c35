// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.algebra.LinearAlgebra;
import io.supple.algebra.PlainAlgebra;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * How weights make scores of features. Each row is scored by itself, with the same additions whatever stands beside it:
 * rows that are equal have equal scores.
 */
public abstract sealed class Scorer implements Serializable permits LinearScorer, HiddenLayerScorer {

    private static final long serialVersionUID = 1L;

    /** Scores of rows, and back: holds what the way back needs. */
    public interface Pass extends AutoCloseable {

        /**
         * From now on rows are of these features, which an algebra has loaded, or will if it is asked for them.
         *
         * @param x features of the rows
         * @param loaded the same; whoever loaded them closes them
         */
        default void enter(double[] x, Supplier<LinearAlgebra.Rows> loaded) {}

        /** Gives back what it holds. */
        @Override
        default void close() {}

        /** Writes the scores of n rows of x from a row on. */
        void scores(double[] x, int from, int n, double[] s, int at);

        /** Whether {@link #pull} needs what the last call of {@link #scores} kept. */
        boolean remembers();

        /** Adds to g the gradient for the weights, v the gradient for the scores, of the last call if it {@link #remembers}. */
        void pull(double[] x, int from, int n, double[] v, int at, double[] g);
    }

    /**
     * A linear score, or one with a hidden layer beside it.
     *
     * @param d features of a row
     * @param hidden none, or how many units the layer has
     */
    public static Scorer of(int d, int[] hidden) {
        return hidden.length == 0 ? new LinearScorer(d) : new HiddenLayerScorer(d, hidden[0]);
    }

    /** How many weights there are. */
    public abstract int size();

    /** The weights to begin with: 0 of a linear score, random ones of a layer. */
    public abstract double[] start(long seed);

    /** The penalty of each weight; 0 for those that are none's. */
    public abstract double[] penalties(double reg, double skipReg);

    /** Scores by these weights in plain Java, for one thread. */
    public final Pass pass(double[] w) {
        return pass(w, new PlainAlgebra());
    }

    /** Scores by these weights, for one thread; a hidden layer's products are left to the algebra. */
    public abstract Pass pass(double[] w, LinearAlgebra algebra);
}
