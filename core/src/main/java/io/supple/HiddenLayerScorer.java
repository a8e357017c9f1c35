// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.algebra.LinearAlgebra;
import io.supple.kernel.DenseRows;
import io.supple.kernel.Gelu;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;

/**
 * {@code s = u x + sum_k v_k gelu(b_k + sum_j x_j W_jk)}: a hidden layer beside a linear score. Weights stand as W (d x h),
 * b, v, u.
 *
 * <p>Hendrycks and Gimpel 2016, Gaussian error linear units; here in the form {@code z / (1 + exp(-2 a (z + c z^3)))},
 * {@code a = sqrt(2/pi)}, {@code c = 0.044715}, which is theirs with the hyperbolic tangent.
 */
final class HiddenLayerScorer extends Scorer {

    private static final long serialVersionUID = 1L;

    private final int d;
    private final int h;

    HiddenLayerScorer(int d, int h) {
        this.d = d;
        this.h = h;
    }

    @Override
    public int size() {
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
    public double[] start(long seed) {
        Random random = new Random(seed);
        double[] w = new double[size()];
        for (int i = 0; i < biases(); i++) w[i] = random.nextGaussian() / Math.sqrt(d);
        for (int k = outputs(); k < skip(); k++) w[k] = 0.5 * random.nextGaussian() / Math.sqrt(h);
        return w;
    }

    @Override
    public double[] penalties(double reg, double skipReg) {
        double[] all = new double[size()];
        for (int i = 0; i < all.length; i++) {
            boolean bias = i >= biases() && i < outputs();
            all[i] = i >= skip() ? skipReg : bias ? 0 : reg;
        }
        return all;
    }

    @Override
    public Pass pass(double[] w, LinearAlgebra algebra) {
        return new Layer(w, algebra);
    }

    private final class Layer implements Pass {
        private final double[] w;
        private final LinearAlgebra algebra;
        private final LinearAlgebra.Product product;
        private double[] loaded; // the features that rows are of
        private LinearAlgebra.Rows rows;
        private LinearAlgebra.Rows own; // rows, where no block will give them back
        private double[] z = new double[0]; // n x h
        private double[] units = new double[0];
        private double[] slopes = new double[0];
        private double[] sums = new double[0];

        Layer(double[] w, LinearAlgebra algebra) {
            this.w = w;
            this.algebra = algebra;
            product = algebra.product(Arrays.copyOf(w, biases()), d, h);
        }

        @Override
        public void enter(double[] x, Supplier<LinearAlgebra.Rows> there) {
            loaded = x;
            rows = there.get();
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
                z = new double[n * h];
                units = new double[n * h];
                slopes = new double[n * h];
            }
            product.forward(rows(x), from, n, z);
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < h; k++) z[i * h + k] += w[biases() + k];
            }
            Gelu.forward(z, units, slopes, n * h);
            DenseRows.times(w, skip(), x, from * d, n, d, s, at);
            if (sums.length < n) sums = new double[n];
            DenseRows.times(w, outputs(), units, 0, n, h, sums, 0);
            for (int i = 0; i < n; i++) s[at + i] += sums[i];
        }

        @Override
        public boolean remembers() {
            return true;
        }

        @Override
        public void pull(double[] x, int from, int n, double[] v, int at, double[] g) {
            DenseRows.addWeighted(x, from * d, n, d, v, at, g, skip());
            DenseRows.addWeighted(units, 0, n, h, v, at, g, outputs());
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
