// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The Gaussian error linear unit {@code z S(2 a (z + c z^3))}, S the logistic function, {@code a = sqrt(2/pi)},
 * {@code c = 0.044715}: Hendrycks and Gimpel 2016, <a href="https://arxiv.org/abs/1606.08415">arXiv:1606.08415</a>, in the form
 * with the hyperbolic tangent.
 */
public final class Gelu {

    private static final double A = 2 * Math.sqrt(2 / Math.PI);
    private static final double C = 0.044715;

    private Gelu() {}

    /** Writes the units of the first n of z, and their derivatives to slopes; three different arrays. */
    public static void forward(double[] z, double[] units, double[] slopes, int n) {
        for (int k = 0; k < n; k++) slopes[k] = -A * z[k] * (1 + C * z[k] * z[k]);
        Exponential.of(slopes, units, 0, n);
        for (int k = 0; k < n; k++) {
            double sigma = 1 / (1 + units[k]);
            double bend = sigma * (1 - sigma);
            units[k] = z[k] * sigma;
            slopes[k] = bend == 0
                    ? sigma
                    : sigma + z[k] * bend * A * (1 + 3 * C * z[k] * z[k]); // 0 times infinity is not 0
        }
    }
}
