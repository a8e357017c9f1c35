// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static io.supple.Operator.operator;

import java.util.List;

/**
 * Metrics of rankings: how well the order of scores, largest first, agrees with labels, of which a larger one is better
 * and 0 means not relevant. Softly they are differentiable for the scores; labels are data and have no gradient.
 *
 * <p>Letters: R_i the place of element i, 1 for the largest score; G_i its gain; {@code D(r) = 1 / log2(1 + r)}; M_i
 * whether it is among the first k, 1 where the whole list counts; m how many labels are above 0. Exactly, R and M are those
 * of the order, and where scores are equal the metric is the mean over all orders of the tied elements. Softly R are the
 * ranks ({@link Ordering#RANK}) and M the memberships ({@link Ordering#TOPK_MASK}) of the chosen method. As softness goes
 * to 0, soft metrics of distinct scores become the exact ones.
 *
 * <p>Shapes: (..., n, ...), (..., n, ...) to (...), or (..., {1}, ...) if the axis is kept.
 */
public interface Ranking<T> extends Vocabulary<T> {

    Operator NDCG = judged("ndcg", "the discounted gain of the order of scores over that of the best order")
            .cutoff("k", false, "how many places count; left out: all")
            .choice("gain", Gain.EXPONENTIAL, "what a label y is worth: 2^y - 1, or y")
            .choice("empty_list", EmptyList.ONE, "the value for a list without a label above 0")
            .axis(-1)
            .keepdim(false)
            .hard(PlaceMetric.NDCG::exact)
            .soft(PlaceMetric.NDCG::soft);

    /** {@code sum_i G_i D(R_i) / Z} along the last axis, Z the largest such sum: (..., n), (..., n) to (...). */
    default T ndcg(T scores, T labels) {
        return ndcg(scores, labels, null, Gain.EXPONENTIAL, EmptyList.ONE, -1, false);
    }

    /** The same of the first k places, {@code sum_i G_i D(R_i) M_i / Z_k}. */
    default T ndcg(T scores, T labels, int k) {
        return ndcg(scores, labels, k, Gain.EXPONENTIAL, EmptyList.ONE, -1, false);
    }

    /** The same along an axis; a k of null, or beyond the list, takes all of it. */
    default T ndcg(T scores, T labels, Integer k, Gain gain, EmptyList emptyList, Integer axis, boolean keepdim) {
        return call(NDCG, scores, labels, k, gain, emptyList, axis, keepdim);
    }

    Operator DCG = judged("dcg", "the discounted gain of the order of scores")
            .cutoff("k", false, "how many places count; left out: all")
            .choice("gain", Gain.EXPONENTIAL, "what a label y is worth: 2^y - 1, or y")
            .axis(-1)
            .keepdim(false)
            .hard(PlaceMetric.DCG::exact)
            .soft(PlaceMetric.DCG::soft);

    /** {@code sum_i G_i D(R_i)} along the last axis: (..., n), (..., n) to (...). */
    default T dcg(T scores, T labels) {
        return dcg(scores, labels, null, Gain.EXPONENTIAL, -1, false);
    }

    /** The same of the first k places, {@code sum_i G_i D(R_i) M_i}. */
    default T dcg(T scores, T labels, int k) {
        return dcg(scores, labels, k, Gain.EXPONENTIAL, -1, false);
    }

    /** The same along an axis; a k of null, or beyond the list, takes all of it. */
    default T dcg(T scores, T labels, Integer k, Gain gain, Integer axis, boolean keepdim) {
        return call(DCG, scores, labels, k, gain, axis, keepdim);
    }

    Operator MRR = judged("mrr", "the reciprocal of the place of the first relevant element")
            .cutoff("k", false, "how many places count; left out: all")
            .choice("empty_list", EmptyList.ONE, "the value for a list without a label above 0")
            .axis(-1)
            .keepdim(false)
            .hard(RelevantMetric.MRR::exact)
            .soft(RelevantMetric.MRR::soft);

    /**
     * {@code sum_i F_i / R_i} over the relevant elements of the last axis, F_i whether i is the largest of them (their own
     * memberships of the first place, which sum to 1): (..., n), (..., n) to (...). It lies in (0, 1].
     */
    default T mrr(T scores, T labels) {
        return mrr(scores, labels, null, EmptyList.ONE, -1, false);
    }

    /** The same of the first k places, {@code sum_i F_i M_i / R_i}: exactly 0 where the first relevant one is beyond. */
    default T mrr(T scores, T labels, int k) {
        return mrr(scores, labels, k, EmptyList.ONE, -1, false);
    }

    /** The same along an axis; a k of null, or beyond the list, takes all of it. */
    default T mrr(T scores, T labels, Integer k, EmptyList emptyList, Integer axis, boolean keepdim) {
        return call(MRR, scores, labels, k, emptyList, axis, keepdim);
    }

    Operator AVERAGE_PRECISION = judged(
                    "average_precision", "the mean of the precisions at the places of the relevant elements")
            .cutoff("k", false, "how many places count; left out: all. The mean is over min(m, k) relevant elements")
            .choice("empty_list", EmptyList.ONE, "the value for a list without a label above 0")
            .axis(-1)
            .keepdim(false)
            .hard(RelevantMetric.AVERAGE_PRECISION::exact)
            .soft(RelevantMetric.AVERAGE_PRECISION::soft);

    /**
     * {@code (1/m) sum_i S_i / R_i} over the relevant elements of the last axis, S_i the place of i among them: (..., n),
     * (..., n) to (...).
     */
    default T averagePrecision(T scores, T labels) {
        return averagePrecision(scores, labels, null, EmptyList.ONE, -1, false);
    }

