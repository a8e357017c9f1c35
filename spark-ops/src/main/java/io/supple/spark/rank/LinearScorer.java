// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.algebra.LinearAlgebra;
import java.util.Arrays;

/** {@code s = w x}. There is no intercept: no loss of a list sees one. */
final class LinearScorer extends Scorer {

    private static final long serialVersionUID = 1L;

    private final int d;

    LinearScorer(int d) {
        this.d = d;
    }

    @Override
    int size() {
        return d;
    }

    @Override
    double[] start(long seed) {
        return new double[d];
    }

    @Override
    double[] penalties(double reg, double skipReg) {
        double[] all = new double[d];
        Arrays.fill(all, reg);
        return all;
    }

    @Override
    Pass pass(double[] w, LinearAlgebra algebra) {
        return new Pass() {
            @Override
            public void scores(double[] x, int from, int n, double[] s, int at) {
                for (int i = 0; i < n; i++) s[at + i] = dot(w, 0, x, (from + i) * d, d);
            }

            @Override
            public void pull(double[] x, int from, int n, double[] v, int at, double[] g) {
                addRows(x, from, n, d, v, at, g, 0);
            }
        };
    }
}
