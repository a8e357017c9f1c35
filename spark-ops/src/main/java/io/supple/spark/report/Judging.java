// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import io.supple.EmptyList;
import io.supple.Gain;
import java.io.Serializable;
import java.util.List;

/**
 * How rankings are judged.
 *
 * @param cutoffs how many places count, ascending and distinct
 * @param gain what a label is worth in NDCG
 * @param emptyList the value of a list without relevant rows; NAN leaves such lists out of every metric
 * @param maxLabel the highest label there can be, for ERR; 0 for the usual 4, or the largest label where that is more
 * @param softness at which gradients are taken
 */
public record Judging(List<Integer> cutoffs, Gain gain, EmptyList emptyList, int maxLabel, double softness)
        implements Serializable {

    /** The usual judging. */
    public static final Judging USUAL = new Judging(List.of(1, 3, 5, 10, 20), Gain.EXPONENTIAL, EmptyList.ONE, 0, 0.1);

    private static final int USUAL_MAX_LABEL = 4;
    private static final int CHOOSING = 10;

    /** Checks, and puts cut-offs in order. */
    public Judging {
        if (cutoffs.isEmpty()) refuse("k", "at least one whole number >= 1", "none");
        for (int k : cutoffs) if (k < 1) refuse("k", "whole numbers >= 1", k);
        if (maxLabel < 0) refuse("max label", "a whole number >= 1, or 0 for the usual", maxLabel);
        if (!(softness > 0 && softness < Double.POSITIVE_INFINITY)) refuse("softness", "> 0 and finite", softness);
        cutoffs = cutoffs.stream().distinct().sorted().toList();
    }

    private static void refuse(String parameter, String condition, Object got) {
        throw new IllegalArgumentException("evaluate: " + parameter + " must be " + condition + ", got " + got);
    }

    /** With other cut-offs. */
    public Judging withCutoffs(List<Integer> other) {
        return new Judging(other, gain, emptyList, maxLabel, softness);
    }

    /** With another value of lists without relevant rows. */
    public Judging with(EmptyList other) {
        return new Judging(cutoffs, gain, other, maxLabel, softness);
    }

    /** With another gain. */
    public Judging with(Gain other) {
        return new Judging(cutoffs, other, emptyList, maxLabel, softness);
    }

    /** With another highest label. */
    public Judging withMaxLabel(int other) {
        return new Judging(cutoffs, gain, emptyList, other, softness);
    }

    /** With another softness. */
    public Judging withSoftness(double other) {
        return new Judging(cutoffs, gain, emptyList, maxLabel, other);
    }

    /** Of this judging with the highest label made sure, given the largest in the data. */
    Judging settled(double largestLabel) {
        if (maxLabel > 0) return this;
        return withMaxLabel((int) Math.max(USUAL_MAX_LABEL, Math.ceil(largestLabel)));
    }

    /** The cut-off at which the single best feature is chosen: 10, or the last where 10 is none. */
    int choosing() {
        return cutoffs.contains(CHOOSING) ? CHOOSING : cutoffs.get(cutoffs.size() - 1);
    }
}
