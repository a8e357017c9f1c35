// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.NeuralSort;
import io.supple.kernel.Smoothness;
import io.supple.kernel.WindowedNeuralSort;
import io.supple.tensor.ByList;
import java.util.Arrays;

/**
 * What is read from the rows of NeuralSort of one list, as {@link SoftRows} but within the windows where the rows are not 0.
 * Second derivatives are left to the dense rows.
 */
final class WindowedRows {

    private WindowedRows() {}

    /** The list and the places that are read. */
    static final class Of {
        private final Smoothness c;
        private final double[] keys;
        private final int[] places;
        private final double s;

        Of(Smoothness c, double[] keys, int[] places, double s) {
            this.c = c;
            this.keys = keys;
            this.places = places;
            this.s = s;
        }

        WindowedNeuralSort windowed() {
            return new WindowedNeuralSort(c, keys, places, s);
        }

        WindowedNeuralSort thin() {
            return WindowedNeuralSort.thin(c, keys, places, s);
        }

        NeuralSort dense() {
            return new NeuralSort(c, keys, places, s);
        }
    }

    /** {@code P x}; inputs are the keys and x. */
    static final class Applied implements ByList.Kernel {
        private final Of of;
        private final WindowedNeuralSort rows;
        private final double[] x;

        Applied(Of of, double[] x) {
            this.of = of;
            this.x = x;
            rows = of.windowed();
        }

        @Override
        public void value(double[] y, int to) {
            rows.apply(x, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            rows.applyVjp(x, g, from, gIn[1], gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            rows.applyJvp(inDot[0], x, inDot[1], yDot, to);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            new SoftRows.Applied(of.dense(), of.c, x).tangent(g, gDot, from, inDot, gInDot);
        }
    }

    /** Weighted sums of the rows of P; the input is the keys. */
    static class Mixture implements ByList.Kernel {
        final Of of;
        WindowedNeuralSort rows;
        final double[][] weights;

        Mixture(Of of, double[][] weights) {
            this.of = of;
            this.weights = weights;
            rows = of.windowed();
        }

        @Override
        public void value(double[] y, int to) {
            rows.mix(weights, y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            rows.mixVjp(weights, g, from, gIn[0]);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            rows.mixJvp(inDot[0], weights, yDot, to);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            new SoftRows.Mixture(of.dense(), of.c, weights).tangent(g, gDot, from, inDot, gInDot);
        }
    }

    /**
     * Weighted sums of the rows of P, of which the last are those of columns, that others will be divided by. Where a
     * column has hardly a sum, what windows leave out is no longer little beside it, so they are read again, wider.
     */
    static final class Columns extends Mixture {

        /** A column that has less may be made of what windows leave out, for a part of 1e-13 or more. */
        private static final double THIN = 0.01;

        Columns(Of of, double[][] weights) {
            super(of, weights);
        }

        @Override
        public void value(double[] y, int to) {
            super.value(y, to);
            int n = of.keys.length;
            int end = to + weights.length * n;
            if (of.c != Smoothness.SMOOTH || least(y, end - n, end) >= THIN) return;
            Arrays.fill(y, to, end, 0);
            rows = of.thin();
            super.value(y, to);
        }

        private static double least(double[] y, int from, int end) {
            double least = Double.POSITIVE_INFINITY;
            for (int j = from; j < end; j++) least = Math.min(least, y[j]);
            return least;
        }
    }
}
