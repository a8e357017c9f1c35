// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.EmptyList;
import io.supple.Gain;
import io.supple.RankingLoss;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What a list is judged by: an operator of the catalogue. */
enum ListMetric {
    NDCG("ndcg", true) {
        @Override
        Tensor of(Call call) {
            return Soft.HARD.ndcg(call.scores, call.labels, call.k, call.gain, EmptyList.NAN, -1, false);
        }
    },
    MAP("map", true) {
        @Override
        Tensor of(Call call) {
            return Soft.HARD.averagePrecision(call.scores, call.labels, call.k, EmptyList.NAN, -1, false);
        }
    },
    MRR("mrr", true) {
        @Override
        Tensor of(Call call) {
            return Soft.HARD.mrr(call.scores, call.labels, call.k, EmptyList.NAN, -1, false);
        }
    },
    ERR("err", false) {
        @Override
        Tensor of(Call call) {
            return Soft.HARD.err(call.scores, call.labels, call.k, call.maxLabel, -1, false);
        }
    },
    PRECISION("precision", false) {
        @Override
        Tensor of(Call call) {
            return Soft.HARD.precision(call.scores, call.labels, call.places(), -1, false);
        }
    },
    RECALL("recall", true) {
        @Override
        Tensor of(Call call) {
            return Soft.HARD.recall(call.scores, call.labels, call.places(), EmptyList.NAN, -1, false);
        }
    },
    SPEARMAN("spearman", true) {
        @Override
        Tensor of(Call call) {
            return Soft.HARD.spearman(call.scores, call.labels, EmptyList.NAN, -1, false);
        }
    },
    SOFT_NDCG("softNdcg", true) {
        @Override
        Tensor of(Call call) {
            double[] scores = call.scores.data();
            double loss = call.soft
                    .withGain(call.gain)
                    .withTruncationLevel(call.k == null ? 0 : call.k)
                    .add(scores, call.labels.data(), 0, scores.length, 1, new double[scores.length]);
            return Tensor.of(new double[] {1 - loss});
        }
    },
    DCG("dcg", false) {
        @Override
        Tensor of(Call call) {
            return Soft.HARD.dcg(call.scores, call.labels, call.k, call.gain, -1, false);
        }
    };

    /** The arguments of a call. */
    static final class Call {
        final Tensor scores;
        final Tensor labels;
        final Integer k; // null for the whole list
        final Gain gain;
        final int maxLabel;
        final RankingLoss soft; // approxNDCG

        Call(Tensor scores, Tensor labels, Integer k, Gain gain, int maxLabel, RankingLoss soft) {
            this.scores = scores;
            this.labels = labels;
            this.k = k;
            this.gain = gain;
            this.maxLabel = maxLabel;
            this.soft = soft;
        }

        int places() {
            return k == null ? scores.length(0) : k;
        }
    }

    private final String text;
    private final boolean undefined; // where nothing is relevant

    ListMetric(String text, boolean undefined) {
        this.text = text;
        this.undefined = undefined;
    }

    abstract Tensor of(Call call);

    /** Whether it has no value where nothing is relevant; others are 0 there. */
    boolean undefined() {
        return undefined;
    }

    /** Whether it reads gains, which labelGain may say. */
    boolean gains() {
        return this == NDCG || this == DCG || this == SOFT_NDCG;
    }

    static ListMetric named(String text) {
        for (ListMetric metric : values()) if (metric.text.equals(text)) return metric;
        throw new IllegalArgumentException(text);
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (ListMetric metric : values()) names.add(metric.text);
        return names;
    }
}
