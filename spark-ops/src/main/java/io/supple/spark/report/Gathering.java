// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.supple.spark.job.Columns;
import io.supple.spark.job.GroupedLists;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Rows of a table as lists with labels and scores. Bad values end the job with a message that names their list. */
final class Gathering {

    private static final String DOUBLES = "array<double>";
    private static final Column UNDEFINED = lit(Double.NaN);

    private final Dataset<Row> rows;
    private final RankingColumns columns;

    Gathering(Dataset<Row> rows, RankingColumns columns) {
        columns.check(rows.schema());
        this.rows = rows;
        this.columns = columns;
    }

    /** Lists with the scores of prediction, baselines and, if it is one, the chosen feature; without features. */
    JavaRDD<JudgedList> scored(Feature chosen) {
        List<Column> scores = scores();
        if (chosen != null) scores.add(score("feature", chosen.name(), chosen.of(this)));
        return lists(scores, array().cast(DOUBLES));
    }

    /** Lists with the scores of prediction and baselines, and with all features. */
    JavaRDD<JudgedList> surveyed() {
        return lists(scores(), features());
    }

    private List<Column> scores() {
        List<Column> scores = new ArrayList<>();
        scores.add(score("prediction", columns.prediction(), number(columns.prediction())));
        for (String name : columns.baselines()) scores.add(score("baseline", name, number(name)));
        return scores;
    }

    /** The features of a row; NaN where one is missing. */
    private Column features() {
        if (columns.features().isEmpty()) return array().cast(DOUBLES);
        if (columns.vectors(rows.schema())) {
            return coalesce(vector(), array().cast(DOUBLES));
        }
        return array(columns.features().stream()
                .map(name -> coalesce(number(name), UNDEFINED))
                .toArray(Column[]::new));
    }

    private Column vector() {
        return Columns.numbers(Columns.quoted(columns.features().get(0)));
    }

    /** Feature f of a row. */
    Column feature(int f) {
        if (columns.vectors(rows.schema())) return vector().getItem(f);
        return number(columns.features().get(f));
    }

    private JavaRDD<JudgedList> lists(List<Column> scores, Column features) {
        List<Column> selected = new ArrayList<>();
        for (String group : columns.groups()) selected.add(group(group));
        Column label = number(columns.label());
        Column bad = label.isNull().or(label.isNaN()).or(label.lt(0)).or(label.equalTo(Double.POSITIVE_INFINITY));
        selected.add(refusing(label, bad, message("label", columns.label(), "numbers >= 0 and finite", label, ""))
                .as("label"));
        selected.add(array(scores.toArray(Column[]::new)).as("scores"));
        selected.add(features.as("features"));
        List<String> keys = new ArrayList<>();
        for (String group : columns.groups()) keys.add(key(group));
        Column widths = transform(GroupedLists.list("features"), row -> size(row));
        return GroupedLists.gather(rows.select(selected.toArray(Column[]::new)), keys)
                .lists()
                .select(
                        GroupedLists.list("label").as("labels"),
                        flatten(GroupedLists.list("scores")).as("scores"),
                        flatten(GroupedLists.list("features")).as("features"),
                        array_min(widths).as("narrowest"),
                        array_max(widths).as("widest"))
                .as(Encoders.bean(JudgedList.class))
                .toJavaRDD();
    }

    /** The name of a group column among those that are gathered, which no other of them has. */
    private static String key(String group) {
        return "group " + group;
    }

    private Column group(String name) {
        Column column = Columns.quoted(name);
        String message = "evaluate: group column '" + name + "' must have no NULL, got one; filter such rows out";
        return Columns.refusing(
                        column, column.isNull(), rows.schema().apply(name).dataType(), message)
                .as(key(name));
    }

    private Column score(String what, String name, Column score) {
        Column bad = score.isNull().or(score.isNaN()).or(abs(score).equalTo(Double.POSITIVE_INFINITY));
        return refusing(
                score,
                bad,
                message(what, name, "finite numbers", score, "; fill missing scores in, or filter them out"));
    }

    private static Column number(String name) {
        return Columns.quoted(name).cast(DataTypes.DoubleType);
    }

    /** Never NULL, which the arrays of primitive numbers need to know. */
    private static Column refusing(Column value, Column bad, Column message) {
        return coalesce(
                when(bad, raise_error(message).cast(DataTypes.DoubleType)).otherwise(value), UNDEFINED);
    }

    private Column message(String what, String name, String condition, Column got, String remedy) {
        List<Column> parts = new ArrayList<>();
        parts.add(lit("evaluate: " + what + " column '" + name + "' must have " + condition + ", got "));
        parts.add(text(got));
        String separator = " in group ";
        for (String group : columns.groups()) {
            parts.add(lit(separator + group + " = "));
            parts.add(text(Columns.quoted(group)));
            separator = ", ";
        }
        parts.add(lit(remedy));
        return concat(parts.toArray(Column[]::new));
    }

    private static Column text(Column column) {
        return coalesce(column.cast(DataTypes.StringType), lit("NULL"));
    }
}
