// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * The descending order of one list whose equal scores stand in any order, each as probable: what is read of it are means
 * over all of these orders, so that nothing depends on how the list was arranged. The sums over orders have closed forms.
 *
 * <p>A run of t equal scores holds the places a + 1..a + t. An element of it is at each of them with probability 1/t; two
 * elements are at two of them with probability 1/(t (t - 1)); the product of j of its numbers, drawn without replacement,
 * has the mean {@code e_j / C(t, j)}, e_j the elementary symmetric polynomial. NaN is the largest score.
 *
 * <p>McSherry and Najork 2008, Computing information retrieval performance measures efficiently in the presence of tied
 * scores (ECIR), for precision, recall, discounted gains, reciprocal rank and average precision; the cascade likewise. The
 * functions are constant in pieces: derivatives are 0. Time O(n log n), for the cascade the square of the longest run more.
 */
public final class TiedOrder {

    private final int n;
    private final int[] order; // element at each place, in one of the orders
    private final int[] ends; // for each place the first one after its run

    /** The order of {@code scores[from..from+n)}. */
    public TiedOrder(double[] scores, int from, int n) {
        this.n = n;
        order = Sorting.argsort(scores, from, n, true);
        ends = new int[n];
        int end = n;
        for (int r = n - 1; r >= 0; r--) {
            boolean last = r == n - 1 || key(scores, from, r) != key(scores, from, r + 1);
            if (last) end = r + 1;
            ends[r] = end;
        }
    }

    private long key(double[] scores, int from, int place) {
        return Sorting.comparable(scores[from + order[place]]);
    }

    /** For each element the mean of the weights of the places that it may have, {@code w[0]} for the first place. */
    public double[] shares(double[] w) {
        double[] y = new double[n];
        for (int a = 0; a < n; a = ends[a]) {
            double mean = 0;
            for (int r = a; r < ends[a]; r++) mean += w[r];
            mean /= ends[a] - a;
            for (int r = a; r < ends[a]; r++) y[order[r]] = mean;
        }
        return y;
    }

    /** For each place the mean of the numbers of the elements that it may hold, {@code x[from..from+n)}. */
    public double[] means(double[] x, int from) {
        double[] y = new double[n];
        for (int a = 0; a < n; a = ends[a]) {
            double mean = 0;
            for (int r = a; r < ends[a]; r++) mean += x[from + order[r]];
            Arrays.fill(y, a, ends[a], mean / (ends[a] - a));
        }
        return y;
    }

    /** For each element its mean place, 1 for the first. */
    public double[] meanPlaces() {
        double[] w = new double[n];
        for (int r = 0; r < n; r++) w[r] = r + 1;
        return shares(w);
    }

    /**
     * The mean of {@code 1/r}, r the place of the first relevant element; 0 where that is beyond the first k. In a run of t
     * with u relevant ones the first is at its j-th place with probability
     * {@code u/(t - j + 1) prod_(l<j) (t - u - l + 1)/(t - l + 1)}.
     */
    public double reciprocalPlace(boolean[] relevant, int k) {
        for (int a = 0; a < n; a = ends[a]) {
            int left = ends[a] - a;
            int found = count(relevant, a, ends[a]);
            if (found == 0) continue;
            double mean = 0;
            double none = 1; // probability that no relevant one came yet
            for (int r = a; r < Math.min(ends[a], k); r++) {
                mean += none * found / left / (r + 1);
                none *= (double) (left - found) / left;
                left--;
            }
            return mean;
        }
        return 0;
    }

    /**
     * The mean of the sum over the relevant elements at places {@code r <= k} of the share of relevant ones among the first
     * r. At the j-th place of a run of t, u of them relevant, after {@code before} relevant ones it is
     * {@code u/t (before + 1 + (j - 1)(u - 1)/(t - 1)) / r}.
     */
    public double precisions(boolean[] relevant, int k) {
        double sum = 0;
        int before = 0;
        for (int a = 0; a < n; a = ends[a]) {
            int t = ends[a] - a;
            int u = count(relevant, a, ends[a]);
            double each = t == 1 ? 0 : (u - 1.0) / (t - 1);
            for (int r = a; r < Math.min(ends[a], k) && u > 0; r++) {
                sum += (double) u / t * (before + 1 + (r - a) * each) / (r + 1);
            }
            before += u;
        }
        return sum;
    }

    /**
     * The mean of {@code sum_(r<=k) 1/r stop_(r) prod_(l<r) (1 - stop_(l))}: the reciprocal of the place where a reader
     * stops who reads from the top, and stops at an element with its probability. In a run the mean product of j of the
     * {@code 1 - stop} is {@code m_j}, and the terms are {@code m_(j-1) - m_j}.
     */
    public double cascade(double[] stop, int k) {
        double sum = 0;
        double reading = 1; // probability of coming as far as the run
        for (int a = 0; a < Math.min(n, k); a = ends[a]) {
            double[] m = meanProducts(stop, a, ends[a], Math.min(ends[a], k) - a);
            for (int j = 1; j < m.length; j++) sum += reading * (m[j - 1] - m[j]) / (a + j);
            for (int r = a; r < ends[a]; r++) reading *= 1 - stop[order[r]];
        }
        return sum;
    }

    /** {@code m_0..m_most} of the run, {@code m_j = e_j(1 - stop) / C(t, j)}, one element after the other. */
    private double[] meanProducts(double[] stop, int start, int end, int most) {
        double[] m = new double[most + 1];
        m[0] = 1;
        for (int t = 1; t <= end - start; t++) {
            double q = 1 - stop[order[start + t - 1]];
            for (int j = Math.min(t, most); j > 0; j--) {
                double part = (double) j / t;
                m[j] = (1 - part) * m[j] + part * q * m[j - 1];
            }
        }
        return m;
    }

    private int count(boolean[] relevant, int start, int end) {
        int count = 0;
        for (int r = start; r < end; r++) if (relevant[order[r]]) count++;
        return count;
    }
}
