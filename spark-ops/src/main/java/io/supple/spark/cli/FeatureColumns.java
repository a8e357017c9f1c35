// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;

import io.supple.spark.job.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The features of ranked lists as columns f1, f2, ..., each of which is a list in its group, and back. */
final class FeatureColumns {

    private static final String LABEL = "label";
    private static final String QID = "qid";
    private static final String FEATURES = "features";
    private static final String COMMENT = "comment";

    private FeatureColumns() {}

    /** Rows with a column for each feature instead of vectors. */
    static Dataset<Row> unfolded(Dataset<Row> rows) {
        Row first = rows.select(FEATURES).head();
        int size = first == null ? 0 : ((Vector) first.get(0)).size();
        Column values = Columns.numbers(col(FEATURES));
        List<Column> columns = new ArrayList<>(List.of(col(LABEL), col(QID)));
        for (int j = 0; j < size; j++) columns.add(values.getItem(j).as("f" + (j + 1)));
        columns.add(col(COMMENT));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** The columns that become features, in this order: all but label, query and comment. */
    static List<String> of(StructType schema) {
        List<String> features = new ArrayList<>();
        for (StructField field : schema.fields()) {
            if (List.of(LABEL, QID, COMMENT).contains(field.name())) continue;
            if (!(field.dataType() instanceof NumericType)) {
                throw new Failures.UsageException(
                        "the output must have features that are numbers, since it is of ranked"
                                + " lists, got column '" + field.name() + "' of "
                                + field.dataType().simpleString() + "; choose another format");
            }
            features.add(field.name());
        }
        return features;
    }

    /** Rows with one array of all features. */
    static Dataset<Row> folded(Dataset<Row> table) {
        List<String> names = List.of(table.columns());
        for (String needed : List.of(LABEL, QID)) {
            if (!names.contains(needed)) {
                throw new Failures.UsageException(
                        "the output must have the columns label and qid, since it is of ranked"
                                + " lists, got none named '" + needed
                                + "'; choose another format with --output-format, or name"
                                + " it in --select. The columns are " + String.join(", ", names));
            }
        }
        Column[] features = of(table.schema()).stream()
                .map(name -> Columns.quoted(name).cast("double"))
                .toArray(Column[]::new);
        List<Column> columns = new ArrayList<>(List.of(col(LABEL), col(QID)));
        columns.add(array(features).cast("array<double>").as(FEATURES));
        if (names.contains(COMMENT)) columns.add(col(COMMENT));
        return table.select(columns.toArray(Column[]::new));
    }
}
