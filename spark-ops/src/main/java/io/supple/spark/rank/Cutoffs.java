// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Discounted gains of one list at several cut-offs, in one look at its order. Equal scores share the mean gain of their
 * places, so that nothing depends on the order of rows; {@code Ranking.DCG} is the same for one cut-off and one tensor.
 */
final class Cutoffs implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int[] ks;
    private final int most;
    private final double[] discounts; // sums over the first places

    Cutoffs(int... ks) {
        this.ks = ks.clone();
        most = Arrays.stream(ks).max().orElse(0);
        int held = Math.min(most, 1 << 16);
        discounts = new double[held + 1];
        for (int r = 1; r <= held; r++) discounts[r] = discounts[r - 1] + discount(r);
    }

    int count() {
        return ks.length;
    }

    private static double discount(int place) {
        return Math.log(2) / Math.log1p(place);
    }

    private double sum(int from, int to) {
        if (to < discounts.length) return discounts[to] - discounts[from];
        double sum = 0;
        for (int r = from + 1; r <= to; r++) sum += discount(r);
        return sum;
    }

    /** Writes the best discounted gain at each cut-off. */
    void ideals(double[] gains, int from, int to, double[] y, int at) {
        dcg(gains, gains, from, to, y, at);
    }

    /** Writes the discounted gain of the order of scores at each cut-off. */
    void dcg(double[] scores, double[] gains, int from, int to, double[] y, int at) {
        int n = to - from;
        Arrays.fill(y, at, at + ks.length, 0);
        int m = Math.min(most, n);
        double[] sorted = Arrays.copyOfRange(scores, from, to);
        for (int i = 0; i < n; i++) sorted[i] += 0.0; // -0.0 is 0.0
        Arrays.sort(sorted);
        double least = sorted[n - m];
        int seen = 0;
        for (int i = from; i < to; i++) if (scores[i] >= least) seen++;
        double[] top = new double[seen];
        double[] gain = new double[seen];
        int size = 0;
        for (int i = from; i < to; i++) {
            if (!(scores[i] >= least)) continue;
            int place = size++;
            while (place > 0 && top[place - 1] < scores[i] && place > 0) {
                top[place] = top[place - 1];
                gain[place] = gain[place - 1];
                place--;
            }
            top[place] = scores[i];
            gain[place] = gains[i];
        }
        for (int start = 0, end; start < seen; start = end) {
            double mean = 0;
            for (end = start; end < seen && top[end] == top[start]; end++) mean += gain[end];
            mean /= end - start;
            if (mean == 0) continue;
            for (int c = 0; c < ks.length; c++) {
                if (start < ks[c]) y[at + c] += mean * sum(start, Math.min(end, ks[c]));
            }
        }
    }
}
