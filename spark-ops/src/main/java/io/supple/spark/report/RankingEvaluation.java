// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges a column of predictions beside others, list by list on the cluster.
 *
 * <p>Rows move twice: once to count lists and to choose the best feature, once to judge. Each partition is folded to one
 * tally of fixed size; a list must fit in the memory of a task. The result is the same, to the last bit, on any
 * partitioning and in any order of rows.
 */
public final class RankingEvaluation {

    private final RankingColumns columns;
    private final Judging judging;

    private RankingEvaluation(RankingColumns columns, Judging judging) {
        this.columns = columns;
        this.judging = judging;
    }

    /** An evaluation of these columns. */
    public static RankingEvaluation of(RankingColumns columns, Judging judging) {
        return new RankingEvaluation(columns, judging);
    }

    /**
     * Runs it.
     *
     * @param rows rows of lists, in any order
     * @param phase is told what is being done
     * @throws IllegalArgumentException if a column is missing or has the wrong type, or if there are no rows
     */
    public RankingReport run(Dataset<Row> rows, Consumer<String> phase) {
        Gathering gathering = new Gathering(rows, columns);
        phase.accept("counting lists");
        Survey survey = gathering.surveyed().treeAggregate(new Survey(judging), Survey::add, Survey::merge);
        if (survey.lists() == 0) throw new IllegalArgumentException("evaluate: the input must have rows, got none");
        Judging settled = judging.settled(survey.largestLabel());
        Feature best = survey.best(f -> columns.featureName(rows.schema(), f));
        LengthBins bins = new LengthBins(survey.shortest(), survey.longest());
        phase.accept("judging " + survey.lists() + " lists");
        int scored = 1 + columns.baselines().size() + (best == null ? 0 : 1);
        RankingTally tally = gathering
                .scored(best)
                .treeAggregate(new RankingTally(settled, bins, scored), RankingTally::add, RankingTally::merge);
        return new RankingReport(columns, settled, survey, best, bins, tally);
    }
}
