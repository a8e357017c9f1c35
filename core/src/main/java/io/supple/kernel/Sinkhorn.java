// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * A matrix of numbers at least 0 whose columns and rows are normalised by turns, columns first: {@code Q = diag(a) P diag(b)}
 * with {@code b = 1/(P'a)} and then {@code a = 1/(P b)} in each iteration. Rows sum to 1, columns nearly.
 *
 * <p>Sinkhorn 1964, A relationship between arbitrary positive matrices and doubly stochastic matrices (Annals of Mathematical
 * Statistics 35). Products with Q need only a and b, and so do derivatives: time O(n^2) an iteration, no matrix but P.
 */
public final class Sinkhorn {

    /** Sums below are taken as this: a sparse column may be empty. */
    private static final double FLOOR = 1e-10;

    private final double[] p;
    private final int n;
    private final double[][] a; // after each iteration, all 1 before the first
    private final double[][] b;

    /** Normalises an n x n matrix, row-major. */
    public Sinkhorn(double[] p, int n, int iterations) {
        this.p = p;
        this.n = n;
        a = new double[iterations + 1][n];
        b = new double[iterations + 1][n];
        Arrays.fill(a[0], 1);
        Arrays.fill(b[0], 1);
        for (int t = 1; t <= iterations; t++) {
            addTransposed(p, a[t - 1], b[t]);
            invert(b[t]);
            addProduct(p, b[t], a[t]);
            invert(a[t]);
        }
    }

    private static void invert(double[] sums) {
        for (int i = 0; i < sums.length; i++) sums[i] = 1 / Math.max(sums[i], FLOOR);
    }

    private void addProduct(double[] m, double[] x, double[] y) {
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) sum += m[i * n + j] * x[j];
            y[i] += sum;
        }
    }

    private void addTransposed(double[] m, double[] x, double[] y) {
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) y[j] += m[i * n + j] * x[i];
    }

    private void addOuter(double[] x, double[] y, double[] m) {
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) m[i * n + j] += x[i] * y[j];
    }

    private static double[] times(double[] x, double[] y) {
        double[] xy = new double[x.length];
        for (int i = 0; i < xy.length; i++) xy[i] = x[i] * y[i];
        return xy;
    }

    private double[] last(double[][] scales) {
        return scales[scales.length - 1];
    }

    /** Writes the first k numbers of {@code Q x} from {@code to} on. */
    public void apply(double[] x, int k, double[] y, int to) {
        double[] px = new double[n];
        addProduct(p, times(last(b), x), px);
        for (int i = 0; i < k; i++) y[to + i] = last(a)[i] * px[i];
    }

    /** Adds the cotangent of P under {@code <g, Q x>} to gp; g has k numbers from {@code from} on. */
    public void vjp(double[] x, double[] g, int from, int k, double[] gp) {
        new Backward(x, g, from, k).run(gp);
    }

    /** Writes the derivative of {@code Q x} along a direction of P. */
    public void jvp(double[] pDot, double[] x, int k, double[] yDot, int to) {
        Forward dots = new Forward(pDot);
        double[] bx = times(last(b), x);
        double[] px = new double[n];
        double[] pxDot = new double[n];
        addProduct(p, bx, px);
        addProduct(pDot, bx, pxDot);
        addProduct(p, times(last(dots.b), x), pxDot);
        for (int i = 0; i < k; i++) yDot[to + i] = last(dots.a)[i] * px[i] + last(a)[i] * pxDot[i];
    }

    /** Adds the derivative of {@link #vjp} along a direction of P and one of g to gpDot. */
    public void vjpTangent(double[] pDot, double[] x, double[] g, double[] gDot, int from, int k, double[] gpDot) {
        new Backward(x, g, from, k).run(new Forward(pDot), pDot, gDot, from, k, gpDot);
    }

    /** The derivatives of a and b along a direction of P. */
    private final class Forward {
        final double[][] a;
        final double[][] b;

        Forward(double[] pDot) {
            int steps = Sinkhorn.this.a.length;
            a = new double[steps][n];
            b = new double[steps][n];
            for (int t = 1; t < steps; t++) {
                addTransposed(pDot, Sinkhorn.this.a[t - 1], b[t]);
                addTransposed(p, a[t - 1], b[t]);
                follow(b[t], Sinkhorn.this.b[t]);
                addProduct(pDot, Sinkhorn.this.b[t], a[t]);
                addProduct(p, b[t], a[t]);
                follow(a[t], Sinkhorn.this.a[t]);
            }
        }

        /** From the derivative of a sum to that of its inverse. */
        private void follow(double[] sumDot, double[] inverse) {
            for (int i = 0; i < n; i++) sumDot[i] *= square(inverse[i]);
        }
    }

    /** {@code -d(1/sum)/d(sum)} where the inverse is not held by the floor. */
    private static double square(double inverse) {
        return inverse >= 1 / FLOOR ? 0 : -inverse * inverse;
    }

    private static double squareSlope(double inverse) {
        return inverse >= 1 / FLOOR ? 0 : -2 * inverse;
    }

    /** The cotangents of a and b, from the last to the first. */
    private final class Backward {
        private final double[] x;
        private final double[] ga; // padded with zeros
        private final double[] gy;

        Backward(double[] x, double[] g, int from, int k) {
            this.x = x;
            gy = new double[n];
            System.arraycopy(g, from, gy, 0, k);
            double[] px = new double[n];
            addProduct(p, times(last(b), x), px);
            ga = times(gy, px);
        }

        void run(double[] gp) {
            double[] ag = times(last(a), gy);
            addOuter(ag, times(last(b), x), gp);
            double[] back = new double[n];
            addTransposed(p, ag, back);
            double[] gb = times(back, x);
            double[] gat = ga;
            for (int t = a.length - 1; t > 0; t--) {
                double[] v = scaled(gat, a[t]);
                addOuter(v, b[t], gp);
                addTransposed(p, v, gb);
                double[] u = scaled(gb, b[t]);
                addOuter(a[t - 1], u, gp);
                gat = new double[n];
                addProduct(p, u, gat);
                gb = new double[n];
            }
        }

        private double[] scaled(double[] g, double[] inverse) {
            double[] y = new double[n];
            for (int i = 0; i < n; i++) y[i] = g[i] * square(inverse[i]);
            return y;
        }

        private double[] scaledDot(double[] g, double[] gDot, double[] inverse, double[] inverseDot) {
            double[] y = new double[n];
            for (int i = 0; i < n; i++) {
                y[i] = gDot[i] * square(inverse[i]) + g[i] * squareSlope(inverse[i]) * inverseDot[i];
            }
            return y;
        }

        /** The derivative of {@link #run(double[])}, line by line. */
        void run(Forward dots, double[] pDot, double[] gDot, int from, int k, double[] gpDot) {
            double[] gyDot = new double[n];
            System.arraycopy(gDot, from, gyDot, 0, k);
            double[] bx = times(last(b), x);
            double[] bxDot = times(last(dots.b), x);
            double[] px = new double[n];
            double[] pxDot = new double[n];
            addProduct(p, bx, px);
            addProduct(pDot, bx, pxDot);
            addProduct(p, bxDot, pxDot);
            double[] gat = ga;
            double[] gatDot = sum(times(gyDot, px), times(gy, pxDot));
            double[] ag = times(last(a), gy);
            double[] agDot = sum(times(last(dots.a), gy), times(last(a), gyDot));
            addOuter(agDot, bx, gpDot);
            addOuter(ag, bxDot, gpDot);
            double[] back = new double[n];
            double[] backDot = new double[n];
            addTransposed(p, ag, back);
            addTransposed(pDot, ag, backDot);
            addTransposed(p, agDot, backDot);
            double[] gb = times(back, x);
            double[] gbDot = times(backDot, x);
            for (int t = a.length - 1; t > 0; t--) {
                double[] v = scaled(gat, a[t]);
                double[] vDot = scaledDot(gat, gatDot, a[t], dots.a[t]);
                addOuter(vDot, b[t], gpDot);
                addOuter(v, dots.b[t], gpDot);
                addTransposed(p, v, gb);
                addTransposed(pDot, v, gbDot);
                addTransposed(p, vDot, gbDot);
                double[] u = scaled(gb, b[t]);
                double[] uDot = scaledDot(gb, gbDot, b[t], dots.b[t]);
                addOuter(dots.a[t - 1], u, gpDot);
                addOuter(a[t - 1], uDot, gpDot);
                gat = new double[n];
                gatDot = new double[n];
                addProduct(p, u, gat);
                addProduct(pDot, u, gatDot);
                addProduct(p, uDot, gatDot);
                gb = new double[n];
                gbDot = new double[n];
            }
        }

        private double[] sum(double[] one, double[] two) {
            for (int i = 0; i < n; i++) one[i] += two[i];
            return one;
        }
    }
}
