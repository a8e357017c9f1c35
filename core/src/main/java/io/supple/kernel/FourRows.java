// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Loops over four neighbouring rows of NeuralSort at once, {@code p_j, p_j f_j, p_j f_j^2, p_j f_j^3}: each number is read
 * once for four rows, sums do not wait for each other, and sums over rows are polynomials in f.
 */
final class FourRows {

    /** How many rows. */
    static final int ROWS = 4;

    /** No tilts. */
    static final double[] LEVEL = new double[ROWS];

    private FourRows() {}

    /** Writes {@code sum_j p_rj} to total. */
    static void sums(double[] p, double[] f, int lo, int hi, double[] total) {
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        for (int j = lo; j < hi; j++) {
            double e = p[j];
            double fj = f[j];
            t0 += e;
            e *= fj;
            t1 += e;
            e *= fj;
            t2 += e;
            t3 += e * fj;
        }
        total[0] = t0;
        total[1] = t1;
        total[2] = t2;
        total[3] = t3;
    }

    /** Writes {@code sum_j p_rj} to total and {@code sum_j p_rj x_j} over it to mean. */
    static void means(double[] p, double[] f, double[] x, int lo, int hi, double[] total, double[] mean) {
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        double d0 = 0;
        double d1 = 0;
        double d2 = 0;
        double d3 = 0;
        for (int j = lo; j < hi; j++) {
            double e = p[j];
            double fj = f[j];
            double xj = x[j];
            t0 += e;
            d0 += e * xj;
            e *= fj;
            t1 += e;
            d1 += e * xj;
            e *= fj;
            t2 += e;
            d2 += e * xj;
            e *= fj;
            t3 += e;
            d3 += e * xj;
        }
        total[0] = t0;
        total[1] = t1;
        total[2] = t2;
        total[3] = t3;
        mean[0] = d0 / t0;
        mean[1] = d1 / t1;
        mean[2] = d2 / t2;
        mean[3] = d3 / t3;
    }

    /** Puts the four rows after these in their place: {@code p_j f_j^4}. */
    static void next(double[] p, double[] f, int from, int to) {
        for (int j = from; j < to; j++) {
            double square = f[j] * f[j];
            p[j] *= square * square;
        }
    }

    /** Adds {@code sum_r share_r p_rj} to y_j. */
    static void add(double[] share, double[] p, double[] f, double[] y, int lo, int hi) {
        double s0 = share[0];
        double s1 = share[1];
        double s2 = share[2];
        double s3 = share[3];
        for (int j = lo; j < hi; j++) y[j] += p[j] * (s0 + f[j] * (s1 + f[j] * (s2 + f[j] * s3)));
    }

    /**
     * Adds {@code sum_r g_rj} to all and {@code sum_r (k + r) g_rj} to sloped, with
     * {@code g_rj = p_rj (share_r (x_j - m) - tilt_r)}.
     */
    static void pull(
            double[] share,
            double[] tilt,
            double m,
            int k,
            double[] p,
            double[] f,
            double[] x,
            double[] all,
            double[] sloped,
            int lo,
            int hi) {
        pull(share[0], share[1], share[2], share[3], tilt[0], tilt[1], tilt[2], tilt[3], m, p, f, x, all, lo, hi);
        double k0 = k;
        double k1 = k0 + 1;
        double k2 = k0 + 2;
        double k3 = k0 + 3;
        double s1 = k1 * share[1];
        double t1 = k1 * tilt[1];
        pull(
                k0 * share[0],
                s1,
                k2 * share[2],
                k3 * share[3],
                k0 * tilt[0],
                t1,
                k2 * tilt[2],
                k3 * tilt[3],
                m,
                p,
                f,
                x,
                sloped,
                lo,
                hi);
    }

    /** The polynomials with x and without are apart, or the compiler makes no vectors of them; m is near, so little cancels. */
    private static void pull(
            double s0,
            double s1,
            double s2,
            double s3,
            double t0,
            double t1,
            double t2,
            double t3,
            double m,
            double[] p,
            double[] f,
            double[] x,
            double[] y,
            int lo,
            int hi) {
        for (int j = lo; j < hi; j++) {
            y[j] += p[j]
                    * ((x[j] - m) * (s0 + f[j] * (s1 + f[j] * (s2 + f[j] * s3)))
                            - (t0 + f[j] * (t1 + f[j] * (t2 + f[j] * t3))));
        }
    }
}
