// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/**
 * Rows of one group as arrays. They stand in the order of their features, then of their labels, so that sums over a list
 * do not depend on how its rows arrived.
 */
final class ListReader implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Numbers that an array holds. */
    static final int LARGEST = Integer.MAX_VALUE - 8;

    /** Where the columns of a selection stand. */
    static final int GROUP = 0;

    static final int FEATURES = 1;
    static final int LABEL = 2;
    static final int WEIGHT = 3;
    static final int VALIDATION = 4;

    /** One list. */
    static final class RankList {
        final Object group;
        final int n;
        final double[] x; // n rows of d
        final double[] labels;
        final double weight;
        final boolean validation;

        RankList(Object group, int n, double[] x, double[] labels, double weight, boolean validation) {
            this.group = group;
            this.n = n;
            this.x = x;
            this.labels = labels;
            this.weight = weight;
            this.validation = validation;
        }
    }

    private final String stage;
    private final String[] names; // of the columns
    private final int d;

    ListReader(String stage, String[] names, int d) {
        this.stage = stage;
        this.names = names.clone();
        this.d = d;
    }

    RankList list(List<Row> rows) {
        int n = rows.size();
        Object group = rows.get(0).get(GROUP);
        if (group == null) {
            throw new IllegalArgumentException(stage + ": groupCol must have no NULL, got one in column '"
                    + names[GROUP] + "'; leave such rows out or give them a group");
        }
        if ((long) n * d > LARGEST) {
            String allowed =
                    "of lists of at most " + LARGEST / d + " rows of " + d + " features, which one array holds";
            throw refuse("groupCol", GROUP, allowed, n + " rows", group);
        }
        double[][] features = new double[n][];
        double[] labels = new double[n];
        double weight = weight(rows.get(0), group);
        boolean validation = validation(rows.get(0), group);
        Integer[] order = new Integer[n];
        for (int i = 0; i < n; i++) {
            Row row = rows.get(i);
            features[i] = features(row, group);
            labels[i] = label(row, group);
            if (weight(row, group) != weight) {
                throw refuse(
                        "weightCol",
                        WEIGHT,
                        "the same in all rows of a list",
                        weight + " and " + weight(row, group),
                        group);
            }
            if (validation(row, group) != validation) {
                throw refuse(
                        "validationIndicatorCol",
                        VALIDATION,
                        "the same in all rows of a list",
                        "both; a list is for training or for validation as a whole",
                        group);
            }
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> {
            int compared = Arrays.compare(features[a], features[b]);
            return compared != 0 ? compared : Double.compare(labels[a], labels[b]);
        });
        double[] x = new double[n * d];
        double[] sorted = new double[n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(features[order[i]], 0, x, i * d, d);
            sorted[i] = labels[order[i]];
        }
        return new RankList(group, n, x, sorted, weight, validation);
    }

    private double[] features(Row row, Object group) {
        Vector vector = (Vector) row.get(FEATURES);
        if (vector == null) throw refuse("featuresCol", FEATURES, "without NULL", "one", group);
        if (vector.size() != d) {
            throw refuse("featuresCol", FEATURES, "vectors of one size, " + d, "one of size " + vector.size(), group);
        }
        double[] x = vector.toArray().clone();
        for (int j = 0; j < d; j++) {
            if (!Double.isFinite(x[j])) {
                throw refuse("featuresCol", FEATURES, "finite numbers", x[j] + " as feature " + j, group);
            }
            x[j] += 0.0; // -0.0 is 0.0
        }
        return x;
    }

    private double label(Row row, Object group) {
        if (row.isNullAt(LABEL)) throw refuse("labelCol", LABEL, "without NULL", "one", group);
        double y = row.getDouble(LABEL);
        if (!(y >= 0 && y <= Double.MAX_VALUE)) {
            throw refuse("labelCol", LABEL, ">= 0 and finite", String.valueOf(y), group);
        }
        return y + 0.0;
    }

    private double weight(Row row, Object group) {
        if (names[WEIGHT] == null) return 1;
        if (row.isNullAt(WEIGHT)) throw refuse("weightCol", WEIGHT, "without NULL", "one", group);
        double weight = row.getDouble(WEIGHT);
        if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
            throw refuse("weightCol", WEIGHT, ">= 0 and finite", String.valueOf(weight), group);
        }
        return weight;
    }

    private boolean validation(Row row, Object group) {
        if (names[VALIDATION] == null) return false;
        if (row.isNullAt(VALIDATION)) throw refuse("validationIndicatorCol", VALIDATION, "without NULL", "one", group);
        return row.getBoolean(VALIDATION);
    }

    private IllegalArgumentException refuse(String param, int column, String allowed, String got, Object group) {
        return new IllegalArgumentException(stage + ": " + param + " must be " + allowed + ", got " + got
                + " in column '" + names[column] + "', group '" + group + "'");
    }
}
