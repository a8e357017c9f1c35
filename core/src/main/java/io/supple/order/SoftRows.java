// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.LogSoftPermutation;
import io.supple.kernel.PairwiseLogits;
import io.supple.kernel.Smoothness;
import io.supple.kernel.SoftPermutation;
import io.supple.kernel.SoftPermutationTangent;
import io.supple.tensor.ByList;

/** What is read from the rows of a soft permutation of one list, with its derivatives, for {@link ByList}. */
final class SoftRows {

    private SoftRows() {}

    /** {@code P x}; inputs are the keys and x. */
    static final class Applied implements ByList.Kernel {
        private final PairwiseLogits logits;
        private final Smoothness c;
        private final double[] x;

        Applied(PairwiseLogits logits, Smoothness c, double[] x) {
            this.logits = logits;
            this.c = c;
            this.x = x;
        }

        @Override
        public void value(double[] y, int to) {
            SoftPermutation.apply(logits, c, x, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            SoftPermutation.applyVjp(logits, c, x, g, from, gIn[1], gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            SoftPermutationTangent.applyJvp(logits, c, inDot[0], x, inDot[1], yDot, to);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            SoftPermutationTangent.applyVjpTangent(
                    logits, c, inDot[0], x, inDot[1], g, gDot, from, gInDot[1], gInDot[0]);
        }
    }

    /** P, row after row; the input is the keys. */
    record Matrix(PairwiseLogits logits, Smoothness c) implements ByList.Kernel {
        @Override
        public void value(double[] y, int to) {
            SoftPermutation.matrix(logits, c, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            SoftPermutation.matrixVjp(logits, c, g, from, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            SoftPermutationTangent.matrixJvp(logits, c, inDot[0], yDot, to);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            SoftPermutationTangent.matrixVjpTangent(logits, c, inDot[0], g, gDot, from, gInDot[0]);
        }
    }

    /** log P of class SMOOTH, row after row; the input is the keys. */
    record LogMatrix(PairwiseLogits logits) implements ByList.Kernel {
        @Override
        public void value(double[] y, int to) {
            LogSoftPermutation.matrix(logits, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            LogSoftPermutation.matrixVjp(logits, g, from, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            LogSoftPermutation.matrixJvp(logits, inDot[0], yDot, to);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            LogSoftPermutation.matrixVjpTangent(logits, inDot[0], g, gDot, from, gInDot[0]);
        }
    }

    /** Weighted sums of the rows of P; the input is the keys. */
    static final class Mixture implements ByList.Kernel {
        private final PairwiseLogits logits;
        private final Smoothness c;
        private final double[][] weights;

        Mixture(PairwiseLogits logits, Smoothness c, double[][] weights) {
            this.logits = logits;
            this.c = c;
            this.weights = weights;
        }

        @Override
        public void value(double[] y, int to) {
            SoftPermutation.mix(logits, c, weights, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            SoftPermutation.mixVjp(logits, c, weights, g, from, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            SoftPermutationTangent.mixJvp(logits, c, inDot[0], weights, yDot, to);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            SoftPermutationTangent.mixVjpTangent(logits, c, inDot[0], weights, g, gDot, from, gInDot[0]);
        }
    }
}
