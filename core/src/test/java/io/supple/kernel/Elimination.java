// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.math.BigDecimal;
import java.math.MathContext;

/** Gaussian elimination with many digits, for positive definite matrices. */
final class Elimination {

    private Elimination() {}

    /** The solution; a row of a is one of the matrix and the right side. The rows are lost. */
    static BigDecimal[] solved(BigDecimal[][] a, MathContext digits) {
        int n = a.length;
        for (int k = 0; k < n; k++) {
            for (int i = k + 1; i < n; i++) {
                BigDecimal factor = a[i][k].divide(a[k][k], digits);
                for (int j = k; j <= n; j++) a[i][j] = a[i][j].subtract(factor.multiply(a[k][j]), digits);
            }
        }
        BigDecimal[] x = new BigDecimal[n];
        for (int k = n - 1; k >= 0; k--) {
            BigDecimal sum = a[k][n];
            for (int j = k + 1; j < n; j++) sum = sum.subtract(a[k][j].multiply(x[j]), digits);
            x[k] = sum.divide(a[k][k], digits);
        }
        return x;
    }
}
