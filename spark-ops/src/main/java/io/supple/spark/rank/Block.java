// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.JudgedLists;
import io.supple.RankingLoss;
import io.supple.algebra.LinearAlgebra;
import java.io.Serializable;

/**
 * Lists that stand one after the other, with features as they are scored: what is kept in memory. A row takes
 * {@code 8 (d + 2)} bytes, with what a loss reads of its label up to {@code 8 (d + 6)}; a list {@code 8 (cut-offs + 1) + 4}
 * more.
 */
final class Block implements Serializable {

    private static final long serialVersionUID = 1L;

    final int d;
    final double[] x; // rows of d
    final double[] labels;
    final double[] gains;
    final int[] offsets; // of lists, and the end
    final double[] weights; // of lists
    final double[] ideals; // for each list the best discounted gain at each cut-off
    final boolean validation;

    private transient LinearAlgebra.Rows rows; // where the linear algebra wants x
    private transient JudgedLists judged;

    Block(
            int d,
            double[] x,
            double[] labels,
            double[] gains,
            int[] offsets,
            double[] weights,
            double[] ideals,
            boolean validation) {
        this.d = d;
        this.x = x;
        this.labels = labels;
        this.gains = gains;
        this.offsets = offsets;
        this.weights = weights;
        this.ideals = ideals;
        this.validation = validation;
    }

    int lists() {
        return weights.length;
    }

    int rows() {
        return labels.length;
    }

    /** What a loss reads of the labels, once for all evaluations while the block is kept. */
    JudgedLists judged(RankingLoss loss) {
        if (judged == null || !judged.fit(loss)) judged = JudgedLists.of(loss, labels, offsets);
        return judged;
    }

    /** The features as an algebra has loaded them, once for all evaluations while the block is kept. */
    synchronized LinearAlgebra.Rows loaded(LinearAlgebra algebra) {
        if (rows == null) rows = algebra.load(x, rows(), d);
        return rows;
    }

    /** Gives back what {@link #loaded} holds. */
    synchronized void release() {
        if (rows != null) rows.close();
        rows = null;
    }
}
