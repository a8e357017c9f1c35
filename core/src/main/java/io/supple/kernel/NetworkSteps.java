// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The {@link Sigmoidal soft step} and its slope for all pairs of a layer at once: the same numbers to rounding, in loops
 * that become vectors.
 */
final class NetworkSteps {

    /** Exponents up to this size neither overflow nor leave the normal numbers. */
    private static final double MOST = 700;

    private static final double BOUNDED = 1e100;

    private final Smoothness c;
    private final double s;
    private final boolean together; // whether the exponentials of SMOOTH may be made together
    private final boolean bounded;
    private final double[] u;
    private final double[] e;

    /** For so many pairs of places whose differences are at most {@code spread}. */
    NetworkSteps(Smoothness c, double s, int pairs, double spread) {
        this.c = c;
        this.s = s;
        together = c == Smoothness.SMOOTH && spread / s < MOST;
        bounded = spread <= BOUNDED;
        u = new double[pairs];
        e = new double[pairs];
    }

    /** Whether differences in the list, also times a cotangent, are finite, so that a slope of 0 times them is 0. */
    boolean bounded() {
        return bounded;
    }

    /** How many pairs a layer has. */
    int pairs() {
        return u.length;
    }

    /** Writes S of each difference to m, and where slopes is not null dS/dx to it. */
    void of(double[] excess, double[] m, double[] slopes) {
        if (together) logistic(excess, m, slopes);
        else if (c == Smoothness.C0) linear(excess, m, slopes);
        else single(excess, m, slopes);
    }

    private void logistic(double[] excess, double[] m, double[] slopes) {
        int pairs = m.length;
        double perS = -1 / s;
        for (int k = 0; k < pairs; k++) u[k] = excess[k] * perS;
        Exponential.of(u, e, 0, pairs);
        for (int k = 0; k < pairs; k++) m[k] = 1 / (1 + e[k]);
        if (slopes == null) return;
        for (int k = 0; k < pairs; k++) slopes[k] = e[k] * m[k] * m[k] / s; // S (1 - S) without its cancellation
    }

    private void linear(double[] excess, double[] m, double[] slopes) {
        double reach = Sigmoidal.REACH * s;
        for (int k = 0; k < m.length; k++) m[k] = (1 + Math.max(-1, Math.min(1, excess[k] / reach))) / 2;
        if (slopes == null) return;
        for (int k = 0; k < m.length; k++) slopes[k] = Sigmoidal.slope(c, excess[k], s);
    }

    private void single(double[] excess, double[] m, double[] slopes) {
        for (int k = 0; k < m.length; k++) m[k] = Sigmoidal.value(c, excess[k], s);
        if (slopes == null) return;
        for (int k = 0; k < m.length; k++) slopes[k] = Sigmoidal.slope(c, excess[k], s);
    }
}
