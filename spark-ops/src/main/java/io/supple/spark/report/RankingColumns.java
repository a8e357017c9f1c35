// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import io.supple.spark.job.Columns;
import io.supple.spark.letor.LetorSource;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * Which columns of a table say what.
 *
 * @param groups whose equal values make a list
 * @param label how good a row is, at least 0; 0 is not relevant
 * @param prediction by which lists are ordered, the largest first
 * @param baselines other scores to compare with
 * @param features columns of numbers, or one of vectors, of which the best one is compared with too; none for no such search
 */
public record RankingColumns(
        List<String> groups, String label, String prediction, List<String> baselines, List<String> features)
        implements Serializable {

    /** Copies. */
    public RankingColumns {
        groups = List.copyOf(groups);
        baselines = List.copyOf(baselines);
        features = List.copyOf(features);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("evaluate: group must be at least one column, got none");
        }
    }

    /** Refuses a table in which a column is missing or has the wrong type. */
    void check(StructType schema) {
        for (String group : groups) type(schema, "group", group);
        numbers(schema, "label", label);
        numbers(schema, "prediction", prediction);
        for (String baseline : baselines) numbers(schema, "baseline", baseline);
        for (String feature : features) {
            if (!vectors(schema)) numbers(schema, "feature", feature);
        }
    }

    /** Whether the features are one column of vectors. */
    boolean vectors(StructType schema) {
        return features.size() == 1 && type(schema, "feature", features.get(0)).equals(SQLDataTypes.VectorType());
    }

    /**
     * What users know a feature by: its column; of a vector the name that was given to its place, or its number in the
     * files that it is of, or, where neither is known, the place as SQL counts it.
     */
    String featureName(StructType schema, int f) {
        if (!vectors(schema)) return features.get(f);
        StructField vector = schema.apply(features.get(0));
        Option<Attribute[]> named = AttributeGroup.fromStructField(vector).attributes();
        if (named.isDefined() && f < named.get().length && named.get()[f].name().isDefined()) {
            return named.get()[f].name().get();
        }
        if (vector.metadata().contains(LetorSource.FIRST_NUMBER)) {
            return "feature " + (vector.metadata().getLong(LetorSource.FIRST_NUMBER) + f);
        }
        return vector.name() + "[" + f + "]";
    }

    private static void numbers(StructType schema, String what, String name) {
        DataType type = type(schema, what, name);
        if (!(type instanceof NumericType)) {
            throw new IllegalArgumentException("evaluate: " + what + " must be a column of numbers, got '" + name
                    + "' of " + type.sql() + "; name another, or cast it");
        }
    }

    private static DataType type(StructType schema, String what, String name) {
        List<String> names = Arrays.asList(schema.fieldNames());
        if (!names.contains(name)) throw Columns.unknown("evaluate: " + what, name, names);
        return schema.apply(name).dataType();
    }
}
