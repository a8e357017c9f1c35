// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Euclidean projection onto the 1-norm ball of radius r: x itself inside, else the soft threshold
 * {@code y = sign(x) (|x| - theta)+} with {@code sum |y| = r}.
 *
 * <p>|y| is the {@link ScaledSimplexProjection} of |x|; time and source are given there. On the sphere the derivative is
 * that of the inside. Where x or r is not finite, all is NaN.
 */
public final class L1BallProjection {

    private L1BallProjection() {}

    /** {@code y[0..n)} is written and may be x; r is at least 0. */
    public static void forward(double[] x, double r, double[] y, int n) {
        double norm = norm(x, r, n);
        if (Double.isNaN(norm)) {
            Arrays.fill(y, 0, n, Double.NaN);
        } else if (norm <= r) {
            System.arraycopy(x, 0, y, 0, n);
        } else {
            double[] size = new double[n];
            ScaledSimplexProjection.forward(absolute(x, size, n), r, size, n);
            for (int i = 0; i < n; i++) y[i] = Math.copySign(size[i], x[i]);
        }
    }

    /** Adds {@code J g} to gx, which may be null, and returns the cotangent of r. J is symmetric. */
    public static double vjp(double[] x, double r, double[] g, double[] gx, int n) {
        double norm = norm(x, r, n);
        if (Double.isNaN(norm)) {
            if (gx != null) Arrays.fill(gx, 0, n, Double.NaN);
            return Double.NaN;
        }
        if (norm <= r) {
            for (int i = 0; i < n && gx != null && r != 0; i++) gx[i] += g[i]; // the ball of radius 0 is a point
            return 0;
        }
        double[] turned = turned(x, g, n);
        double[] gSize = new double[n];
        double gr = ScaledSimplexProjection.vjp(absolute(x, new double[n], n), r, turned, gSize, n);
        for (int i = 0; i < n && gx != null; i++) gx[i] += Math.copySign(1, x[i]) * gSize[i];
        return gr;
    }

    /** {@code J t} for the tangents of x, which may be null, and of r; {@code yDot[0..n)} is written. */
    public static void jvp(double[] x, double r, double[] xDot, double rDot, double[] yDot, int n) {
        double norm = norm(x, r, n);
        if (Double.isNaN(norm)) {
            Arrays.fill(yDot, 0, n, Double.NaN);
        } else if (norm <= r) {
            for (int i = 0; i < n; i++) yDot[i] = xDot == null || r == 0 ? 0 : xDot[i];
        } else {
            double[] turned = xDot == null ? null : turned(x, xDot, n);
            double[] size = new double[n];
            ScaledSimplexProjection.jvp(absolute(x, new double[n], n), r, turned, rDot, size, n);
            for (int i = 0; i < n; i++) yDot[i] = Math.copySign(1, x[i]) * size[i];
        }
    }

    /** Infinite where the sum is beyond a double; NaN where x or r is not finite. */
    private static double norm(double[] x, double r, int n) {
        boolean finite = Double.isFinite(r);
        double norm = 0;
        for (int i = 0; i < n; i++) {
            finite &= Double.isFinite(x[i]);
            norm += Math.abs(x[i]);
        }
        return finite ? norm : Double.NaN;
    }

    private static double[] absolute(double[] x, double[] size, int n) {
        for (int i = 0; i < n; i++) size[i] = Math.abs(x[i]);
        return size;
    }

    /** g as seen by |x|. */
    private static double[] turned(double[] x, double[] g, int n) {
        double[] turned = new double[n];
        for (int i = 0; i < n; i++) turned[i] = Math.copySign(1, x[i]) * g[i];
        return turned;
    }
}
