// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The exponential function of many numbers at once: twice as fast as {@link Math#exp}, right to 1.5 ulp.
 *
 * <p>{@code e^x = 2^k e^r} with {@code k = round(x / log 2)}, {@code |r| <= log(2) / 2}, log 2 in two parts (Cody and
 * Waite) and Taylor's polynomial of degree 13, whose remainder is 4e-18. The first two loops have no branch, no conversion
 * and short chains of dependence (Estrin's scheme), so that the compiler makes vector instructions of them; the third
 * multiplies by the powers of 2.
 */
final class Exponential {

    private static final double LOG2_E = 1.4426950408889634;
    private static final double LOG_2_HIGH = 0x1.62e42feep-1; // 32 bits: times k it is exact
    private static final double LOG_2_LOW = 0x1.a39ef35793c76p-33;
    private static final double ROUND = 0x1.8p52; // a sum with it is an integer, in its last bits
    private static final double LEAST = -708; // below it results are not normal numbers

    private Exponential() {}

    /**
     * Writes {@code e^x} to {@code y[from..to)}, for {@code x < 709}. NaN stays NaN. {@code x[from..to)} is overwritten.
     * Lists with exponents below -708, whose results are hardly more than 0, take the time of {@link Math#exp}.
     */
    static void of(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            if (x[i] < LEAST) {
                for (int j = from; j < to; j++) y[j] = Math.exp(x[j]);
                return;
            }
        }
        reduce(x, y, from, to);
        polynomial(y, from, to);
        scale(x, y, from, to);
    }

    /** Writes r to y, and k + ROUND to x. */
    private static void reduce(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            double shifted = x[i] * LOG2_E + ROUND;
            double k = shifted - ROUND;
            y[i] = (x[i] - k * LOG_2_HIGH) - k * LOG_2_LOW;
            x[i] = shifted;
        }
    }

    /** Puts {@code e^r} in the place of r. */
    private static void polynomial(double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            double r = y[i];
            double q = r * r;
            double q2 = q * q;
            double q4 = q2 * q2; // Horner's scheme in q2 would not become vectors
            double low = (0.5 + r * (1.0 / 6)) + q * (1.0 / 24 + r * (1.0 / 120));
            double middle = (1.0 / 720 + r * (1.0 / 5040)) + q * (1.0 / 40320 + r * (1.0 / 362880));
            double high = (1.0 / 3628800 + r * (1.0 / 39916800)) + q * (1.0 / 479001600 + r * (1.0 / 6227020800L));
            y[i] = 1 + (r + q * (low + q2 * middle + q4 * high));
        }
    }

    /** Adds to the exponents of y what {@link #reduce} left in x. */
    private static void scale(double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            long k = Double.doubleToRawLongBits(x[i]); // in its last bits
            y[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(y[i]) + (k << 52));
        }
    }
}
