// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

/** A point with the objective's value and gradient there. */
public final class Point {

    private final double[] w;
    private final double value;
    private final double[] gradient;

    Point(double[] w, double value, double[] gradient) {
        this.w = w;
        this.value = value;
        this.gradient = gradient;
    }

    static Point of(Objective objective, double[] w) {
        double[] gradient = new double[w.length];
        double value = objective.value(w, gradient);
        return new Point(w, value, gradient);
    }

    /** Its coordinates; not a copy. */
    public double[] w() {
        return w;
    }

    /** The value, the 1-norm included where there is one. */
    public double value() {
        return value;
    }

    /** The gradient of the smooth part; not a copy. */
    public double[] gradient() {
        return gradient;
    }

    /** {@code |g|}. */
    public double slope() {
        return Math.sqrt(dot(gradient, gradient));
    }

    boolean finite() {
        return Double.isFinite(value) && Double.isFinite(dot(gradient, gradient));
    }

    /** {@code w + step d}. */
    double[] moved(double step, double[] d) {
        double[] there = w.clone();
        add(step, d, there);
        return there;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    /** Adds {@code f x} to y. */
    static void add(double f, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) y[i] += f * x[i];
    }
}
