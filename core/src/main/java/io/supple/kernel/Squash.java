// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Standardise and squash one list, {@code z = logistic((x - mean) / d)}, {@code d = sqrt(var + 1e-6)} with the population
 * variance: the keys of the ordering operators, so that one softness suits lists of any location and scale.
 *
 * <p>Monotone, values in (0, 1). A list of one element gives 1/2 with derivative 0. Lists near the largest double are
 * scaled by a power of two first, so that sums of squares stay finite.
 */
public final class Squash {

    private static final double DEVIATION_FLOOR = 1e-3;
    private static final double LARGE = 0x1p500;
    private static final double SHRINK = 0x1p-600;

    private Squash() {}

    /** Squashes {@code x[from..from+n)}; {@code z[from..from+n)} is written. */
    public static void forward(double[] x, double[] z, int from, int n) {
        standardize(x, z, from, n);
        for (int i = from; i < from + n; i++) z[i] = 1 / (1 + Math.exp(-z[i]));
    }

    /**
     * Adds {@code J'g} to {@code gx[from..from+n)}. With {@code h = g z (1 - z) / d} and {@code u = (x - mean) / d} it is
     * {@code h - mean(h) - u mean(h u)}: mean and deviation depend on x too.
     */
    public static void vjp(double[] x, double[] z, double[] g, double[] gx, int from, int n) {
        double[] u = new double[from + n];
        double d = standardize(x, u, from, n);
        double meanH = 0;
        double meanHu = 0;
        for (int i = from; i < from + n; i++) {
            double h = g[i] * z[i] * (1 - z[i]);
            meanH += h;
            meanHu += h * u[i];
        }
        meanH /= n;
        meanHu /= n;
        for (int i = from; i < from + n; i++) gx[i] += (g[i] * z[i] * (1 - z[i]) - meanH - u[i] * meanHu) / d;
    }

    /** Writes {@code (x - mean) / d} to u and returns d. */
    private static double standardize(double[] x, double[] u, int from, int n) {
        double top = 0;
        for (int i = from; i < from + n; i++) top = Math.max(top, Math.abs(x[i]));
        double scale = top > LARGE ? SHRINK : 1;
        double mean = 0;
        for (int i = from; i < from + n; i++) mean += x[i] * scale;
        mean /= n;
        double variance = 0;
        for (int i = from; i < from + n; i++) {
            u[i] = x[i] * scale - mean;
            variance += u[i] * u[i];
        }
        double d = Math.hypot(Math.sqrt(variance / n), DEVIATION_FLOOR * scale);
        for (int i = from; i < from + n; i++) u[i] /= d;
        return d / scale;
    }

    /**
     * The derivative of {@link #forward} along {@code xDot}: {@code z (1 - z) u'} with {@code d' = mean(u xDot)} and
     * {@code u' = (xDot - mean(xDot) - u d') / d}; {@code zDot[from..from+n)} is written.
     */
    public static void jvp(double[] x, double[] z, double[] xDot, double[] zDot, int from, int n) {
        double[] u = new double[from + n];
        double d = standardize(x, u, from, n);
        standardizeTangent(u, d, xDot, zDot, from, n);
        for (int i = from; i < from + n; i++) zDot[i] *= z[i] * (1 - z[i]);
    }

    /**
     * Adds the derivative of {@link #vjp} as x moves along {@code xDot} and g along {@code gDot} to
     * {@code gxDot[from..from+n)}. With {@code h = g z (1 - z)} and {@code h' = (gDot + g (1 - 2z) u') z (1 - z)} it is
     * {@code (h' - mean(h') - u mean(h' u + h u') - u' mean(h u) - gx d') / d}, where gx is the vjp.
     */
    public static void vjpTangent(
            double[] x, double[] xDot, double[] z, double[] g, double[] gDot, double[] gxDot, int from, int n) {
        double[] u = new double[from + n];
        double d = standardize(x, u, from, n);
        double[] uDot = new double[from + n];
        double dDot = standardizeTangent(u, d, xDot, uDot, from, n);
        double[] h = new double[from + n];
        double[] hDot = new double[from + n];
        double meanH = 0;
        double meanHu = 0;
        double meanHDot = 0;
        double meanHuDot = 0;
        for (int i = from; i < from + n; i++) {
            double rise = z[i] * (1 - z[i]);
            h[i] = g[i] * rise;
            hDot[i] = (gDot[i] + g[i] * (1 - 2 * z[i]) * uDot[i]) * rise;
            meanH += h[i];
            meanHu += h[i] * u[i];
            meanHDot += hDot[i];
            meanHuDot += hDot[i] * u[i] + h[i] * uDot[i];
        }
        meanH /= n;
        meanHu /= n;
        meanHDot /= n;
        meanHuDot /= n;
        for (int i = from; i < from + n; i++) {
            double gx = (h[i] - meanH - u[i] * meanHu) / d;
            gxDot[i] += (hDot[i] - meanHDot - u[i] * meanHuDot - uDot[i] * meanHu - gx * dDot) / d;
        }
    }

    /** Writes the derivative of u along {@code xDot} to {@code uDot} and returns that of d. */
    private static double standardizeTangent(double[] u, double d, double[] xDot, double[] uDot, int from, int n) {
        double mean = 0;
        double dDot = 0;
        for (int i = from; i < from + n; i++) {
            mean += xDot[i];
            dDot += u[i] * xDot[i];
        }
        mean /= n;
        dDot /= n;
        for (int i = from; i < from + n; i++) uDot[i] = (xDot[i] - mean - u[i] * dDot) / d;
        return dDot;
    }
}
