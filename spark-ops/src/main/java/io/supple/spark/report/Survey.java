// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.io.Serializable;
import java.util.function.IntFunction;

/** What must be known of all lists before they are judged: how many there are, how long, and which feature is best. */
final class Survey implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int BATCH = 1 << 18; // numbers of features that are judged at once

    private final Judging judging;
    private long lists;
    private long rows;
    private long single;
    private long withoutRelevant;
    private long constant;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    private double largestLabel;
    private int features = -1; // how many; -1 before the first list
    private Moments[] descending = {};
    private Moments[] ascending = {};
    private boolean[] missing = {};

    Survey(Judging judging) {
        this.judging = judging;
    }

    Survey add(JudgedList list) {
        int n = list.length();
        lists++;
        rows += n;
        if (n == 1) single++;
        if (!list.relevant()) withoutRelevant++;
        else if (list.constant()) constant++;
        shortest = Math.min(shortest, n);
        longest = Math.max(longest, n);
        for (double label : list.getLabels()) largestLabel = Math.max(largestLabel, label);
        if (list.getNarrowest() != list.getWidest()) throw sizes();
        widen(list.getWidest());
        for (int i = 0; i < list.getFeatures().length; i++) {
            if (Double.isNaN(list.getFeatures()[i])) missing[i % features] = true;
        }
        if (list.relevant()) judgeFeatures(list); // else every feature is worth the same
        return this;
    }

    private void widen(int found) {
        if (features == found) return;
        if (features >= 0) throw sizes();
        features = found;
        descending = Moments.several(found);
        ascending = Moments.several(found);
        missing = new boolean[found];
    }

    private static IllegalArgumentException sizes() {
        return new IllegalArgumentException("evaluate: feature vectors must be of one size, got several");
    }

    private void judgeFeatures(JudgedList list) {
        int n = list.length();
        int batch = Math.max(1, BATCH / (2 * n));
        for (int from = 0; from < features; from += batch) {
            int to = Math.min(features, from + batch);
            double[] scores = new double[2 * (to - from) * n];
            for (int f = from; f < to; f++) {
                double[] x = JudgedList.column(list.getFeatures(), n, f);
                for (int i = 0; i < n; i++) {
                    scores[2 * (f - from) * n + i] = x[i];
                    scores[(2 * (f - from) + 1) * n + i] = -x[i];
                }
            }
            Tensor ndcg = Soft.HARD.ndcg(
                    Tensor.of(new int[] {2 * (to - from), n}, scores),
                    repeated(list.getLabels(), 2 * (to - from)),
                    judging.choosing(),
                    judging.gain(),
                    judging.emptyList(),
                    -1,
                    false);
            for (int f = from; f < to; f++) {
                if (missing[f]) continue; // it cannot be chosen
                descending[f].add(ndcg.data()[2 * (f - from)]);
                ascending[f].add(ndcg.data()[2 * (f - from) + 1]);
            }
        }
    }

    /** The same numbers several times: (n) to (times, n). */
    static Tensor repeated(double[] x, int times) {
        double[] all = new double[times * x.length];
        for (int t = 0; t < times; t++) System.arraycopy(x, 0, all, t * x.length, x.length);
        return Tensor.of(new int[] {times, x.length}, all);
    }

    Survey merge(Survey other) {
        lists += other.lists;
        rows += other.rows;
        single += other.single;
        withoutRelevant += other.withoutRelevant;
        constant += other.constant;
        shortest = Math.min(shortest, other.shortest);
        longest = Math.max(longest, other.longest);
        largestLabel = Math.max(largestLabel, other.largestLabel);
        if (other.features >= 0) {
            widen(other.features);
            Moments.merge(descending, other.descending);
            Moments.merge(ascending, other.ascending);
            for (int f = 0; f < features; f++) missing[f] |= other.missing[f];
        }
        return this;
    }

    /** The feature whose order has the largest mean, the first of several; null if there is none. */
    Feature best(IntFunction<String> names) {
        Feature best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (int f = 0; f < features; f++) {
            if (missing[f]) continue;
            for (boolean down : new boolean[] {true, false}) {
                double mean = (down ? descending : ascending)[f].mean();
                if (mean > most) {
                    most = mean;
                    best = new Feature(f, names.apply(f), down);
                }
            }
        }
        return best;
    }

    /** How many features were looked at. */
    int features() {
        return Math.max(features, 0);
    }

    /** How many of them were not, since values are missing. */
    int missingFeatures() {
        int count = 0;
        for (boolean one : missing) if (one) count++;
        return count;
    }

    long lists() {
        return lists;
    }

    long rows() {
        return rows;
    }

    long single() {
        return single;
    }

    long withoutRelevant() {
        return withoutRelevant;
    }

    long constant() {
        return constant;
    }

    int shortest() {
        return shortest;
    }

    int longest() {
        return longest;
    }

    double largestLabel() {
        return largestLabel;
    }
}
