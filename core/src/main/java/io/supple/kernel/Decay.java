// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The falling exponential {@code e^-v} of one number {@code v >= 0}, right to 1.5 ulp; and {@code log(1 + e)}.
 *
 * <p>{@code e^-v = 2^(n/64) e^r} with {@code n = round(-64 v / log 2)}, {@code |r| <= log(2)/128}, log 2 in two parts
 * (Cody and Waite), Taylor's polynomial of degree 5, whose remainder is 4e-17, and a table of the 64 roots (P. T. P. Tang,
 * ACM TOMS 15(2), 1989, doi:10.1145/63522.214). Beside {@link Math#exp} it is plain arithmetic: where a value and a slope
 * are computed of the same v, the compiler computes this once. {@link Exponential} is for lists.
 */
final class Decay {

    private static final double ROOTS_PER_LOG = 64 / Math.log(2);
    private static final double LOG_ROOT_HIGH = 0x1.62e42feep-7; // 32 bits: times n it is exact
    private static final double LOG_ROOT_LOW = 0x1.a39ef35793c76p-39;
    private static final double ROUND = 0x1.8p52; // a sum with it is an integer, in its last bits
    private static final double MOST = 708; // beyond it results are not normal numbers

    private static final double[] ROOTS = new double[64]; // 2^(i/64)

    static {
        for (int i = 0; i < ROOTS.length; i++) ROOTS[i] = StrictMath.pow(2, i / 64.0);
    }

    private Decay() {}

    /** {@code e^-v} for {@code v >= 0}; NaN stays NaN. */
    static double of(double v) {
        if (!(v <= MOST)) return Math.exp(-v);
        double shifted = ROUND - v * ROOTS_PER_LOG;
        long n = Double.doubleToRawLongBits(shifted); // in its last bits
        double k = shifted - ROUND;
        double r = (-v - k * LOG_ROOT_HIGH) - k * LOG_ROOT_LOW;
        double q = r * r;
        double growth = r + q * ((0.5 + r * (1.0 / 6)) + q * (1.0 / 24 + r * (1.0 / 120))); // e^r - 1
        double power = Double.longBitsToDouble(Double.doubleToRawLongBits(ROOTS[(int) n & 63]) + ((n >> 6) << 52));
        return power + power * growth;
    }

    /**
     * {@code log(1 + e)} for {@code -1/2 <= e <= 1}, right to a few ulp however small e is: the logarithm of the rounded
     * sum, times what the rounding changed (W. Kahan). {@link Math#log1p} leaves the virtual machine.
     */
    static double log1p(double e) {
        double sum = 1 + e;
        double rounded = sum - 1;
        return rounded == 0 ? e : Math.log(sum) * (e / rounded);
    }
}