    /** The same of the first k places, {@code (1/min(m, k)) sum_i S_i M_i / R_i}. */
    default T averagePrecision(T scores, T labels, int k) {
        return averagePrecision(scores, labels, k, EmptyList.ONE, -1, false);
    }

    /** The same along an axis; a k of null, or beyond the list, takes all of it. */
    default T averagePrecision(T scores, T labels, Integer k, EmptyList emptyList, Integer axis, boolean keepdim) {
        return call(AVERAGE_PRECISION, scores, labels, k, emptyList, axis, keepdim);
    }

    Operator PRECISION = judged("precision", "the share of relevant elements among the first k")
            .cutoff("k", true, "how many places count; the share is of k also where the list is shorter")
            .axis(-1)
            .keepdim(false)
            .hard(PlaceMetric.PRECISION::exact)
            .soft(PlaceMetric.PRECISION::soft);

    /** {@code (1/k) sum_i M_i} over the relevant elements of the last axis: (..., n), (..., n) to (...). */
    default T precision(T scores, T labels, int k) {
        return precision(scores, labels, k, -1, false);
    }

    /** The same along an axis. */
    default T precision(T scores, T labels, int k, Integer axis, boolean keepdim) {
        return call(PRECISION, scores, labels, k, axis, keepdim);
    }

    Operator RECALL = judged("recall", "the share of the relevant elements that is among the first k")
            .cutoff("k", true, "how many places count")
            .choice("empty_list", EmptyList.ONE, "the value for a list without a label above 0")
            .axis(-1)
            .keepdim(false)
            .hard(PlaceMetric.RECALL::exact)
            .soft(PlaceMetric.RECALL::soft);

    /** {@code (1/m) sum_i M_i} over the relevant elements of the last axis: (..., n), (..., n) to (...). */
    default T recall(T scores, T labels, int k) {
        return recall(scores, labels, k, EmptyList.ONE, -1, false);
    }

    /** The same along an axis. */
    default T recall(T scores, T labels, int k, EmptyList emptyList, Integer axis, boolean keepdim) {
        return call(RECALL, scores, labels, k, emptyList, axis, keepdim);
    }

    Operator ERR = judged("err", "the mean reciprocal of the place where a reader from the top finds enough and stops")
            .cutoff("k", false, "how many places count; left out: all")
            .count(
                    "max_label",
                    4,
                    "the highest label there can be: a reader stops at y with probability (2^y - 1)/2^max")
            .axis(-1)
            .keepdim(false)
            .hard(RelevantMetric.ERR::exact)
            .soft(RelevantMetric.ERR::soft);

    /**
     * The expected reciprocal rank {@code sum_i p_i / R_i prod_(j != i) (1 - p_j B_ji)} along the last axis: (..., n),
     * (..., n) to (...). {@code p_i = (2^y_i - 1) / 2^max}; {@code B_ji = S(z_j - z_i)} is whether j comes before i, the
     * soft step of the difference of the keys that the method compares. Since {@code B_ij + B_ji = 1} the terms without
     * their 1/R_i sum to at most 1.
     *
     * <p>Chapelle, Metzler, Zhang and Grinspan 2009, Expected reciprocal rank for graded relevance (CIKM).
     */
    default T err(T scores, T labels) {
        return err(scores, labels, null, 4, -1, false);
    }

    /** The same of the first k places, each term times M_i. */
    default T err(T scores, T labels, int k) {
        return err(scores, labels, k, 4, -1, false);
    }

    /** The same along an axis; a k of null, or beyond the list, takes all of it. Time O(n m + m^2) and memory O(m^2). */
    default T err(T scores, T labels, Integer k, int maxLabel, Integer axis, boolean keepdim) {
        return call(ERR, scores, labels, k, maxLabel, axis, keepdim);
    }

    Operator SPEARMAN = operator("spearman", "the correlation of the places of x and of y")
            .list("x", "values")
            .list("y", "other values, one for each of x")
            .choice("constant_list", EmptyList.NAN, "the value where all of x or all of y are equal")
            .axis(-1)
            .keepdim(false)
            .result(Result.NUMBER)
            .relaxation(Relaxation.RANKS, SoftPlaces.METHOD)
            .unreferenced("the reference has no metrics; RankingTest has values computed by hand")
            .hard(RankCorrelation::exact)
            .soft(RankCorrelation::soft);

    /**
     * Spearman's correlation along the last axis, Pearson's of the places: (..., n), (..., n) to (...). Equal values have
     * their mean place. Differentiable for both.
     */
    default T spearman(T x, T y) {
        return spearman(x, y, EmptyList.NAN, -1, false);
    }

    /** The same along an axis. */
    default T spearman(T x, T y, EmptyList constantList, Integer axis, boolean keepdim) {
        return call(SPEARMAN, x, y, constantList, axis, keepdim);
    }

    /** The operators of this family. */
    Catalogue.Family RANKING = new Catalogue.Family(
            "ranking",
            "metrics of the order of scores, given labels",
            List.of(NDCG, DCG, MRR, AVERAGE_PRECISION, PRECISION, RECALL, ERR, SPEARMAN));

    private static Operator.Builder judged(String name, String meaning) {
        return operator(name, meaning)
                .list("scores", "the largest comes first")
                .labels("labels", "how good each element is, 0 if it is not relevant; no gradient flows to them")
                .result(Result.NUMBER)
                .relaxation(Relaxation.ORDER, SoftPlaces.METHOD)
                .unreferenced("the reference has no metrics; RankingTest has values computed by hand");
    }
}
