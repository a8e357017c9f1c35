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
}
