// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The equations {@code G d + L e = r, L d - inv(S) e = q} in d and e, for diagonal matrices G and S of numbers that are at
 * least 0, and the second difference matrix L: those of {@code (G + L S L) d = r + L S q} without the square of L.
 *
 * <p>The matrix is quasidefinite (Vanderbei, SIAM Journal on Optimization 5, 1995), so elimination needs no exchanges: pairs
 * (d_k, e_k) are taken out one after the other, by pivots {@code [[a, b], [b, -c]]} with
 * {@code a' = G + a / (a c + b b)}, {@code b' = 2 - b / (a c + b b)}, {@code c' = 1 / S + c / (a c + b b)}. Nothing is
 * subtracted in a and c, and b is between 1 and 2: numbers of G and S may be a factor of 1e300 apart and a solution is true
 * to the small ones too, where exchanges by size would lose them. Time and memory O(n).
 */
final class SaddleSystem {

    private static final double LEAST = 0x1p-1000; // of a: G may be 0 all along, and then is not seen

    private final int n;
    private final double[] a;
    private final double[] b;
    private final double[] c;

    SaddleSystem(double[] g, double[] s) {
        n = g.length;
        a = new double[n];
        b = new double[n];
        c = new double[n];
        for (int k = 0; k < n; k++) {
            a[k] = Math.max(LEAST, k == 0 ? g[k] : g[k] + upper(k - 1));
            b[k] = k == 0 ? 2 : 2 - cross(k - 1);
            c[k] = k == 0 ? 1 / s[k] : 1 / s[k] + lower(k - 1);
        }
    }

    /** {@code a / (a c + b b)}, whose terms may overflow; c is infinite where S is 0. */
    private double upper(int k) {
        return 1 / (c[k] + b[k] * (b[k] / a[k]));
    }

    private double cross(int k) {
        return 1 / (a[k] * (c[k] / b[k]) + b[k]);
    }

    private double lower(int k) {
        return 1 / (a[k] + b[k] * (b[k] / c[k]));
    }

    /** Writes d over r and e over q. */
    void solve(double[] r, double[] q) {
        for (int k = 1; k < n; k++) {
            double above = r[k - 1];
            r[k] += cross(k - 1) * above - upper(k - 1) * q[k - 1];
            q[k] += lower(k - 1) * above + cross(k - 1) * q[k - 1];
        }
        for (int k = n - 1; k >= 0; k--) {
            double x = k < n - 1 ? r[k] + q[k + 1] : r[k];
            double y = k < n - 1 ? q[k] + r[k + 1] : q[k];
            r[k] = lower(k) * x + cross(k) * y;
            q[k] = cross(k) * x - upper(k) * y;
        }
    }
}
