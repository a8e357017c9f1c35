// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** Series of Chebyshev polynomials {@code T_0..T_(P-1)} on [-1, 1] for numbers by the thousand. */
final class Chebyshev {

    /** Terms of a series. */
    static final int P = 22;

    /** Room for a series: whole vectors. */
    static final int STRIDE = 24;

    private Chebyshev() {}

    /** A function of two variables in [-1, 1]. */
    interface Function {
        double of(double x, double y);
    }

    /** Adds {@code sum_j w_j T_a(u_j)} over {@code [from, to)} to {@code moments[at + a]}; all weights 1 if w is null. */
    static void moments(double[] u, double[] w, int from, int to, double[] moments, int at) {
        int j = from;
        // four keys at a time: the recurrence of one waits for its own results
        for (; j + 3 < to; j += 4) {
            double u0 = 2 * u[j];
            double u1 = 2 * u[j + 1];
            double u2 = 2 * u[j + 2];
            double u3 = 2 * u[j + 3];
            double p0 = w == null ? 1 : w[j];
            double p1 = w == null ? 1 : w[j + 1];
            double p2 = w == null ? 1 : w[j + 2];
            double p3 = w == null ? 1 : w[j + 3];
            double t0 = u0 * p0 / 2;
            double t1 = u1 * p1 / 2;
            double t2 = u2 * p2 / 2;
            double t3 = u3 * p3 / 2;
            moments[at] += (p0 + p1) + (p2 + p3);
            for (int a = 1; a < P; a++) {
                moments[at + a] += (t0 + t1) + (t2 + t3);
                double q0 = u0 * t0 - p0;
                double q1 = u1 * t1 - p1;
                double q2 = u2 * t2 - p2;
                double q3 = u3 * t3 - p3;
                p0 = t0;
                p1 = t1;
                p2 = t2;
                p3 = t3;
                t0 = q0;
                t1 = q1;
                t2 = q2;
                t3 = q3;
            }
        }
        for (; j < to; j++) {
            double twice = 2 * u[j];
            double p = w == null ? 1 : w[j];
            double t = u[j] * p;
            moments[at] += p;
            for (int a = 1; a < P; a++) {
                moments[at + a] += t;
                double q = twice * t - p;
                p = t;
                t = q;
            }
        }
    }

    /** Writes {@code sum_a c_a T_a(u_j)} to {@code y[from..to)}: Clenshaw's recurrence. */
    static void values(double[] u, int from, int to, double[] c, double[] y) {
        int j = from;
        for (; j + 3 < to; j += 4) {
            double u0 = 2 * u[j];
            double u1 = 2 * u[j + 1];
            double u2 = 2 * u[j + 2];
            double u3 = 2 * u[j + 3];
            double b0 = 0;
            double b1 = 0;
            double b2 = 0;
            double b3 = 0;
            double d0 = 0;
            double d1 = 0;
            double d2 = 0;
            double d3 = 0;
            for (int a = P - 1; a > 0; a--) {
                double ca = c[a];
                double q0 = u0 * b0 + (ca - d0);
                double q1 = u1 * b1 + (ca - d1);
                double q2 = u2 * b2 + (ca - d2);
                double q3 = u3 * b3 + (ca - d3);
                d0 = b0;
                d1 = b1;
                d2 = b2;
                d3 = b3;
                b0 = q0;
                b1 = q1;
                b2 = q2;
                b3 = q3;
            }
            y[j] = u[j] * b0 + (c[0] - d0);
            y[j + 1] = u[j + 1] * b1 + (c[0] - d1);
            y[j + 2] = u[j + 2] * b2 + (c[0] - d2);
            y[j + 3] = u[j + 3] * b3 + (c[0] - d3);
        }
        for (; j < to; j++) {
            double b = 0;
            double d = 0;
            for (int a = P - 1; a > 0; a--) {
                double q = 2 * u[j] * b + (c[a] - d);
                d = b;
                b = q;
            }
            y[j] = u[j] * b + (c[0] - d);
        }
    }

    /** Adds {@code f sum_a k_ab m_a} to c_b, the moments beginning at {@code at}, row a of k at {@code STRIDE a}. */
    static void translate(double[] k, double[] m, int at, double f, double[] c) {
        for (int a = 0; a < P; a++) {
            double ma = f * m[at + a];
            int row = a * STRIDE;
            for (int b = 0; b < STRIDE; b++) c[b] += ma * k[row + b];
        }
    }

    /** The coefficients K of {@code f(x, y) = sum_ab K_ab T_a(x) T_b(y)}, from its values at the P^2 Chebyshev points. */
    static double[] expansion(Function f) {
        double[] t = new double[P * P]; // T_a at point i
        double[] point = new double[P];
        for (int i = 0; i < P; i++) {
            double angle = Math.PI * (2 * i + 1) / (2 * P);
            point[i] = Math.cos(angle);
            for (int a = 0; a < P; a++) t[a * P + i] = Math.cos(a * angle) * (a == 0 ? 1 : 2) / P;
        }
        double[] half = new double[P * P]; // of x transformed, y at point i
        double[] k = new double[P * STRIDE];
        for (int i = 0; i < P; i++) {
            for (int j = 0; j < P; j++) {
                double value = f.of(point[j], point[i]);
                for (int a = 0; a < P; a++) half[a * P + i] += t[a * P + j] * value;
            }
        }
        for (int a = 0; a < P; a++) {
            for (int b = 0; b < P; b++) {
                for (int i = 0; i < P; i++) k[a * STRIDE + b] += half[a * P + i] * t[b * P + i];
            }
        }
        return k;
    }

    /** The coefficients with the variables exchanged. */
    static double[] transposed(double[] k) {
        double[] transposed = new double[P * STRIDE];
        for (int a = 0; a < P; a++) {
            for (int b = 0; b < P; b++) transposed[b * STRIDE + a] = k[a * STRIDE + b];
        }
        return transposed;
    }
}
