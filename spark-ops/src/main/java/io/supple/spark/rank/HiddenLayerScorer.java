// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.algebra.LinearAlgebra;
import java.util.Arrays;
import java.util.Random;

/**
 * {@code s = u x + sum_k v_k gelu(b_k + sum_j x_j W_jk)}: a hidden layer beside a linear score. Weights stand as W (d x h),
 * b, v, u.
 *
 * <p>Hendrycks and Gimpel 2016, Gaussian error linear units; here in the form {@code z / (1 + exp(-2 a (z + c z^3)))},
 * {@code a = sqrt(2/pi)}, {@code c = 0.044715}, which is theirs with the hyperbolic tangent.
 */
final class HiddenLayerScorer extends Scorer {

    private static final long serialVersionUID = 1L;

    private static final double A = 2 * Math.sqrt(2 / Math.PI);
    private static final double C = 0.044715;

    private final int d;
    private final int h;

    HiddenLayerScorer(int d, int h) {
        this.d = d;
        this.h = h;
    }

    @Override
    int size() {
        return Math.addExact(Math.multiplyExact(d + 2, h), d);
    }

    private int biases() {
        return d * h;
    }

    private int outputs() {
        return biases() + h;
    }

    private int skip() {
        return outputs() + h;
    }

    /**
     * W and v as Gaussians, W such that what a unit sees has deviation 1 for standardised features, v such that the sum over
     * units has 1/2 of what they have; b and u are 0. Of five choices tried all trained alike.
     */
    @Override
    double[] start(long seed) {
        Random random = new Random(seed);
        double[] w = new double[size()];
        for (int i = 0; i < biases(); i++) w[i] = random.nextGaussian() / Math.sqrt(d);
        for (int k = outputs(); k < skip(); k++) w[k] = 0.5 * random.nextGaussian() / Math.sqrt(h);
        return w;
    }

    @Override
    double[] penalties(double reg, double skipReg) {
        double[] all = new double[size()];
        for (int i = 0; i < all.length; i++) {
            boolean bias = i >= biases() && i < outputs();
            all[i] = i >= skip() ? skipReg : bias ? 0 : reg;
        }
        return all;
    }

    @Override
    Pass pass(double[] w, LinearAlgebra algebra) {
        return new Layer(w, algebra);
    }

    private final class Layer implements Pass {
        private final double[] w;
        private final LinearAlgebra algebra;
        private final LinearAlgebra.Product product;
        private double[] loaded; // the features that rows are of
        private LinearAlgebra.Rows rows;
        private LinearAlgebra.Rows own; // rows, where no block will give them back
        private double[] units = new double[0]; // n x h
        private double[] slopes = new double[0];

        Layer(double[] w, LinearAlgebra algebra) {
            this.w = w;
            this.algebra = algebra;
            product = algebra.product(Arrays.copyOf(w, biases()), d, h);
        }

        @Override
        public void enter(Block block) {
            loaded = block.x;
            rows = block.loaded(algebra);
        }

        private LinearAlgebra.Rows rows(double[] x) {
            if (x == loaded) return rows;
            if (own != null) own.close();
            own = algebra.load(x, x.length / d, d);
            loaded = x;
            rows = own;
            return rows;
        }

        @Override
        public void close() {
            product.close();
            if (own != null) own.close();
        }

        @Override
        public void scores(double[] x, int from, int n, double[] s, int at) {
            if (units.length < n * h) {
                units = new double[n * h];
                slopes = new double[n * h];
            }
            product.forward(rows(x), from, n, units);
            for (int i = 0; i < n; i++) {
                int z = i * h;
                for (int k = 0; k < h; k++) {
                    double v = units[z + k] + w[biases() + k];
                    double cube = C * v * v;
                    double sigma = 1 / (1 + Math.exp(-A * v * (1 + cube)));
                    units[z + k] = v * sigma;
                    slopes[z + k] = sigma + v * sigma * (1 - sigma) * A * (1 + 3 * cube);
                }
                s[at + i] = dot(w, skip(), x, (from + i) * d, d) + dot(w, outputs(), units, z, h);
            }
        }

        @Override
        public void pull(double[] x, int from, int n, double[] v, int at, double[] g) {
            addRows(x, from, n, d, v, at, g, skip());
            addRows(units, 0, n, h, v, at, g, outputs());
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < h; k++) {
                    slopes[i * h + k] *= v[at + i] * w[outputs() + k];
                    g[biases() + k] += slopes[i * h + k];
                }
            }
            product.vjp(rows(x), from, n, slopes, g);
        }
    }
}
