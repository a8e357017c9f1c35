// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Sums under the Laplace kernel, {@code sum_j w_j exp(-|t_i - t_j| / s)} for all i at once, over keys in sorted order.
 *
 * <p>The kernel is Markov: with {@code e_i = exp(-|t_i - t_(i-1)| / s)} what stands before i sums to
 * {@code L_i = e_i (w_(i-1) + L_(i-1))}, and in the same way from the other end. Time O(n), n exponentials; e never exceeds
 * 1, so nothing overflows, and no term is the difference of two larger ones. Rounding acts as if each gap between
 * neighbours were changed by {@code 1e-16 s}.
 *
 * <p>Both recurrences run in one loop, from the two ends: neither waits for the other.
 */
final class LaplaceSums {

    private final double[] t;
    private final double[] e;
    private final int n;

    /**
     * Prepares the sums.
     *
     * @param t keys in sorted order, ascending or descending
     * @param s softness
     * @param scratch where arrays come from
     */
    LaplaceSums(double[] t, double s, Scratch scratch) {
        this.t = t;
        n = t.length;
        e = scratch.zeros(n);
        double[] gaps = scratch.doubles(n);
        double perSoftness = 1 / s;
        if (perSoftness <= Double.MAX_VALUE) {
            for (int i = 1; i < n; i++) gaps[i] = -Math.abs(t[i] - t[i - 1]) * perSoftness;
        } else {
            for (int i = 1; i < n; i++) gaps[i] = -Math.abs(t[i] - t[i - 1]) / s;
        }
        Exponential.of(gaps, e, 1, n);
    }

    /** {@code sum_j exp(-|t_i - t_j| / s)}. */
    double[] masses() {
        double[] y = new double[n];
        double before = 0;
        double after = 0;
        for (int i = 0, j = n - 1; i < n; i++, j--) {
            before = 1 + e[i] * before;
            y[i] += before;
            y[j] += after;
            after = e[j] * (1 + after);
        }
        return y;
    }

    /** Writes {@code Z_i = sum_j exp(-|t_i - t_j| / s)} and the means {@code sum_j x_j exp(-|t_i - t_j| / s) / Z_i}. */
    void means(double[] x, double[] mass, double[] mean) {
        double mBefore = 0;
        double xBefore = 0;
        double mAfter = 0;
        double xAfter = 0;
        for (int i = 0, j = n - 1; i < n; i++, j--) {
            double ei = e[i];
            mBefore = 1 + ei * mBefore;
            xBefore = x[i] + ei * xBefore;
            mass[i] += mBefore;
            mean[i] += xBefore;
            mass[j] += mAfter;
            mean[j] += xAfter;
            double ej = e[j];
            mAfter = ej * (1 + mAfter);
            xAfter = ej * (x[j] + xAfter);
        }
        for (int i = 0; i < n; i++) mean[i] /= mass[i];
    }

    /**
     * The way back from {@link #means}, for keys of which no two are equal: adds to gx the cotangents of x, and to gt
     * those of the keys times s, but for the rows of the first and the last key, which do not move with their anchors and
     * whose own columns count as ties: {@link SortedRows}.
     *
     * @param x what was averaged
     * @param mean its means
     * @param q cotangents of the means over Z
     * @param gx for the cotangents of x; null if nobody wants them
     */
    void addPull(double[] x, double[] mean, double[] q, double[] gx, double[] gt) {
        double b1 = 0; // sums over the keys before i, those behind j
        double bx = 0;
        double bq = 0;
        double by = 0;
        double a1 = 0;
        double ax = 0;
        double aq = 0;
        double ay = 0;
        double[] total = gx == null ? new double[n] : gx;
        for (int i = 0, j = n - 1; i < n; i++, j--) {
            double qi = q[i];
            total[i] += qi + bq;
            total[j] += aq;
            boolean inner = j > 0;
            double anchored = inner ? qi * (bx - mean[i] * b1) : 0;
            gt[i] += (by - x[i] * bq) - anchored;
            double qj = q[j];
            double held = inner ? qj * (ax - mean[j] * a1) : 0;
            gt[j] -= (ay - x[j] * aq) - held;
            double ei = i + 1 < n ? e[i + 1] : 0;
            b1 = ei * (1 + b1);
            bx = ei * (x[i] + bx);
            bq = ei * (qi + bq);
            by = ei * (qi * mean[i] + by);
            double ej = e[j];
            a1 = ej * (1 + a1);
            ax = ej * (x[j] + ax);
            aq = ej * (qj + aq);
            ay = ej * (qj * mean[j] + ay);
        }
    }

    /** {@code sum_j w_j exp(-|t_i - t_j| / s)}, added to y. */
    void addTotals(double[] w, double[] y) {
        double before = 0;
        double after = 0;
        for (int i = 0, j = n - 1; i < n; i++, j--) {
            before = w[i] + e[i] * before;
            y[i] += before;
            y[j] += after;
            after = e[j] * (w[j] + after);
        }
    }

    /** The sum over the keys strictly before {@code t_i} less that over the keys strictly behind it. */
    double[] differences(double[] w) {
        double[] y = new double[n];
        double before = 0;
        double beforeTied = 0;
        double after = 0;
        double afterTied = 0;
        for (int i = 0, j = n - 1; i < n; i++, j--) {
            if (i > 0 && t[i] != t[i - 1]) {
                before = e[i] * (before + beforeTied);
                beforeTied = 0;
            }
            y[i] += before;
            beforeTied += w[i];
            if (i > 0 && t[j] != t[j + 1]) {
                after = e[j + 1] * (after + afterTied);
                afterTied = 0;
            }
            y[j] -= after;
            afterTied += w[j];
        }
        return y;
    }
}
