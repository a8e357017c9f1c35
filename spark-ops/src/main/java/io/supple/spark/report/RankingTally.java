// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import io.supple.EmptyList;
import io.supple.tensor.Tensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over lists of what a report says of rankings. Its size depends on how many scorings, metrics and cut-offs there
 * are, and not on lists or rows; tallies of any partitions merge to the same bits.
 */
final class RankingTally implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final List<Metric> METRICS = List.of(Metric.values());

    private final Judging judging;
    private final LengthBins bins;
    private final int scorings; // those of the lists, then a random order, then the best
    private final Moments[] values; // (scorings, metrics, cut-offs)
    private final Moments[] differences; // the prediction less each scoring
    private final long[] lengths;
    private final SoftTally soft;

    RankingTally(Judging judging, LengthBins bins, int columns) {
        this.judging = judging;
        this.bins = bins;
        scorings = columns + 2;
        int cells = scorings * METRICS.size() * judging.cutoffs().size();
        values = Moments.several(cells);
        differences = Moments.several(cells);
        lengths = new long[bins.count()];
        soft = new SoftTally(judging);
    }

    RankingTally add(JudgedList list) {
        lengths[bins.of(list.length())]++;
        if (!list.relevant() && judging.emptyList() == EmptyList.NAN) return this;
        double[] labels = list.getLabels();
        int n = labels.length;
        List<Tensor> scores = new ArrayList<>();
        for (int c = 0; c < scorings - 2; c++) {
            scores.add(Tensor.of(JudgedList.column(list.getScores(), n, c)));
        }
        scores.add(Tensor.of(new double[n])); // all tied: the mean over all orders
        scores.add(Tensor.of(labels));
        Tensor all = Tensor.stack(scores);
        Tensor repeated = Survey.repeated(labels, scorings);
        for (Metric metric : METRICS) {
            for (int j = 0; j < judging.cutoffs().size(); j++) {
                double[] y = metric.of(all, repeated, judging.cutoffs().get(j), judging)
                        .data();
                for (int c = 0; c < scorings; c++) {
                    values[cell(c, metric, j)].add(y[c]);
                    differences[cell(c, metric, j)].add(y[0] - y[c]);
                }
            }
        }
        if (list.relevant() && !list.constant()) soft.add(JudgedList.column(list.getScores(), n, 0), labels);
        return this;
    }

    RankingTally merge(RankingTally other) {
        Moments.merge(values, other.values);
        Moments.merge(differences, other.differences);
        for (int b = 0; b < lengths.length; b++) lengths[b] += other.lengths[b];
        soft.merge(other.soft);
        return this;
    }

    private int cell(int scoring, Metric metric, int cutoff) {
        return (scoring * METRICS.size() + METRICS.indexOf(metric))
                        * judging.cutoffs().size()
                + cutoff;
    }

    int scorings() {
        return scorings;
    }

    Moments value(int scoring, Metric metric, int cutoff) {
        return values[cell(scoring, metric, cutoff)];
    }

    Moments difference(int scoring, Metric metric, int cutoff) {
        return differences[cell(scoring, metric, cutoff)];
    }

    long lists(int bin) {
        return lengths[bin];
    }

    SoftTally soft() {
        return soft;
    }
}
