// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Mean and deviation of a list, {@code d = sqrt(var + 1e-6)} with the population variance, in units of {@code 1/scale}: lists
 * near the largest double are scaled by a power of two, so that sums of squares stay finite.
 */
final class Moments {

    private static final double DEVIATION_FLOOR = 1e-3;
    private static final double LARGE = 0x1p500;
    private static final double SHRINK = 0x1p-600;

    private final double scale;
    private final double mean;
    private final double d;
    private final double perDeviation;

    Moments(double[] x, int from, int n) {
        this(x, from, n, large(x, from, n));
    }

    /** Moments of a list in sorted order, whose largest numbers are at its ends. */
    static Moments ofSorted(double[] t) {
        int n = t.length;
        return new Moments(t, 0, n, n > 0 && Math.max(Math.abs(t[0]), Math.abs(t[n - 1])) > LARGE);
    }

    private Moments(double[] x, int from, int n, boolean large) {
        scale = large ? SHRINK : 1;
        mean = sum(x, from, n) / n;
        double variance = squares(x, from, n);
        double floor = DEVIATION_FLOOR * scale;
        d = scale == 1 ? Math.sqrt(variance / n + floor * floor) : Math.hypot(Math.sqrt(variance / n), floor);
        perDeviation = 1 / d;
    }

    private static boolean large(double[] x, int from, int n) {
        boolean large = false;
        for (int i = from; i < from + n; i++) large |= Math.abs(x[i]) > LARGE;
        return large;
    }

    /** Four sums side by side: one would wait for each of its additions. */
    private double sum(double[] x, int from, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double e = 0;
        int i = from;
        for (; i < from + n - 3; i += 4) {
            a += x[i] * scale;
            b += x[i + 1] * scale;
            c += x[i + 2] * scale;
            e += x[i + 3] * scale;
        }
        for (; i < from + n; i++) a += x[i] * scale;
        return (a + b) + (c + e);
    }

    private double squares(double[] x, int from, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double e = 0;
        int i = from;
        for (; i < from + n - 3; i += 4) {
            a += square(x[i]);
            b += square(x[i + 1]);
            c += square(x[i + 2]);
            e += square(x[i + 3]);
        }
        for (; i < from + n; i++) a += square(x[i]);
        return (a + b) + (c + e);
    }

    private double square(double xi) {
        double u = xi * scale - mean;
        return u * u;
    }

    double deviation() {
        return d / scale;
    }

    double standardized(double xi) {
        return (xi * scale - mean) * perDeviation;
    }

    double restored(double u) {
        double v = (mean + d * u) / scale;
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, v));
    }

    double meanDot(double[] xDot, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) sum += xDot[i];
        return sum / n;
    }

    /** {@code mean(u xDot)}. */
    double deviationDot(double[] x, double[] xDot, int from, int n) {
        double sum = 0;
        for (int i = from; i < from + n; i++) sum += standardized(x[i]) * xDot[i];
        return sum / n;
    }
}
