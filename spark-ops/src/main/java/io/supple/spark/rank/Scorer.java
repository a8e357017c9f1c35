// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.algebra.LinearAlgebra;
import io.supple.algebra.PlainAlgebra;
import java.io.Serializable;

/**
 * How weights make scores of features. Each row is scored by itself, with the same additions whatever stands beside it:
 * rows that are equal have equal scores.
 */
abstract sealed class Scorer implements Serializable permits LinearScorer, HiddenLayerScorer {

    private static final long serialVersionUID = 1L;

    /** Scores of rows, and back: holds what the way back needs. */
    interface Pass extends AutoCloseable {

        /** From now on features are those of a block, which may stand elsewhere too. */
        default void enter(Block block) {}

        /** Gives back what it holds. */
        @Override
        default void close() {}

        /** Writes the scores of n rows of x from a row on. */
        void scores(double[] x, int from, int n, double[] s, int at);

        /** Adds to g the gradient for the weights, v the gradient for the scores of the last call. */
        void pull(double[] x, int from, int n, double[] v, int at, double[] g);
    }

    static Scorer of(int d, int[] hidden) {
        return hidden.length == 0 ? new LinearScorer(d) : new HiddenLayerScorer(d, hidden[0]);
    }

    /** How many weights there are. */
    abstract int size();

    /** The first weights. */
    abstract double[] start(long seed);

    /** The penalty of each weight; 0 for those that are none's. */
    abstract double[] penalties(double reg, double skipReg);

    /** In plain Java. */
    final Pass pass(double[] w) {
        return pass(w, new PlainAlgebra());
    }

    abstract Pass pass(double[] w, LinearAlgebra algebra);

    /** Sum of products, in four parts side by side. */
    static double dot(double[] w, int at, double[] x, int from, int d) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < d; j += 4) {
            s0 += w[at + j] * x[from + j];
            s1 += w[at + j + 1] * x[from + j + 1];
            s2 += w[at + j + 2] * x[from + j + 2];
            s3 += w[at + j + 3] * x[from + j + 3];
        }
        for (; j < d; j++) s0 += w[at + j] * x[from + j];
        return (s0 + s1) + (s2 + s3);
    }

    /** Adds {@code sum_i v_i x_i} over rows to g, four rows at a time. */
    static void addRows(double[] x, int from, int n, int d, double[] v, int at, double[] g, int to) {
        int i = 0;
        for (; i + 3 < n; i += 4) {
            double v0 = v[at + i];
            double v1 = v[at + i + 1];
            double v2 = v[at + i + 2];
            double v3 = v[at + i + 3];
            int r0 = (from + i) * d;
            int r1 = r0 + d;
            int r2 = r1 + d;
            int r3 = r2 + d;
            for (int j = 0; j < d; j++) {
                g[to + j] += (v0 * x[r0 + j] + v1 * x[r1 + j]) + (v2 * x[r2 + j] + v3 * x[r3 + j]);
            }
        }
        for (; i < n; i++) {
            double vi = v[at + i];
            int row = (from + i) * d;
            for (int j = 0; j < d; j++) g[to + j] += vi * x[row + j];
        }
    }
}
