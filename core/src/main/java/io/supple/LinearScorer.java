// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.algebra.LinearAlgebra;
import io.supple.kernel.DenseRows;
import java.util.Arrays;

/** {@code s = w x}. There is no intercept: no loss of a list sees one. */
final class LinearScorer extends Scorer {

    private static final long serialVersionUID = 1L;

    private final int d;

    LinearScorer(int d) {
        this.d = d;
    }

    @Override
    public int size() {
        return d;
    }

    @Override
    public double[] start(long seed) {
        return new double[d];
    }

    @Override
    public double[] penalties(double reg, double skipReg) {
        double[] all = new double[d];
        Arrays.fill(all, reg);
        return all;
    }

    @Override
    public Pass pass(double[] w, LinearAlgebra algebra) {
        return new Pass() {
            @Override
            public void scores(double[] x, int from, int n, double[] s, int at) {
                DenseRows.times(w, 0, x, from * d, n, d, s, at);
            }

            @Override
            public boolean remembers() {
                return false;
            }

            @Override
            public void pull(double[] x, int from, int n, double[] v, int at, double[] g) {
                DenseRows.addWeighted(x, from * d, n, d, v, at, g, 0);
            }
        };
    }
}
