// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * A list less its mean over its deviation, {@code u = (x - mean)/d}, {@code d = sqrt(var + 1e-6)} with the population
 * variance. Mean and deviation move with the list: {@code J'g = (g - mean(g) - u mean(g u))/d}, and J is symmetric.
 */
public final class Standardized {

    private final Moments moments;
    private final double[] u;

    /** Standardises a list. */
    public Standardized(double[] x, Scratch scratch) {
        moments = new Moments(x, 0, x.length);
        u = scratch.doubles(x.length);
        for (int i = 0; i < u.length; i++) u[i] = moments.standardized(x[i]);
    }

    /** The list, standardised: its own array. */
    public double[] values() {
        return u;
    }

    /** Adds {@code J g}, which is {@code J'g}, to {@code y[to..to+n)}; {@code g[from..from+n)}. */
    public void product(double[] g, int from, double[] y, int to) {
        int n = u.length;
        double mean = 0;
        double along = 0;
        for (int i = 0; i < n; i++) {
            mean += g[from + i] / n;
            along += g[from + i] * u[i] / n;
        }
        for (int i = 0; i < n; i++) y[to + i] += (g[from + i] - mean - u[i] * along) / moments.deviation();
    }

    /** Adds the derivative of {@code J g} along a direction of the list and one of g to y. */
    public void productTangent(double[] xDot, double[] g, double[] gDot, int from, double[] y, int to) {
        int n = u.length;
        double[] uDot = new double[n];
        product(xDot, 0, uDot, 0);
        double relative = 0; // dDot / d
        double mean = 0;
        double along = 0;
        double alongDot = 0;
        for (int i = 0; i < n; i++) {
            relative += u[i] * xDot[i] / n / moments.deviation();
            mean += g[from + i] / n;
            along += g[from + i] * u[i] / n;
            alongDot += g[from + i] * uDot[i] / n;
        }
        for (int i = 0; i < n; i++) {
            double pulled = g[from + i] - mean - u[i] * along;
            y[to + i] -= (uDot[i] * along + u[i] * alongDot + relative * pulled) / moments.deviation();
        }
        product(gDot, from, y, to);
    }
}
