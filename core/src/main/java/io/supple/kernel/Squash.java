// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Standardise and squash one list, {@code z = logistic((x - mean) / d)}, {@code d = sqrt(var + 1e-6)} with the population
 * variance: the keys of the ordering operators, so that one softness suits lists of any location and scale. And the way
 * back, {@code v = mean + d logit(y)}, for sorted keys that are to be values again.
 *
 * <p>Monotone, values in (0, 1). A list of one element gives 1/2 with derivative 0. Lists near the largest double are
 * scaled by a power of two first, so that sums of squares stay finite.
 */
public final class Squash {

    /** Keys nearer than this to 0 or 1 go back as if they were at this distance, with derivative 0. */
    static final double KEY_FLOOR = 1e-10;

    private static final double STEEPEST = 0x1p1000;

    /** Exponentials at once. */
    private static final int BLOCK = 512;

    /** The largest exponent. */
    private static final double MOST = 708;

    /** No number of a shorter list is further than {@link #MOST} deviations from the mean. */
    private static final int MANY = 500_000;

    private Squash() {}

    /** Squashes {@code x[from..from+n)}; {@code z[from..from+n)} is written. */
    public static void forward(double[] x, double[] z, int from, int n) {
        forward(new Moments(x, from, n), x, z, from, n);
    }

    /** The same, for a list whose moments are known. */
    static void forward(Moments moments, double[] x, double[] z, int from, int n) {
        forward(moments, x, z, from, n, Scratch.FRESH);
    }

    /** The same, in given arrays. */
    static void forward(Moments moments, double[] x, double[] z, int from, int n, Scratch scratch) {
        int size = Math.min(n, BLOCK);
        double[] u = scratch.doubles(size);
        double[] e = scratch.doubles(size);
        for (int start = from; start < from + n; start += BLOCK) {
            int length = Math.min(BLOCK, from + n - start);
            for (int i = 0; i < length; i++) u[i] = -moments.standardized(x[start + i]);
            if (n > MANY) for (int i = 0; i < length; i++) u[i] = Math.min(u[i], MOST);
            Exponential.of(u, e, 0, length);
            for (int i = 0; i < length; i++) z[start + i] = 1 / (1 + e[i]);
        }
    }

    /**
     * Adds {@code J'g} to {@code gx[from..from+n)}. With {@code h = g z (1 - z) / d} and {@code u = (x - mean) / d} it is
     * {@code h - mean(h) - u mean(h u)}: mean and deviation depend on x too.
     */
    public static void vjp(double[] x, double[] z, double[] g, double[] gx, int from, int n) {
        vjp(new Moments(x, from, n), x, z, g, gx, from, n);
    }

    /** The same, for a list whose moments are known. */
    static void vjp(Moments moments, double[] x, double[] z, double[] g, double[] gx, int from, int n) {
        double meanH = 0;
        double meanHu = 0;
        for (int i = from; i < from + n; i++) {
            double h = g[i] * z[i] * (1 - z[i]);
            meanH += h;
            meanHu += h * moments.standardized(x[i]);
        }
        meanH /= n;
        meanHu /= n;
        for (int i = from; i < from + n; i++) {
            double u = moments.standardized(x[i]);
            gx[i] += (g[i] * z[i] * (1 - z[i]) - meanH - u * meanHu) / moments.deviation();
        }
    }

    /** Writes {@code J xDot}, {@code z (1 - z) (xDot - mean(xDot) - u mean(u xDot)) / d}, to {@code zDot[from..from+n)}. */
    public static void jvp(double[] x, double[] z, double[] xDot, double[] zDot, int from, int n) {
        Moments moments = new Moments(x, from, n);
        double meanDot = moments.meanDot(xDot, from, n);
        double dDot = moments.deviationDot(x, xDot, from, n);
        for (int i = from; i < from + n; i++) {
            double uDot = (xDot[i] - meanDot - moments.standardized(x[i]) * dDot) / moments.deviation();
            zDot[i] = z[i] * (1 - z[i]) * uDot;
        }
    }

