// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The definition of {@link SmoothSort} with hundreds of digits, by another way: bounds from all subsets, the dual by plain
 * descent with a dense matrix, from wherever: it has one optimum. For a few elements; slow.
 */
final class ExactSmoothSort {

    private static final int MOST_STEPS = 500;
    private static final BigDecimal SMALL = BigDecimal.ONE.movePointLeft(40); // a residual that is an optimum's
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final MathContext digits;
    private final int n;
    private final Integer[] order;
    private final BigDecimal[] c;
    private final BigDecimal[] steps;
    private BigDecimal[] slacks;
    private BigDecimal[] gaps;

    /** The projection, largest z first. */
    final BigDecimal[] y;

    ExactSmoothSort(double[] z, double[] w, double s, int digits) {
        this.digits = new MathContext(digits);
        n = z.length;
        order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparing((Integer i) -> -z[i]));
        BigDecimal t = new BigDecimal(Math.min(s, 1));
        BigDecimal[] bounds = new BigDecimal[n + 1];
        for (int k = 0; k <= n; k++) bounds[k] = bound(w, t, k);
        int m = n - 1;
        c = new BigDecimal[m];
        steps = new BigDecimal[m];
        for (int k = 0; k < m; k++) {
            c[k] = bounds[k + 1].multiply(TWO).subtract(bounds[k]).subtract(bounds[k + 2]);
            steps[k] = new BigDecimal(z[order[k]])
                    .subtract(new BigDecimal(z[order[k + 1]]))
                    .divide(new BigDecimal(s), this.digits);
        }
        solve(start());
        y = new BigDecimal[n];
        for (int k = 0; k < n; k++) {
            BigDecimal v = bounds[k + 1].subtract(bounds[k]);
            BigDecimal before = k == 0 ? BigDecimal.ZERO : slacks[k - 1];
            BigDecimal after = k == m ? BigDecimal.ZERO : slacks[k];
            y[k] = v.add(before).subtract(after);
        }
    }

    /** The projection in the order of z, rounded. */
    double[] value() {
        double[] value = new double[n];
        for (int k = 0; k < n; k++) value[order[k]] = y[k].doubleValue();
        return value;
    }

    /** {@code t log sum exp(w(S) / t)} over the subsets S of k elements. */
    private BigDecimal bound(double[] w, BigDecimal t, int k) {
        BigDecimal most = null;
        for (int set = 0; set < 1 << n; set++) {
            if (Integer.bitCount(set) == k && (most == null || total(w, set).compareTo(most) > 0)) most = total(w, set);
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (int set = 0; set < 1 << n; set++) {
            if (Integer.bitCount(set) == k)
                sum = sum.add(exp(total(w, set).subtract(most).divide(t, digits)), digits);
        }
        return most.add(t.multiply(log(sum)));
    }

    private static BigDecimal total(double[] w, int set) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < w.length; i++) if ((set >> i & 1) == 1) sum = sum.add(new BigDecimal(w[i]));
        return sum;
    }

    /** Near the optimum, if the doubles are right. */
    private BigDecimal[] start() {
        int m = c.length;
        double[] c = new double[m];
        double[] steps = new double[m];
        for (int k = 0; k < m; k++) {
            c[k] = this.c[k].doubleValue();
            steps[k] = this.steps[k].doubleValue();
        }
        SmoothSortDual dual = new SmoothSortDual(c, steps, 0);
        dual.solve();
        BigDecimal[] b = new BigDecimal[m];
        for (int k = 0; k < m; k++) b[k] = new BigDecimal(-Math.log(dual.gaps()[k]));
        return b;
    }

    private void solve(BigDecimal[] start) {
        int m = c.length;
        BigDecimal[] b = start;
        BigDecimal value = dual(b);
        for (int step = 0; step < MOST_STEPS; step++) {
            BigDecimal[] bend = bend(slacks);
            BigDecimal[][] rows = new BigDecimal[m][m + 1];
            boolean found = true;
            for (int k = 0; k < m; k++) {
                BigDecimal[] unit = new BigDecimal[m];
                for (int j = 0; j < m; j++) unit[j] = j == k ? BigDecimal.ONE : BigDecimal.ZERO;
                BigDecimal[] column = bend(unit);
                for (int j = 0; j < m; j++) column[j] = column[j].multiply(slacks[j]);
                column = bend(column);
                column[k] = column[k].add(gaps[k]);
                System.arraycopy(column, 0, rows[k], 0, m);
                rows[k][m] = bend[k].add(gaps[k]).subtract(c[k]);
                found &= rows[k][m].abs().compareTo(SMALL.multiply(c[k].add(slacks[k]))) <= 0;
            }
            if (found) return;
            BigDecimal[] r = new BigDecimal[m];
            for (int k = 0; k < m; k++) r[k] = rows[k][m];
            BigDecimal[] d = Elimination.solved(rows, digits);
            BigDecimal growth = BigDecimal.ZERO;
            BigDecimal decrease = BigDecimal.ZERO;
            BigDecimal[] bendOfD = bend(d);
            for (int k = 0; k < m; k++) {
                growth = growth.max(d[k].negate()).max(bendOfD[k].negate());
                decrease = decrease.add(d[k].multiply(r[k]));
            }
            BigDecimal length = BigDecimal.ONE;
            if (growth.compareTo(BigDecimal.ONE) > 0)
                length = log(BigDecimal.ONE.add(growth)).divide(growth, digits);
            while (true) {
                BigDecimal[] next = new BigDecimal[m];
                for (int k = 0; k < m; k++) next[k] = b[k].add(length.multiply(d[k]), digits);
                BigDecimal there = dual(next);
                if (there.compareTo(value) <= 0) {
                    b = next;
                    value = there;
                    break;
                }
                length = length.divide(TWO, digits);
            }
        }
        throw new AssertionError("no optimum with " + digits);
    }

    private BigDecimal dual(BigDecimal[] b) {
        BigDecimal[] bend = bend(b);
        slacks = new BigDecimal[b.length];
        gaps = new BigDecimal[b.length];
        BigDecimal sum = BigDecimal.ZERO;
        for (int k = 0; k < b.length; k++) {
            slacks[k] = exp(steps[k].add(bend[k]).negate());
            gaps[k] = exp(b[k].negate());
            sum = sum.add(c[k].multiply(b[k])).add(slacks[k]).add(gaps[k]);
        }
        return sum.round(digits);
    }

    private static BigDecimal[] bend(BigDecimal[] x) {
        BigDecimal[] out = new BigDecimal[x.length];
        for (int k = 0; k < x.length; k++) {
            out[k] = x[k].multiply(TWO);
            if (k > 0) out[k] = out[k].subtract(x[k - 1]);
            if (k < x.length - 1) out[k] = out[k].subtract(x[k + 1]);
        }
        return out;
    }

    /** By its series at a number that is 2^60 times smaller. */
    private BigDecimal exp(BigDecimal x) {
        // below the first it vanishes beside anything here, beyond the second is no optimum
        BigDecimal most = BigDecimal.valueOf(20L * digits.getPrecision());
        if (x.compareTo(most.negate()) < 0) return BigDecimal.ZERO;
        if (x.signum() == 0) return BigDecimal.ONE; // whose scale would grow with each square
        if (x.signum() < 0) return BigDecimal.ONE.divide(exp(x.negate()), digits);
        if (x.compareTo(most) > 0) return exp(most);
        MathContext more = new MathContext(digits.getPrecision() + 30);
        int halvings = 60 + Math.max(0, (int) (3.33 * (x.precision() - x.scale())));
        BigDecimal small = x.divide(TWO.pow(halvings), more);
        BigDecimal term = small;
        BigDecimal sum = small; // exp - 1
        for (int i = 2; term.signum() != 0 && term.precision() - term.scale() > -more.getPrecision(); i++) {
            term = term.multiply(small, more).divide(BigDecimal.valueOf(i), more);
            sum = sum.add(term, more);
        }
        for (int i = 0; i < halvings; i++) sum = sum.multiply(sum.add(TWO), more);
        return sum.add(BigDecimal.ONE, digits);
    }

    private BigDecimal log(BigDecimal x) {
        int tens = x.precision() - x.scale();
        double head = Math.log(x.movePointLeft(tens).doubleValue()) + tens * Math.log(10);
        BigDecimal y = new BigDecimal(head);
        for (int sure = 14; sure < 3 * digits.getPrecision(); sure *= 3) {
            BigDecimal e = exp(y);
            y = y.add(TWO.multiply(x.subtract(e)).divide(x.add(e), digits), digits);
        }
        return y;
    }
}
