// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

/**
 * What a 1-norm {@code sum_i c_i |w_i|} adds to a smooth function: in one orthant it is linear, so that a quasi-Newton step
 * that does not leave the orthant is one on a smooth function.
 *
 * <p>Andrew and Gao 2007, Scalable training of L1-regularized log-linear models (ICML), OWL-QN.
 */
final class Orthant {

    private static final double C1 = 1e-4;
    private static final int MOST_TRIALS = 50;

    private final double[] c;
    private final Objective smooth;

    Orthant(Objective smooth, double[] c) {
        this.smooth = smooth;
        this.c = c;
    }

    Point of(double[] w) {
        Point point = Point.of(smooth, w);
        double norm = 0;
        for (int i = 0; i < w.length; i++) norm += c[i] * Math.abs(w[i]);
        return new Point(w, point.value() + norm, point.gradient());
    }

    /** The subgradient of least norm: all zero at a minimum. */
    double[] pseudoGradient(Point at) {
        double[] g = at.gradient().clone();
        for (int i = 0; i < g.length; i++) {
            double w = at.w()[i];
            if (w != 0) g[i] += Math.signum(w) * c[i];
            else if (g[i] > c[i]) g[i] -= c[i];
            else if (g[i] < -c[i]) g[i] += c[i];
            else g[i] = 0;
        }
        return g;
    }

    /** A direction without the parts that would go up. */
    static void align(double[] d, double[] pseudo) {
        for (int i = 0; i < d.length; i++) if (d[i] * pseudo[i] >= 0) d[i] = 0;
    }

    /** The step, halved until it wins enough; null if none does. */
    WolfeSearch.Trial search(Point from, double[] pseudo, double[] d, double first) {
        double step = first;
        for (int trial = 0; trial < MOST_TRIALS; trial++, step /= 2) {
            double[] w = from.moved(step, d);
            double won = 0;
            for (int i = 0; i < w.length; i++) {
                double side = from.w()[i] != 0 ? from.w()[i] : -pseudo[i];
                if (w[i] * side <= 0) w[i] = 0; // no further than to the wall
                won += pseudo[i] * (w[i] - from.w()[i]);
            }
            if (!(won < 0)) return null;
            Point point = of(w);
            if (point.finite() && point.value() <= from.value() + C1 * won && point.value() < from.value()) {
                return new WolfeSearch.Trial(step, point, Double.NaN);
            }
        }
        return null;
    }
}