    /**
     * Adds the derivative of {@link #vjp} as x moves along {@code xDot} and g along {@code gDot} to
     * {@code gxDot[from..from+n)}. With {@code h = g z (1 - z)} and {@code h' = (gDot + g (1 - 2z) u') z (1 - z)} it is
     * {@code (h' - mean(h') - u mean(h' u + h u') - u' mean(h u) - gx d') / d}, where gx is the vjp.
     */
    public static void vjpTangent(
            double[] x, double[] xDot, double[] z, double[] g, double[] gDot, double[] gxDot, int from, int n) {
        Moments moments = new Moments(x, from, n);
        double d = moments.deviation();
        double meanDot = moments.meanDot(xDot, from, n);
        double dDot = moments.deviationDot(x, xDot, from, n);
        double[] u = new double[from + n];
        double[] uDot = new double[from + n];
        double[] h = new double[from + n];
        double[] hDot = new double[from + n];
        double meanH = 0;
        double meanHu = 0;
        double meanHDot = 0;
        double meanHuDot = 0;
        for (int i = from; i < from + n; i++) {
            u[i] = moments.standardized(x[i]);
            uDot[i] = (xDot[i] - meanDot - u[i] * dDot) / d;
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

    /**
     * Takes the keys {@code y[at..at+k)} back to the scale of the list {@code x[from..from+n)};
     * {@code v[at..at+k)} is written and may be the same array as y. Keys are held at {@code 1e-10} from 0 and 1, so
     * values reach to {@code mean +- 23 d}, or to the largest double.
     */
    public static void inverse(double[] x, int from, int n, double[] y, double[] v, int at, int k) {
        Moments moments = new Moments(x, from, n);
        for (int i = at; i < at + k; i++) v[i] = moments.restored(logit(y[i]));
    }

    /**
     * Adds the vjp of {@link #inverse}: {@code g d / (y (1 - y))} to {@code gy[at..at+k)}, and to
     * {@code gx[from..from+n)} what flows through mean and deviation, {@code (sum g + u sum(g logit(y))) / n}.
     *
     * <p>Where d itself nears the largest double, gy stops at {@code 2^1000}.
     */
    public static void inverseVjp(
            double[] x, int from, int n, double[] y, double[] g, double[] gy, double[] gx, int at, int k) {
        Moments moments = new Moments(x, from, n);
        double gMean = 0;
        double gDeviation = 0;
        for (int i = at; i < at + k; i++) {
            gMean += g[i];
            gDeviation += g[i] * logit(y[i]);
            gy[i] += bounded(g[i] * slope(y[i]) * moments.deviation());
        }
        for (int i = from; i < from + n; i++) gx[i] += (gMean + moments.standardized(x[i]) * gDeviation) / n;
    }

    /** Writes the jvp of {@link #inverse} to {@code vDot[at..at+k)}, for tangents of the list and of the keys. */
    public static void inverseJvp(
            double[] x, double[] xDot, int from, int n, double[] y, double[] yDot, double[] vDot, int at, int k) {
        Moments moments = new Moments(x, from, n);
        double meanDot = moments.meanDot(xDot, from, n);
        double dDot = moments.deviationDot(x, xDot, from, n);
        for (int i = at; i < at + k; i++) {
            double byKey = bounded(yDot[i] * slope(y[i]) * moments.deviation());
            vDot[i] = byKey + logit(y[i]) * dDot + meanDot;
        }
    }

    private static double logit(double y) {
        double held = Math.max(KEY_FLOOR, Math.min(1 - KEY_FLOOR, y));
        return Math.log(held / (1 - held));
    }

    /** The derivative of {@link #logit}; 0 where the key is held. */
    private static double slope(double y) {
        return y < KEY_FLOOR || y > 1 - KEY_FLOOR ? 0 : 1 / (y * (1 - y));
    }

    private static double bounded(double x) {
        return Math.max(-STEEPEST, Math.min(STEEPEST, x));
    }
}
