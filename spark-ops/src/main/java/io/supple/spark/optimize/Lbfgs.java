// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Minimises a smooth function by L-BFGS with a line search for the strong Wolfe conditions; with a 1-norm added to it, by
 * OWL-QN. The same numbers give the same steps, bit for bit.
 *
 * <pre>{@code
 * Minimum minimum = new Lbfgs(100, 1e-6).minimize(objective, new double[n], Watch.NOBODY);
 * }</pre>
 *
 * <p>Liu and Nocedal 1989, On the limited memory BFGS method for large scale optimization; Andrew and Gao 2007, Scalable
 * training of L1-regularized log-linear models. Memory is 20 vectors; an iteration is mostly one evaluation.
 */
public final class Lbfgs {

    private static final int MEMORY = 10;

    /** One small step need not be the last: quasi-Newton steps are uneven. */
    private static final int STILL = 5;

    private final int maxIter;
    private final double tol;
    private final double[] l1;

    /**
     * Without a 1-norm.
     *
     * @param maxIter how many steps at most
     * @param tol of {@link Stop#GRADIENT} and {@link Stop#OBJECTIVE}
     */
    public Lbfgs(int maxIter, double tol) {
        this(maxIter, tol, null);
    }

    private Lbfgs(int maxIter, double tol, double[] l1) {
        this.maxIter = maxIter;
        this.tol = tol;
        this.l1 = l1;
    }

    /** With {@code sum_i c_i |w_i|} added to the objective, c >= 0. */
    public Lbfgs withL1(double... c) {
        return new Lbfgs(maxIter, tol, c.clone());
    }

    /** From a start to where it ends. */
    public Minimum minimize(Objective objective, double[] start, Watch watch) {
        int[] evaluations = new int[1];
        Objective counted = (w, gradient) -> {
            evaluations[0]++;
            return objective.value(w, gradient);
        };
        Orthant orthant = l1 == null ? null : new Orthant(counted, l1);
        Point at = orthant == null ? Point.of(counted, start.clone()) : orthant.of(start.clone());
        if (!at.finite()) {
            throw new IllegalArgumentException("Lbfgs: the objective must be finite at the start, got " + at.value()
                    + " with a gradient of norm " + at.slope());
        }
        Curvature curvature = new Curvature(MEMORY);
        Deque<Double> values = new ArrayDeque<>();
        int iteration = 0;
        double step = 0;
        while (true) {
            double[] gradient = orthant == null ? at.gradient() : orthant.pseudoGradient(at);
            double slope = Math.sqrt(Point.dot(gradient, gradient));
            values.addLast(at.value());
            boolean more = watch.goOn(iteration, at, step);
            Stop stop = stop(at, slope, values, iteration, more);
            WolfeSearch.Trial next = null;
            if (stop == null) {
                next = next(counted, orthant, at, gradient, slope, curvature);
                if (next == null && !curvature.empty()) {
                    curvature.forget(); // what it remembers may be of another part of the function
                    next = next(counted, orthant, at, gradient, slope, curvature);
                }
                if (next == null) stop = Stop.NO_STEP;
            }
            if (stop != null) return new Minimum(at, slope, iteration, evaluations[0], stop);
            curvature.add(at, next.point);
            at = next.point;
            step = next.step;
            iteration++;
        }
    }

    private Stop stop(Point at, double slope, Deque<Double> values, int iteration, boolean more) {
        double size = Math.sqrt(Point.dot(at.w(), at.w()));
        if (slope <= tol * Math.max(1, size)) return Stop.GRADIENT;
        if (values.size() > STILL) {
            double fell = values.removeFirst() - at.value();
            if (fell <= tol * Math.abs(at.value())) return Stop.OBJECTIVE;
        }
        if (!more) return Stop.WATCH;
        return iteration >= maxIter ? Stop.ITERATIONS : null;
    }

    private static WolfeSearch.Trial next(
            Objective objective, Orthant orthant, Point at, double[] gradient, double slope, Curvature curvature) {
        double[] d = curvature.direction(gradient);
        double first = curvature.empty() ? Math.min(1, 1 / slope) : 1;
        if (orthant == null) return WolfeSearch.search(objective, at, d, first);
        Orthant.align(d, gradient);
        return orthant.search(at, gradient, d, first);
    }
}
