// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Gain;
import io.supple.RankingLoss;
import io.supple.spark.ml.Refusal;
import io.supple.tensor.Tensor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Judges the lists of a partition; what is sent to the workers. */
final class Judge implements Serializable {

    private static final long serialVersionUID = 1L;

    static final int GROUP = 0;
    static final int SCORE = 1;
    static final int LABEL = 2;
    static final int WEIGHT = 3;

    private final String stage;
    private final ListMetric metric;
    private final int k;
    private final boolean stable;
    private final String emptyList;
    private final Gain gain;
    private final RankingLoss table; // says labelGain; null where gain does
    private final int maxLabel;
    private final RankingLoss soft; // approxNDCG

    Judge(
            String stage,
            ListMetric metric,
            int k,
            boolean stable,
            String emptyList,
            Gain gain,
            RankingLoss table,
            int maxLabel,
            RankingLoss soft) {
        this.stage = stage;
        this.metric = metric;
        this.k = k;
        this.stable = stable;
        this.emptyList = emptyList;
        this.gain = gain;
        this.table = table;
        this.maxLabel = maxLabel;
        this.soft = soft;
    }

    /** For each list: group, rows, weight, whether nothing is relevant, the metric; NULL where it is left out. */
    Iterator<Row> of(Iterator<Row> rows) {
        Runs runs = new Runs(rows, GROUP);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return runs.hasNext();
            }

            @Override
            public Row next() {
                return list(runs.next());
            }
        };
    }

    private Row list(List<Row> rows) {
        int n = rows.size();
        Object group = rows.get(0).get(GROUP);
        if (group == null) {
            throw new IllegalArgumentException(
                    stage + ": groupCol must have no NULL, got one; leave such rows out or give them a group");
        }
        double[] scores = new double[n];
        double[] labels = new double[n];
        double weight = weight(rows.get(0), group);
        for (int i = 0; i < n; i++) {
            Row row = rows.get(i);
            scores[i] = row.isNullAt(SCORE) ? Double.NaN : row.getDouble(SCORE);
            if (Double.isNaN(scores[i])) throw refuse("predictionCol", "a number", "NULL or NaN", group);
            labels[i] = row.isNullAt(LABEL) ? Double.NaN : row.getDouble(LABEL);
            if (!(labels[i] >= 0 && labels[i] <= Double.MAX_VALUE)) {
                throw refuse("labelCol", ">= 0 and finite", row.isNullAt(LABEL) ? "NULL" : "" + labels[i], group);
            }
            if (weight(row, group) != weight) {
                throw refuse(
                        "weightCol", "the same in all rows of a list", weight + " and " + weight(row, group), group);
            }
        }
        try {
            if (table != null && metric.gains()) {
                for (int i = 0; i < n; i++) labels[i] = table.gain(labels[i]);
            }
            return judged(group, stable ? asTheyCome(scores) : scores, labels, weight);
        } catch (IllegalArgumentException refused) {
            throw Refusal.in(stage, refused, ", in group '" + group + "'");
        }
    }

    private Row judged(Object group, double[] scores, double[] labels, double weight) {
        boolean empty = metric == ListMetric.SPEARMAN
                ? constant(labels) || constant(scores)
                : Arrays.stream(labels).allMatch(y -> y == 0);
        Double value = null;
        if (!empty) {
            Gain worth = table == null ? gain : Gain.LINEAR;
            value = metric.of(new ListMetric.Call(
                            Tensor.of(scores), Tensor.of(labels), k == 0 ? null : k, worth, maxLabel, soft))
                    .data()[0];
        } else if (!emptyList.equals("skip")) {
            value = metric.undefined() && emptyList.equals("one") ? 1.0 : 0.0;
        }
        return RowFactory.create(group, (long) labels.length, weight, empty, value);
    }

    private static boolean constant(double[] x) {
        return Arrays.stream(x).allMatch(v -> v == x[0]);
    }

    /** Scores without ties in the same order: of equal ones the first comes first. */
    private static double[] asTheyCome(double[] scores) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
        order.sort(Comparator.comparingDouble(i -> -scores[i] + 0.0));
        double[] places = new double[scores.length];
        for (int r = 0; r < places.length; r++) places[order.get(r)] = -r;
        return places;
    }

    private double weight(Row row, Object group) {
        double weight = row.isNullAt(WEIGHT) ? Double.NaN : row.getDouble(WEIGHT);
        if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
            throw refuse("weightCol", ">= 0 and finite", row.isNullAt(WEIGHT) ? "NULL" : "" + weight, group);
        }
        return weight;
    }

    private IllegalArgumentException refuse(String param, String allowed, String got, Object group) {
        return new IllegalArgumentException(
                stage + ": " + param + " must be " + allowed + ", got " + got + " in group '" + group + "'");
    }
}
