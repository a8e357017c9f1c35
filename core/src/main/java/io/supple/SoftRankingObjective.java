// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.Scratch;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Gradients and positive second derivatives of a {@link RankingLoss} for boosted trees, list by list: what XGBoost and
 * LightGBM ask of an objective of one's own.
 *
 * <p>gainPairwise has the exact diagonal of its Hessian, {@code h_i = sum_j |G_i - G_j|/Z S'(s_j - s_i; tau)/tau}, to which a
 * tenth of its mean over the lists that count is added. Every other loss has one number for all rows, the root mean square
 * of the gradient of this round: a normalised step. Sums over lists are not divided by their weights: gradients are per list
 * and small, so that a booster's least sum of second derivatives in a leaf should be 0.
 */
public final class SoftRankingObjective implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What is added to an exact diagonal, relative to its mean. */
    private static final double RIDGE = 0.1;

    private final RankingLoss loss;

    private SoftRankingObjective(RankingLoss loss) {
        this.loss = loss;
    }

    /** The objective of a loss. */
    public static SoftRankingObjective of(RankingLoss loss) {
        return new SoftRankingObjective(loss);
    }

    /** What a booster needs for one tree. */
    public static final class Round {
        private final double loss;
        private final double[] gradient;
        private final double[] hessian;

        Round(double loss, double[] gradient, double[] hessian) {
            this.loss = loss;
            this.gradient = gradient;
            this.hessian = hessian;
        }

        /** The mean of the losses of the lists that count, weighted; 0 if none does. */
        public double loss() {
            return loss;
        }

        /** For each row the gradient of the sum of weight times loss. */
        public double[] gradient() {
            return gradient;
        }

        /** For each row a second derivative above 0; 1 if no list has a gradient. */
        public double[] hessian() {
            return hessian;
        }
    }

    /**
     * One round.
     *
     * @param scores of all rows, list after list
     * @param labels of all rows
     * @param offsets where lists begin, 0 first, and the number of rows last
     * @param weights of the lists, at least 0; null for 1
     */
    public Round gradient(double[] scores, double[] labels, int[] offsets, double[] weights) {
        check(scores, labels, offsets, weights);
        int n = scores.length;
        double[] gradient = new double[n];
        double[] hessian = new double[n];
        boolean exact = loss.loss() == Loss.GAIN_PAIRWISE && !loss.standardize();
        double sum = 0;
        double total = 0;
        int counted = 0;
        for (int list = 0; list + 1 < offsets.length; list++) {
            int from = offsets[list];
            int to = offsets[list + 1];
            double weight = weights == null ? 1 : weights[list];
            double value = loss.add(scores, labels, from, to, weight, gradient);
            if (!loss.counts(labels, from, to)) continue;
            sum += weight * value;
            total += weight;
            counted += to - from;
            if (exact) diagonal(scores, labels, from, to, weight, hessian);
        }
        double ridge = exact ? RIDGE * mean(hessian, counted) : rootMeanSquare(gradient, counted);
        boolean none = !(ridge > 0);
        for (int i = 0; i < n; i++) hessian[i] = none ? 1 : hessian[i] + ridge;
        return new Round(total > 0 ? sum / total : 0, gradient, hessian);
    }

    /** A round of scores that are not finite. */
    static Round undefined(int n) {
        double[] none = new double[n];
        Arrays.fill(none, Double.NaN);
        return new Round(Double.NaN, none, none.clone());
    }

    private void diagonal(double[] scores, double[] labels, int from, int to, double weight, double[] hessian) {
        int n = to - from;
        Scratch scratch = Scratch.ofThisThread();
        double[] s = scratch.doubles(n);
        double[] y = scratch.doubles(n);
        double[] h = scratch.doubles(n);
        System.arraycopy(scores, from, s, 0, n);
        System.arraycopy(labels, from, y, 0, n);
        ListLabels known = new ListLabels(loss, loss.loss().paramName(), y, scratch);
        new ListLosses(loss, known, scratch).pairs(s).diagonal(s, h);
        for (int i = 0; i < n; i++) hessian[from + i] = weight * h[i];
    }

    private static double mean(double[] h, int counted) {
        double sum = 0;
        for (double each : h) sum += each;
        return counted == 0 ? 0 : sum / counted;
    }

    private static double rootMeanSquare(double[] g, int counted) {
        double most = 0;
        for (double each : g) most = Math.max(most, Math.abs(each));
        if (counted == 0 || most == 0) return 0;
        double sum = 0;
        for (double each : g) sum += each / most * (each / most); // gradients of narrow steps are large
        return most * Math.sqrt(sum / counted);
    }

    private static void check(double[] scores, double[] labels, int[] offsets, double[] weights) {
        int lists = offsets.length - 1;
        boolean rise = lists >= 0 && offsets[0] == 0 && offsets[lists] == scores.length;
        for (int list = 0; rise && list < lists; list++) rise = offsets[list] <= offsets[list + 1];
        if (!rise) {
            throw new IllegalArgumentException("SoftRankingObjective: offsets must begin with 0, not fall and end with"
                    + " the number of rows, " + scores.length);
        }
        if (labels.length != scores.length) {
            throw new IllegalArgumentException("SoftRankingObjective: labels must be as many as scores, "
                    + scores.length + ", got " + labels.length);
        }
        if (weights == null) return;
        if (weights.length != lists) {
            throw new IllegalArgumentException(
                    "SoftRankingObjective: weights must be as many as lists, " + lists + ", got " + weights.length);
        }
        for (double weight : weights) {
            boolean fits = weight >= 0 && weight <= Double.MAX_VALUE;
            if (!fits) {
                throw new IllegalArgumentException(
                        "SoftRankingObjective: weights must be >= 0 and finite, got " + weight);
            }
        }
    }
}
