// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.DenseRows;
import io.supple.kernel.Gelu;
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

    /** W and v as Gaussians whose sums have deviation 1 for standardised features; b and u are 0. */
    @Override
    public double[] start(long seed) {
        Random random = new Random(seed);
        double[] w = new double[size()];
        for (int i = 0; i < biases(); i++) w[i] = random.nextGaussian() / Math.sqrt(d);
        for (int k = outputs(); k < skip(); k++) w[k] = random.nextGaussian() / Math.sqrt(h);
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
    public Pass pass(double[] w) {
        return new Layer(w);
    }

    private final class Layer implements Pass {
        private final double[] w;
        private double[] units = new double[0]; // n x h
        private double[] slopes = new double[0];
        private double[] sums = new double[0];

        Layer(double[] w) {
            this.w = w;
        }

        @Override
        public void scores(double[] x, int from, int n, double[] s, int at) {
            if (units.length < n * h) {
                units = new double[n * h];
                slopes = new double[n * h];
            }
            for (int i = 0; i < n; i++) {
                int z = i * h;
                System.arraycopy(w, biases(), units, z, h);
                addColumns(x, (from + i) * d, units, z);
            }
            Gelu.forward(units, slopes, n * h);
            DenseRows.times(w, skip(), x, from * d, n, d, s, at);
            if (sums.length < n) sums = new double[n];
            DenseRows.times(w, outputs(), units, 0, n, h, sums, 0);
            for (int i = 0; i < n; i++) s[at + i] += sums[i];
        }

        /** Adds {@code sum_j x_j W_j} to units, four features at a time. */
        private void addColumns(double[] x, int row, double[] z, int at) {
            int j = 0;
            for (; j + 3 < d; j += 4) {
                double x0 = x[row + j];
                double x1 = x[row + j + 1];
                double x2 = x[row + j + 2];
                double x3 = x[row + j + 3];
                int w0 = j * h;
                int w1 = w0 + h;
                int w2 = w1 + h;
                int w3 = w2 + h;
                for (int k = 0; k < h; k++) {
                    z[at + k] += (x0 * w[w0 + k] + x1 * w[w1 + k]) + (x2 * w[w2 + k] + x3 * w[w3 + k]);
                }
            }
            for (; j < d; j++) {
                double xj = x[row + j];
                for (int k = 0; k < h; k++) z[at + k] += xj * w[j * h + k];
            }
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
            double[] column = new double[n];
            for (int j = 0; j < d; j++) {
                for (int i = 0; i < n; i++) column[i] = x[(from + i) * d + j];
                DenseRows.addWeighted(slopes, 0, n, h, column, 0, g, j * h);
            }
        }
    }
}
