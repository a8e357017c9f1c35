// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * A square system of linear equations {@code A x = r} with {@code a_ij = 0} where {@code |i - j| > 3}.
 *
 * <p>Gaussian elimination with row exchanges (Golub and Van Loan, Matrix Computations, 4.3.3), which fill the band up to
 * six places right of the diagonal. Time and memory O(n).
 */
final class BandedSystem {

    private static final int BAND = 3;
    private static final int ROWS = 3 * BAND + 1; // of a column: two bands above the diagonal, one below

    private final int n;
    private final double[] a;

    BandedSystem(int n) {
        this.n = n;
        a = new double[n * ROWS];
    }

    void set(int i, int j, double value) {
        a[at(i, j)] = value;
    }

    private static int at(int i, int j) {
        return j * ROWS + 2 * BAND + i - j;
    }

    /** Writes x over r. To be called once: the matrix is lost. A singular matrix leaves infinities or NaN. */
    void solve(double[] r) {
        for (int k = 0; k < n; k++) {
            int last = Math.min(n - 1, k + BAND);
            int right = Math.min(n - 1, k + 2 * BAND);
            int pivot = k;
            for (int i = k + 1; i <= last; i++) if (Math.abs(a[at(i, k)]) > Math.abs(a[at(pivot, k)])) pivot = i;
            if (pivot != k) exchange(r, k, pivot, right);
            for (int i = k + 1; i <= last; i++) {
                double factor = a[at(i, k)] / a[at(k, k)];
                if (factor == 0) continue;
                for (int j = k + 1; j <= right; j++) a[at(i, j)] -= factor * a[at(k, j)];
                r[i] -= factor * r[k];
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            double sum = r[k];
            for (int j = k + 1; j <= Math.min(n - 1, k + 2 * BAND); j++) sum -= a[at(k, j)] * r[j];
            r[k] = sum / a[at(k, k)];
        }
    }

    private void exchange(double[] r, int k, int pivot, int right) {
        for (int j = k; j <= right; j++) {
            double swap = a[at(k, j)];
            a[at(k, j)] = a[at(pivot, j)];
            a[at(pivot, j)] = swap;
        }
        double swap = r[k];
        r[k] = r[pivot];
        r[pivot] = swap;
    }
}
