// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The smooth steps {@code E_i / (E_i + E_j)} from four elements i to all j. A division costs as much as ten products, so one
 * is shared by four: {@code 1/a = b (c d) / (a b c d)}. To some roundings the same as four divisions.
 */
final class FourSteps {

    /** So small may exponentials be that products of four of them are normal numbers. */
    private static final double LEAST = 1e-75;

    private FourSteps() {}

    /** Whether the sums of any exponentials, the largest of which is 1, may be multiplied by four. */
    static boolean fit(double[] e) {
        for (double each : e) if (!(each >= LEAST)) return false;
        return true;
    }

    /** Adds the steps from i, .., i + 3 to each j to {@code y[j]}, {@code j >= from}. */
    static void add(double[] e, int i, int from, double[] y) {
        double e0 = e[i];
        double e1 = e[i + 1];
        double e2 = e[i + 2];
        double e3 = e[i + 3];
        for (int j = from; j < e.length; j++) {
            double ej = e[j];
            double a = e0 + ej;
            double b = e1 + ej;
            double c = e2 + ej;
            double d = e3 + ej;
            double ab = a * b;
            double cd = c * d;
            y[j] += ((e0 * b + e1 * a) * cd + (e2 * d + e3 * c) * ab) / (ab * cd);
        }
    }

    /** Adds {@code s S'(x_i - x_j) (v_i - v_j)} of i, .., i + 3 to {@code y[j]}, {@code j >= from}. */
    static void addProduct(double[] e, int i, int from, double[] v, double[] y) {
        double e0 = e[i];
        double e1 = e[i + 1];
        double e2 = e[i + 2];
        double e3 = e[i + 3];
        double v0 = v[i];
        double v1 = v[i + 1];
        double v2 = v[i + 2];
        double v3 = v[i + 3];
        for (int j = from; j < e.length; j++) {
            double ej = e[j];
            double vj = v[j];
            double a = e0 + ej;
            double b = e1 + ej;
            double c = e2 + ej;
            double d = e3 + ej;
            double ab = a * b;
            double cd = c * d;
            double inverse = 1 / (ab * cd);
            double ofAb = cd * inverse;
            double ofCd = ab * inverse;
            double ia = b * ofAb;
            double ib = a * ofAb;
            double ic = d * ofCd;
            double id = c * ofCd;
            y[j] += e0 * ia * (ej * ia) * (v0 - vj)
                    + e1 * ib * (ej * ib) * (v1 - vj)
                    + (e2 * ic * (ej * ic) * (v2 - vj) + e3 * id * (ej * id) * (v3 - vj));
        }
    }

    /**
     * Adds w times the slopes {@code E_j/(E_i + E_j)} of the losses of four elements i against each j of [from, to) to
     * {@code g[j]} and to {@code totals} of each i; writes the inverse of the product of the four sums to {@code inverse[j]}.
     */
    static void lossSlopes(
            double[] ei, double[] e, int from, int to, double w, double[] g, double[] totals, double[] inverse) {
        double e0 = ei[0];
        double e1 = ei[1];
        double e2 = ei[2];
        double e3 = ei[3];
        for (int j = from; j < to; j++) {
            double ej = e[j];
            double a = e0 + ej;
            double b = e1 + ej;
            double c = e2 + ej;
            double d = e3 + ej;
            double ab = a * b;
            double cd = c * d;
            double all = 1 / (ab * cd);
            double wj = w * ej;
            double ofAb = wj * (cd * all);
            double ofCd = wj * (ab * all);
            double p0 = b * ofAb;
            double p1 = a * ofAb;
            double p2 = d * ofCd;
            double p3 = c * ofCd;
            inverse[j] = all;
            g[j] += p0 + p1 + (p2 + p3);
            totals[0] += p0;
            totals[1] += p1;
            totals[2] += p2;
            totals[3] += p3;
        }
    }

    /**
     * The losses {@code log(1 + E_j/E_i)} of four elements i against each j of [from, to), {@code max(x_j - x_i, 0)/s} less the
     * logarithm of {@code max(E_i, E_j)/(E_i + E_j)}, which lies in [1/2, 1]: one logarithm of the product of all.
     *
     * @param inverse what {@link #lossSlopes} wrote
     */
    static double losses(
            double[] xi, double[] ei, double[] x, double[] e, double[] inverse, double s, int from, int to) {
        double e0 = ei[0];
        double e1 = ei[1];
        double e2 = ei[2];
        double e3 = ei[3];
        double x0 = xi[0];
        double x1 = xi[1];
        double x2 = xi[2];
        double x3 = xi[3];
        double above = 0;
        double product = 1;
        for (int j = from; j < to; j++) {
            double ej = e[j];
            double xj = x[j];
            above += Math.max(xj - x0, 0) + Math.max(xj - x1, 0) + (Math.max(xj - x2, 0) + Math.max(xj - x3, 0));
            product *= Math.max(e0, ej) * Math.max(e1, ej) * (Math.max(e2, ej) * Math.max(e3, ej)) * inverse[j];
        }
        return above / s - Math.log(product);
    }
}
