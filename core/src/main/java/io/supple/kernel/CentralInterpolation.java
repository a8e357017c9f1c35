// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Lagrange's interpolation between the two middle ones of 24 even nodes, at the multiples of 1 / stride between them.
 *
 * <p>For {@code f(t) = e^(a t)}, t in nodes, the error is about {@code C(24, 12) / 4^24} times the 24th central difference
 * of f, which is {@code (2 sinh(a / 2))^24 f}: positive, so that it bounds the error of any sum of exponentials with
 * weights of both signs by that of the sum with their absolute values.
 */
final class CentralInterpolation {

    /** Nodes of a value. */
    static final int POINTS = 24;

    /** Nodes at or before what is interpolated. */
    static final int BEFORE = POINTS / 2;

    /** The strides there are, ascending. */
    private static final int[] STRIDES = {
        2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256
    };

    private static final CentralInterpolation[] ALL = new CentralInterpolation[STRIDES.length];

    /** The binomial coefficients of the difference, with signs, times the factor of the error. */
    private static final double[] DIFFERENCE = new double[POINTS + 1];

    static {
        for (int i = 0; i < ALL.length; i++) ALL[i] = new CentralInterpolation(STRIDES[i]);
        double factor = 1; // C(24, 12) / 4^24
        for (int k = 1; k <= POINTS / 2; k++) factor *= (POINTS / 2.0 + k) / k / 16;
        double binomial = 1;
        for (int k = 0; k <= POINTS; k++) {
            DIFFERENCE[k] = (k % 2 == 0 ? 1 : -1) * binomial * factor;
            binomial *= (POINTS - k) / (k + 1.0);
        }
    }

    final int stride;
    private final double[] weights; // of node k at t / stride: [t POINTS + k]

    private CentralInterpolation(int stride) {
        this.stride = stride;
        weights = new double[POINTS * stride];
        for (int t = 0; t < stride; t++) {
            double at = BEFORE - 1 + (double) t / stride;
            for (int k = 0; k < POINTS; k++) {
                double weight = 1;
                for (int i = 0; i < POINTS; i++) if (i != k) weight *= (at - i) / (k - i);
                weights[t * POINTS + k] = weight;
            }
        }
    }

    /** The one of the largest stride up to this; null if there is none. */
    static CentralInterpolation upTo(double stride) {
        CentralInterpolation found = null;
        for (CentralInterpolation one : ALL) if (one.stride <= stride) found = one;
        return found;
    }

    /** The error at the values of {@code f[at..at + POINTS]}, one more than the nodes of a value. */
    static double error(double[] f, int at) {
        double error = 0;
        for (int k = 0; k <= POINTS; k++) error += DIFFERENCE[k] * f[at + k];
        return Math.abs(error);
    }

    /** Writes {@code count} values, up to the stride, of {@code f[at..at + POINTS)} to y. */
    void values(double[] f, int at, double[] y, int to, int count) {
        for (int t = 0; t < count; t++) {
            int row = t * POINTS;
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            for (int k = 0; k < POINTS; k += 4) {
                a += weights[row + k] * f[at + k];
                b += weights[row + k + 1] * f[at + k + 1];
                c += weights[row + k + 2] * f[at + k + 2];
                d += weights[row + k + 3] * f[at + k + 3];
            }
            y[to + t] = (a + b) + (c + d);
        }
    }

    /** Writes to {@code f[0..POINTS)} what {@link #values} transposed makes of {@code y[from..from + count)}. */
    void transposed(double[] y, int from, int count, double[] f) {
        for (int k = 0; k < POINTS; k++) f[k] = 0;
        int t = 0;
        for (; t + 1 < count; t += 2) {
            double y0 = y[from + t];
            double y1 = y[from + t + 1];
            int w0 = t * POINTS;
            int w1 = w0 + POINTS;
            for (int k = 0; k < POINTS; k++) f[k] += weights[w0 + k] * y0 + weights[w1 + k] * y1;
        }
        if (t < count) for (int k = 0; k < POINTS; k++) f[k] += weights[t * POINTS + k] * y[from + t];
    }
}
