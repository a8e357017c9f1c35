// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import io.supple.device.PlaceCode;
import io.supple.device.PlaceFunction;
import java.util.List;

/** The four operations and their partial derivatives. */
enum Arithmetic implements Pointwise, PlaceFunction {
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
    };

    @Override
    public PlaceCode code() {
        return PlaceCode.valueOf(name());
    }

    @Override
    public List<Double> numbers() {
        return List.of();
    }
}
