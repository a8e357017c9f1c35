// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The soft metric of the prediction: its mean at several softnesses, and where in the list its gradient is. Only of lists
 * whose order matters, that is with a row above 0 and labels that differ, and not of the longest: methods with a matrix
 * take time and memory of the square of the length.
 */
final class SoftTally implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Softnesses of the sweep, of standardised scores. */
    static final List<Double> SOFTNESSES = List.of(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0);

    /** Longer lists are left out. */
    static final int LONGEST = 2000;

    /** Places whose gradients are kept apart. */
    static final int PLACES = 50;

    private final Judging judging;
    private long tooLong;
    private final Moments hard = new Moments();
    private final Moments[] soft = Moments.several(SOFTNESSES.size());
    private final Moments[] pull = Moments.several(PLACES);
    private final Moments[] size = Moments.several(PLACES);

    SoftTally(Judging judging) {
        this.judging = judging;
    }

    void add(double[] scores, double[] labels) {
        if (labels.length > LONGEST) {
            tooLong++;
            return;
        }
        hard.add(ndcg(Soft.HARD, Tensor.of(scores), labels).item());
        for (int t = 0; t < soft.length; t++) {
            Soft choice = Soft.smooth(SOFTNESSES.get(t));
            soft[t].add(ndcg(choice, Tensor.of(scores), labels).item());
        }
        double deviation = deviation(scores);
        if (deviation > 0 && deviation < Double.POSITIVE_INFINITY) addGradient(scores, labels, deviation);
    }

    private Tensor ndcg(Soft choice, Tensor scores, double[] labels) {
        return choice.ndcg(scores, Tensor.of(labels), null, judging.gain(), judging.emptyList(), -1, false);
    }

    /** Of the loss 1 - soft NDCG, for scores in units of their deviation in the list, so that lists can be compared. */
    private void addGradient(double[] scores, double[] labels, double deviation) {
        Tensor x = Tensor.variable(scores);
        double[] g = ndcg(Soft.smooth(judging.softness()), x, labels)
                .backward()
                .of(x)
                .data();
        int n = scores.length;
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
        for (int from = 0; from < Math.min(n, PLACES); ) {
            int to = from + 1;
            while (to < n && scores[order[to]] == scores[order[from]]) to++;
            double sum = 0;
            double sizes = 0;
            for (int r = from; r < to; r++) {
                sum += g[order[r]];
                sizes += Math.abs(g[order[r]]);
            }
            for (int r = from; r < Math.min(to, PLACES); r++) { // tied rows share their places
                pull[r].add(sum * deviation / (to - from));
                size[r].add(sizes * deviation / (to - from));
            }
            from = to;
        }
    }

    private static double deviation(double[] x) {
        double mean = 0;
        for (double v : x) mean += v / x.length;
        double squares = 0;
        for (double v : x) squares += (v - mean) * (v - mean) / x.length;
        return Math.sqrt(squares);
    }

    void merge(SoftTally other) {
        tooLong += other.tooLong;
        hard.add(other.hard);
        Moments.merge(soft, other.soft);
        Moments.merge(pull, other.pull);
        Moments.merge(size, other.size);
    }

    /** The exact metric of the same lists. */
    Moments hard() {
        return hard;
    }

    /** The soft metric at a softness of the sweep. */
    Moments soft(int t) {
        return soft[t];
    }

    /** At a place, from 0 on, how the metric grows with the score there: above 0 if the row should move up. */
    Moments pull(int place) {
        return pull[place];
    }

    /** The same without signs. */
    Moments size(int place) {
        return size[place];
    }

    long tooLong() {
        return tooLong;
    }
}
