// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import net.jqwik.api.Example;

/** Solutions are those of exact arithmetic, each number of them, however far apart the numbers of G and S are. */
class SaddleSystemTest {

    private static final MathContext DIGITS = new MathContext(2500);

    @Example
    void solutionsAreThoseOfExactArithmetic() {
        Random random = new Random(20130308);
        for (int n = 1; n <= 5; n++) {
            for (double decades : new double[] {0, 3, 30, 290}) {
                double[] g = new double[n];
                double[] s = new double[n];
                double[] r = new double[n];
                for (int k = 0; k < n; k++) {
                    g[k] = Math.pow(10, decades * (2 * random.nextDouble() - 1));
                    s[k] = Math.pow(10, decades * (2 * random.nextDouble() - 1));
                    r[k] = g[k] * random.nextDouble(); // of one sign, so that nothing is lost in a sum
                }
                BigDecimal[] exact = exact(g, s, r);
                double[] d = r.clone();
                double[] e = new double[n];
                new SaddleSystem(g, s).solve(d, e);
                double largest = 0;
                for (BigDecimal x : exact) largest = Math.max(largest, Math.abs(x.doubleValue()));
                for (int k = 0; k < n; k++) {
                    double error =
                            Math.abs(new BigDecimal(d[k]).subtract(exact[k]).doubleValue());
                    assertThat(error).as("n %d, %s decades", n, decades).isLessThanOrEqualTo(1e-13 * largest);
                }
            }
        }
    }

    /** Slacks of 0 let nothing through, gaps of 0 take nothing up. */
    @Example
    void zerosAreLimits() {
        double[] d = {1, 2, 3};
        double[] e = new double[3];
        new SaddleSystem(new double[] {1, 4, 2}, new double[3]).solve(d, e);
        assertThat(d).containsExactly(1, 0.5, 1.5);
        assertThat(e).containsOnly(0);
        double[] r = {0, 1, 0};
        new SaddleSystem(new double[3], new double[] {1, 1, 1}).solve(r, e);
        // twice the inverse of L, which is that of a beam
        assertThat(r).containsExactly(new double[] {1, 1.5, 1}, offset(1e-14));
    }

    /** {@code (G + L S L) d = r} by elimination. */
    private static BigDecimal[] exact(double[] g, double[] s, double[] r) {
        int n = g.length;
        BigDecimal[][] a = new BigDecimal[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                BigDecimal sum = i == j ? new BigDecimal(g[i]) : BigDecimal.ZERO;
                for (int k = 0; k < n; k++) {
                    sum = sum.add(new BigDecimal(second(i, k) * second(k, j)).multiply(new BigDecimal(s[k])));
                }
                a[i][j] = sum;
            }
            a[i][n] = new BigDecimal(r[i]);
        }
        return Elimination.solved(a, DIGITS);
    }

    private static int second(int i, int j) {
        return i == j ? 2 : Math.abs(i - j) == 1 ? -1 : 0;
    }
}
