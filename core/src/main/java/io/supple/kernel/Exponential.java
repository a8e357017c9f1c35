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

    static final double LOG2_E = 1.4426950408889634;
    static final double LOG_2_HIGH = 0x1.62e42feep-1; // 32 bits: times k it is exact
    static final double LOG_2_LOW = 0x1.a39ef35793c76p-33;
    static final double ROUND = 0x1.8p52; // a sum with it is an integer, in its last bits
    static final double LEAST = -708; // below it results are not normal numbers

    /** Lists up to this length are done number by number, by measurement. */
    private static final int SHORT = 24;

    private Exponential() {}

    /**
     * Writes {@code e^x} to {@code y[from..to)}, for {@code x < 709}. NaN stays NaN; below -708, where results would hardly
     * be more than 0, they are 0. {@code x[from..to)} is overwritten; x and y are two arrays.
     */
    static void of(double[] x, double[] y, int from, int to) {
        Lanes.USED.exp(x, y, from, to);
    }

    /** {@link #of} in plain Java. */
    static void scalar(double[] x, double[] y, int from, int to) {
        boolean plain = to - from > SHORT;
        for (int i = from; plain && i < to; i++) plain = !(x[i] < LEAST);
        if (plain) {
            reduce(x, y, from, to);
            polynomial(y, from, to);
            scale(x, y, from, to);
        } else {
            for (int i = from; i < to; i++) y[i] = x[i] < LEAST ? 0 : one(x[i]);
        }
    }

    /** All of it for one number, with the same bits: three short loops would cost more than they gain. */
    private static double one(double x) {
        double shifted = x * LOG2_E + ROUND;
        double k = shifted - ROUND;
        double r = (x - k * LOG_2_HIGH) - k * LOG_2_LOW;
        double q = r * r;
        double q2 = q * q;
        double low = (0.5 + r * (1.0 / 6)) + q * (1.0 / 24 + r * (1.0 / 120));
        double middle = (1.0 / 720 + r * (1.0 / 5040)) + q * (1.0 / 40320 + r * (1.0 / 362880));
        double high = (1.0 / 3628800 + r * (1.0 / 39916800)) + q * (1.0 / 479001600 + r * (1.0 / 6227020800L));
        double y = 1 + (r + q * (low + q2 * middle + (q2 * q2) * high));
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) + (Double.doubleToRawLongBits(shifted) << 52));
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
