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
    }
}
