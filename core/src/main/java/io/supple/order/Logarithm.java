// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Pointwise;
import io.supple.tensor.Tensor;

/** Logarithms of probabilities. */
final class Logarithm {

    private Logarithm() {}

    /** {@code log p}; at 0 it is -infinity and has derivative 0, since no finite one exists. */
    static Tensor of(Tensor p) {
        return p.map(Math::log, v -> v == 0 ? 0 : 1 / v, v -> v == 0 ? 0 : -1 / v / v);
    }

    /** {@code log (sum of weights times exp rows)} over the two rows of each level: (lists, rows, n) to (lists, levels, n). */
    static Tensor mix(Tensor rows, Levels levels) {
        if (!levels.between()) return rows;
        double[] below = new double[levels.count()];
        double[] above = new double[levels.count()];
        for (int level = 0; level < below.length; level++) {
            below[level] = Math.log1p(-levels.above(level));
            above[level] = Math.log(levels.above(level));
        }
        int[] column = {below.length, 1};
        Tensor lower = every(rows, 2, 0).plus(Tensor.of(column, below));
        Tensor upper = every(rows, 2, 1).plus(Tensor.of(column, above));
        return Tensor.pointwise(LOG_ADD_EXP, lower, upper);
    }

    /** Of each list every second row, beginning with the given one. */
    private static Tensor every(Tensor rows, int step, int first) {
        int lists = rows.length(0);
        int n = rows.length(2);
        int m = rows.length(1) / step;
        int[] index = new int[lists * m * n];
        for (int i = 0; i < index.length; i++) {
            int row = i / n;
            index[i] = ((row / m) * rows.length(1) + row % m * step + first) * n + i % n;
        }
        return rows.gather(new int[] {lists, m, n}, index);
    }

    private static final Pointwise LOG_ADD_EXP = new Pointwise() {
        @Override
        public double value(double[] v) {
            double most = Math.max(v[0], v[1]);
            if (most == Double.NEGATIVE_INFINITY) return most;
            return most + Math.log1p(Math.exp(Math.min(v[0], v[1]) - most));
        }

        @Override
        public void partials(double[] v, double[] d) {
            double y = value(v);
            boolean none = y == Double.NEGATIVE_INFINITY;
            d[0] = none ? 0 : Math.exp(v[0] - y);
            d[1] = none ? 0 : Math.exp(v[1] - y);
        }

        @Override
        public void curvatures(double[] v, double[] h) {
            double[] d = new double[2];
            partials(v, d);
            h[0] = d[0] * d[1];
            h[1] = -h[0];
            h[2] = -h[0];
            h[3] = h[0];
        }
    };
}
