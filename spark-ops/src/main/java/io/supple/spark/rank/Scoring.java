// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Scorer;
import io.supple.device.DeviceException;
import io.supple.spark.RefusedRow;
import io.supple.spark.ml.Refusal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Scores of rows, one by one or list by list; what is sent to the workers. */
final class Scoring implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String stage;
    private final String column;
    private final int d;
    private final Scorer scorer;
    private final double[] w;
    private final FeatureScaling scaling;
    private final double[] means;
    private final double[] factors;
    private final String invalid;
    private transient Scorer.Pass pass;

    Scoring(
            String column,
            int d,
            Scorer scorer,
            double[] w,
            FeatureScaling scaling,
            double[] means,
            double[] factors,
            String invalid) {
        this.stage = "SoftRankerModel";
        this.column = column;
        this.d = d;
        this.scorer = scorer;
        this.w = w;
        this.scaling = scaling;
        this.means = means;
        this.factors = factors;
        this.invalid = invalid;
    }

    /** The schema with the prediction column; checks features. */
    static StructType schema(Params stage, HasScoring<?> has, StructType schema, int d) {
        StructField field = Refusal.field(stage, "featuresCol", has.getFeaturesCol(), schema);
        if (!field.dataType().equals(SQLDataTypes.VectorType())) {
            String got = "'" + field.name() + "' of type " + field.dataType().sql();
            throw Refusal.of(stage, "featuresCol", "a column of vectors", got);
        }
        int size = AttributeGroup.fromStructField(field).size();
        if (d >= 0 && size >= 0 && size != d) {
            throw Refusal.of(stage, "featuresCol", "a column of vectors of size " + d, "size " + size);
        }
        String name = Refusal.fresh(stage, "predictionCol", has.getPredictionCol(), schema);
        return schema.add(name, DataTypes.DoubleType, false);
    }

    /** What a job failed with, in our words where it was us who refused. */
    static RuntimeException plain(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException refused) {
                return refused == failed ? refused : new IllegalArgumentException(refused.getMessage(), failed);
            }
            if (cause instanceof DeviceException lost) return new DeviceException(lost.getMessage(), failed);
        }
        return failed instanceof RuntimeException runtime ? runtime : new IllegalStateException(failed);
    }

    /** The features of a row; null where they are invalid and need not be valid. */
    private double[] features(Vector vector, Object group) {
        String where = " in column '" + column + "'" + (group == null ? "" : ", group '" + group + "'");
        if (vector == null) return invalid(stage + ": featuresCol must be without NULL, got one" + where);
        if (vector.size() != d) {
            throw new RefusedRow(stage + ": featuresCol must be vectors of size " + d + ", got one of size "
                    + vector.size() + where);
        }
        double[] x = vector.toArray().clone();
        for (int j = 0; j < d; j++) {
            if (!Double.isFinite(x[j])) {
                return invalid(
                        stage + ": featuresCol must be finite numbers, got " + x[j] + " as feature " + j + where);
            }
            x[j] += 0.0; // -0.0 is 0.0
        }
        return x;
    }

    private double[] invalid(String message) {
        if (invalid.equals("error")) {
            throw new RefusedRow(message + "; handleInvalid 'skip' leaves such rows out, 'keep' scores them NaN");
        }
        return null;
    }

    private double score(double[] x) {
        if (pass == null) pass = scorer.pass(w);
        double[] s = new double[1];
        pass.scores(x, 0, 1, s, 0);
        return s[0];
    }

    /** The score of a row by itself; NULL where its features are invalid. */
    UDF1<Vector, Double> byRow() {
        return vector -> {
            double[] x = features(vector, null);
            if (x == null) return null;
            Blocks.scale(x, 1, d, scaling, means, factors);
            return score(x);
        };
    }

    /**
     * Rows with scores, from rows of which those of a group stand together.
     *
     * @param key index of the group, which is the last column and is left out
     * @param vectors index of the features
     */
    Iterator<Row> byList(Iterator<Row> rows, int key, int vectors) {
        Runs runs = new Runs(rows, key);
        return new Iterator<>() {
            private Iterator<Row> list = List.<Row>of().iterator();

            @Override
            public boolean hasNext() {
                while (!list.hasNext() && runs.hasNext())
                    list = list(runs.next(), key, vectors).iterator();
                return list.hasNext();
            }

            @Override
            public Row next() {
                if (!hasNext()) throw new NoSuchElementException();
                return list.next();
            }
        };
    }

    private List<Row> list(List<Row> rows, int key, int vectors) {
        Object group = rows.get(0).get(key);
        if ((long) rows.size() * d > ListReader.LARGEST) {
            throw new RefusedRow(
                    stage + ": groupCol must be of lists of at most " + ListReader.LARGEST / d + " rows of " + d
                            + " features, which one array holds, got " + rows.size() + " in group '" + group + "'");
        }
        double[] all = new double[rows.size() * d];
        int[] at = new int[rows.size()];
        int valid = 0;
        for (int i = 0; i < at.length; i++) {
            double[] x = group == null
                    ? invalid(stage + ": groupCol must have no NULL, got one")
                    : features(rows.get(i).getAs(vectors), group);
            at[i] = x == null ? -1 : valid;
            if (x != null) System.arraycopy(x, 0, all, d * valid++, d);
        }
        scaling.list(all, valid, d);
        List<Row> scored = new ArrayList<>();
        double[] x = new double[d];
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0 && invalid.equals("skip")) continue;
            Object[] values = new Object[key + 1];
            for (int c = 0; c < key; c++) values[c] = rows.get(i).get(c);
            if (at[i] >= 0) System.arraycopy(all, d * at[i], x, 0, d);
            values[key] = at[i] < 0 ? Double.NaN : score(x);
            scored.add(RowFactory.create(values));
        }
        return scored;
    }
}
