// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.NeuralSort;
import io.supple.kernel.Smoothness;
import io.supple.kernel.WindowedNeuralSort;
import io.supple.tensor.ByList;

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

        WindowedNeuralSort ofColumns() {
            return WindowedNeuralSort.ofColumns(c, keys, places, s);
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
    static final class Mixture implements ByList.Kernel {
        private final Of of;
        private final WindowedNeuralSort rows;
        private final double[][] weights;

        Mixture(Of of, double[][] weights) {
            this(of, weights, of.windowed());
        }

        private Mixture(Of of, double[][] weights, WindowedNeuralSort rows) {
            this.of = of;
            this.weights = weights;
            this.rows = rows;
        }

        /** Sums that will be divided by those of the columns. */
        static Mixture ofColumns(Of of, double[][] weights) {
            return new Mixture(of, weights, of.ofColumns());
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
}
