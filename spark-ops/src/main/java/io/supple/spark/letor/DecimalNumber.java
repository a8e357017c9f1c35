// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import java.nio.charset.StandardCharsets;

/** Decimal numbers from bytes: those that doubles hold exactly without a string, the others by the JDK; never approximated. */
final class DecimalNumber {

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final int MOST_DIGITS = 15; // a whole number that a double holds
    private static final int MOST_EXPONENT = 1_000_000;

    private DecimalNumber() {}

    /** The number in {@code [from, to)}, correctly rounded; NaN if it is not a finite decimal number. */
    static double read(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (at < to && (bytes[at] == '-' || bytes[at] == '+')) at++;
        long digits = 0;
        int significant = 0;
        int exponent = 0;
        int seen = 0;
        boolean point = false;
        for (; at < to; at++) {
            int b = bytes[at];
            if (b == '.' && !point) {
                point = true;
            } else if (b >= '0' && b <= '9') {
                seen++;
                if (significant > 0 || b != '0') significant++;
                if (significant <= MOST_DIGITS) digits = 10 * digits + (b - '0');
                if (point) exponent--;
            } else {
                break;
            }
        }
        if (seen == 0) return Double.NaN;
        if (at < to) {
            int written = exponent(bytes, at, to);
            if (written == Integer.MIN_VALUE) return Double.NaN;
            exponent += written;
        }
        if (significant > MOST_DIGITS || Math.abs(exponent) >= POWERS.length) {
            double value = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
            return Double.isInfinite(value) ? Double.NaN : value;
        }
        // one rounding: digits and the power of ten are exact
        double value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
        return negative ? -value : value;
    }

    /** The exponent e12 or E-3; MIN_VALUE if that is not what stands there. */
    private static int exponent(byte[] bytes, int from, int to) {
        if (bytes[from] != 'e' && bytes[from] != 'E') return Integer.MIN_VALUE;
        int at = from + 1;
        boolean negative = at < to && bytes[at] == '-';
        if (at < to && (bytes[at] == '-' || bytes[at] == '+')) at++;
        if (at == to) return Integer.MIN_VALUE;
        int exponent = 0;
        for (; at < to; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') return Integer.MIN_VALUE;
            exponent = Math.min(MOST_EXPONENT, 10 * exponent + (bytes[at] - '0'));
        }
        return negative ? -exponent : exponent;
    }
}
