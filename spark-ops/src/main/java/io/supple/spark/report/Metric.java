// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import io.supple.Operator;
import io.supple.Ranking;
import io.supple.Soft;
import io.supple.tensor.Tensor;

/** The metrics of a report: the operators of the catalogue in their exact form, where tied scores count by the mean. */
public enum Metric {
    /** Discounted gain over the best. */
    NDCG("NDCG", Ranking.NDCG) {
        @Override
        Tensor of(Tensor scores, Tensor labels, int k, Judging judging) {
            return Soft.HARD.ndcg(scores, labels, k, judging.gain(), judging.emptyList(), -1, false);
        }
    },
    /** Share of relevant rows among the first. */
    PRECISION("precision", Ranking.PRECISION) {
        @Override
        Tensor of(Tensor scores, Tensor labels, int k, Judging judging) {
            return Soft.HARD.precision(scores, labels, k);
        }
    },
    /** Share of the relevant rows that is among the first. */
    RECALL("recall", Ranking.RECALL) {
        @Override
        Tensor of(Tensor scores, Tensor labels, int k, Judging judging) {
            return Soft.HARD.recall(scores, labels, k, judging.emptyList(), -1, false);
        }
    },
    /** Reciprocal place of the first relevant row. */
    MRR("MRR", Ranking.MRR) {
        @Override
        Tensor of(Tensor scores, Tensor labels, int k, Judging judging) {
            return Soft.HARD.mrr(scores, labels, k, judging.emptyList(), -1, false);
        }
    },
    /** Expected reciprocal rank. */
    ERR("ERR", Ranking.ERR) {
        @Override
        Tensor of(Tensor scores, Tensor labels, int k, Judging judging) {
            return Soft.HARD.err(scores, labels, k, judging.maxLabel(), -1, false);
        }
    },
    /** Mean average precision. */
    MAP("MAP", Ranking.AVERAGE_PRECISION) {
        @Override
        Tensor of(Tensor scores, Tensor labels, int k, Judging judging) {
            return Soft.HARD.averagePrecision(scores, labels, k, judging.emptyList(), -1, false);
        }
    };

    private final String title;
    private final String meaning;

    Metric(String title, Operator operator) {
        this.title = title;
        this.meaning = operator.meaning();
    }

    /** As readers of rankings call it. */
    public String title() {
        return title;
    }

    /** The same where a line begins. */
    String heading() {
        return Html.capital(title);
    }

    /** What it measures, in the words of the catalogue. */
    public String meaning() {
        return meaning;
    }

    /** The metric of each of several lists: (c, n), (c, n) to (c). */
    abstract Tensor of(Tensor scores, Tensor labels, int k, Judging judging);
}
