// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The exponential function of many numbers at once: twice as fast as {@link Math#exp}, right to 1.5 ulp.
 *
 * <p>{@code e^x = 2^k e^r} with {@code k = round(x / log 2)}, {@code |r| <= log(2) / 2}, log 2 in two parts (Cody and
 * Waite) and the polynomial of degree 11 that meets {@code e^r} at Chebyshev's points, within 4e-17 of it. The first two loops have no branch, no conversion
 * and short chains of dependence (Estrin's scheme), so that the compiler makes vector instructions of them; the third
 * multiplies by the powers of 2.
 */
final class Exponential {

    static final double LOG2_E = 1.4426950408889634;
    static final double LOG_2_HIGH = 0x1.62e42feep-1; // 32 bits: times k it is exact
    static final double LOG_2_LOW = 0x1.a39ef35793c76p-33;
    static final double ROUND = 0x1.8p52; // a sum with it is an integer, in its last bits
    static final double C3 = 1.0 / 6;
    static final double C4 = 0x1.5555555553d63p-5;
    static final double C5 = 0x1.11111111109b3p-7;
    static final double C6 = 0x1.6c16c1788bd90p-10;
    static final double C7 = 0x1.a01a01a7c41d5p-13;
    static final double C8 = 0x1.a019b90d2ae7ap-16;
    static final double C9 = 0x1.71de0dae63bb3p-19;
    static final double C10 = 0x1.289185613a3d6p-22;
    static final double C11 = 0x1.af38a9b0ec855p-26;
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

    /** Writes {@code e^(f (x - origin) / s)} to {@code y[from..to)}; scratch may be x, if that is not needed again. */
    static void of(double[] x, double origin, double f, double s, double[] scratch, double[] y, int from, int to) {
        Lanes.USED.exp(x, origin, f, s, scratch, y, from, to);
    }

    /** {@link #of(double[], double[], int, int)} in plain Java. */
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
        double low = (0.5 + r * C3) + q * (C4 + r * C5);
        double middle = (C6 + r * C7) + q * (C8 + r * C9);
        double high = C10 + r * C11;
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
            double low = (0.5 + r * C3) + q * (C4 + r * C5);
            double middle = (C6 + r * C7) + q * (C8 + r * C9);
            double high = C10 + r * C11;
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
