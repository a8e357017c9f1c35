// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

/** The four operations and their partial derivatives. */
enum Arithmetic implements Pointwise {
    PLUS {
        @Override
        public double value(double[] in) {
            return in[0] + in[1];
        }

        @Override
        public void partials(double[] in, double[] d) {
            d[0] = 1;
            d[1] = 1;
        }

        @Override
        public void curvatures(double[] in, double[] h) {
            // linear
        }
    },
    MINUS {
        @Override
        public double value(double[] in) {
            return in[0] - in[1];
        }

        @Override
        public void partials(double[] in, double[] d) {
            d[0] = 1;
            d[1] = -1;
        }

        @Override
        public void curvatures(double[] in, double[] h) {
            // linear
        }
    },
    TIMES {
        @Override
        public double value(double[] in) {
            return in[0] * in[1];
        }

        @Override
        public void partials(double[] in, double[] d) {
            d[0] = in[1];
            d[1] = in[0];
        }

        @Override
        public void curvatures(double[] in, double[] h) {
            h[1] = 1;
            h[2] = 1;
        }
    },
    OVER {
        @Override
        public double value(double[] in) {
            return in[0] / in[1];
        }

        @Override
        public void partials(double[] in, double[] d) {
            d[0] = 1 / in[1];
            d[1] = -in[0] / in[1] / in[1];
        }

        @Override
        public void curvatures(double[] in, double[] h) {
            h[1] = -1 / in[1] / in[1];
            h[2] = h[1];
            h[3] = 2 * (in[0] / in[1] / in[1] / in[1]);
        }
    }
}
