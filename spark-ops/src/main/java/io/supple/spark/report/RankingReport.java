// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.util.ArrayList;
import java.util.List;

/** What is known of how predictions order lists: means over lists and their standard errors. */
public final class RankingReport {

    /** What every scoring is compared with. */
    public static final int PREDICTION = 0;

    private final RankingColumns columns;
    private final Judging judging;
    private final Survey survey;
    private final Feature best;
    private final LengthBins bins;
    private final RankingTally tally;

    RankingReport(
            RankingColumns columns, Judging judging, Survey survey, Feature best, LengthBins bins, RankingTally tally) {
        this.columns = columns;
        this.judging = judging;
        this.survey = survey;
        this.best = best;
        this.bins = bins;
        this.tally = tally;
    }

    /** What was compared: the prediction, the baselines, the best feature if one was looked for, a random and the best order. */
    public List<String> scorings() {
        List<String> names = new ArrayList<>();
        names.add(columns.prediction());
        names.addAll(columns.baselines());
        if (best != null) names.add("best feature: " + best.name());
        names.add("random order");
        names.add("best order");
        return names;
    }

    /** Of {@link #scorings()} those that the prediction is compared with: all but itself and the best order. */
    public List<Integer> rivals() {
        List<Integer> rivals = new ArrayList<>();
        for (int c = 1; c < tally.scorings() - 1; c++) rivals.add(c);
        return rivals;
    }

    int randomOrder() {
        return tally.scorings() - 2;
    }

    int bestOrder() {
        return tally.scorings() - 1;
    }

    /** How it was judged. */
    public Judging judging() {
        return judging;
    }

    /** The mean of a metric over lists; NaN if there are none. */
    public double mean(int scoring, Metric metric, int k) {
        return tally.value(scoring, metric, place(k)).mean();
    }

    /** The standard error of {@link #mean}. */
    public double standardError(int scoring, Metric metric, int k) {
        return tally.value(scoring, metric, place(k)).standardError();
    }

    /** The mean over lists of the prediction's metric less that of another scoring. */
    public double difference(int scoring, Metric metric, int k) {
        return tally.difference(scoring, metric, place(k)).mean();
    }

    /** The standard error of {@link #difference}, which knows that both are of the same lists. */
    public double differenceError(int scoring, Metric metric, int k) {
        return tally.difference(scoring, metric, place(k)).standardError();
    }

    private int place(int k) {
        int place = judging.cutoffs().indexOf(k);
        if (place < 0) {
            throw new IllegalArgumentException("report: k must be one of " + judging.cutoffs() + ", got " + k);
        }
        return place;
    }

    /** How many lists there are. */
    public long lists() {
        return survey.lists();
    }

    /** How many of them the means are over. */
    public long judged() {
        return tally.value(PREDICTION, Metric.NDCG, 0).count();
    }

    /** How many rows there are. */
    public long rows() {
        return survey.rows();
    }

    /** How many lists have one row. */
    public long singleRowLists() {
        return survey.single();
    }

    /** How many lists have no row with a label above 0. */
    public long listsWithoutRelevant() {
        return survey.withoutRelevant();
    }

    /** How many lists have labels above 0 that are all equal. */
    public long constantLists() {
        return survey.constant();
    }

    /** The largest label. */
    public double largestLabel() {
        return survey.largestLabel();
    }

    RankingColumns columns() {
        return columns;
    }

    Survey survey() {
        return survey;
    }

    Feature bestFeature() {
        return best;
    }

    LengthBins bins() {
        return bins;
    }

    long lists(int bin) {
        return tally.lists(bin);
    }

    SoftTally soft() {
        return tally.soft();
    }
}
