// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.spark.job.Columns;
import io.supple.spark.rank.SoftRankerModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import picocli.CommandLine.Option;

/** How a command reads lists that are to be ranked: their columns, and the format of the input. */
final class ListOptions {

    private static final List<String> USUAL_GROUPS = List.of("qid", "group");
    private static final String USUAL_LABEL = "label";
    private static final String USUAL_FEATURES = "features";
    private static final int SHOWN = 8;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "How good a row is, 0 if it is not relevant; default label.")
    private String label;

    @Option(
            names = "--group",
            paramLabel = "COLUMN",
            description = "Column whose equal values make a list; default qid, or group where there is no qid.")
    private String group;

    @Option(
            names = "--features",
            split = ",",
            paramLabel = "COLUMNS",
            description =
                    "Columns of numbers, separated by commas, or one of vectors; default the vectors in 'features',"
                            + " else every column of numbers that has no other part.")
    private List<String> features = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Format of the input, if its name does not say: letor, parquet, csv, tsv, json.")
    private String format;

    /** Takes the columns that were not named from a model, where the input has them. */
    void from(SoftRankerModel model, Dataset<Row> rows) {
        List<String> names = Arrays.asList(rows.columns());
        if (label == null && names.contains(model.getLabelCol())) label = model.getLabelCol();
        if (group == null && names.contains(model.getGroupCol())) group = model.getGroupCol();
    }

    String label() {
        return label == null ? USUAL_LABEL : label;
    }

    /** Reads a table with at least one row. */
    Dataset<Row> read(SparkSession session, Terminal terminal, String input) {
        return read(session, terminal, input, 0);
    }

    /** The same with vectors of a known size, where the format does not say how many features there are. */
    Dataset<Row> read(SparkSession session, Terminal terminal, String input, int size) {
        String known = Tables.format(format, input, null, "--format");
        terminal.say("reading " + input);
        boolean sized = size > 0 && known.equals(Tables.LETOR);
        Dataset<Row> rows = Tables.read(session, input, known, sized ? Map.of("numFeatures", "" + size) : Map.of());
        if (rows.isEmpty()) throw new IllegalArgumentException("the input must have rows, got none in '" + input + "'");
        return rows;
    }

    /** The group column: the one that was named, or a usual one that is there. */
    String group(Dataset<Row> rows) {
        List<String> names = Arrays.asList(rows.columns());
        if (group != null) {
            if (!names.contains(group) && group.contains(",")) {
                throw new Failures.UsageException("--group must be one column here, got '" + group
                        + "'; add a column that tells the lists apart, such as concat_ws('|', "
                        + group + ") AS list in 'supple sql', and name that");
            }
            if (!names.contains(group)) throw Columns.unknown("--group", group, names);
            return group;
        }
        return USUAL_GROUPS.stream()
                .filter(names::contains)
                .findFirst()
                .orElseThrow(() -> new Failures.UsageException("--group must name the column whose equal values make a"
                        + " list, since the input has neither qid nor group; its columns are "
                        + String.join(", ", names)));
    }

    /** Refuses a label that is no column of numbers, before anything is computed. */
    void checkLabel(Dataset<Row> rows, List<String> groups) {
        List<String> names = Arrays.asList(rows.columns());
        String label = label();
        if (!names.contains(label)) {
            List<String> free = names.stream()
                    .filter(name -> !groups.contains(name) && !features.contains(name))
                    .toList();
            throw Columns.unknown("--label", label, free);
        }
        DataType type = rows.schema().apply(label).dataType();
        if (!(type instanceof NumericType)) {
            throw new Failures.UsageException("--label must be a column of numbers, got '" + label + "' of type "
                    + type.sql() + "; name another, or cast it");
        }
    }

    private static void checkNumbers(Dataset<Row> rows, List<String> named) {
        for (String name : named) {
            DataType type = rows.schema().apply(name).dataType();
            boolean vectors = named.size() == 1 && type.equals(SQLDataTypes.VectorType());
            if (type instanceof NumericType || type instanceof BooleanType || vectors) continue;
            throw new Failures.UsageException("--features must be columns of numbers or booleans, or one of vectors,"
                    + " got '" + name + "' of type " + type.sql()
                    + "; leave it out, or make numbers of it, such as a column of 0 and 1 for each of its values");
        }
    }

    /** Refuses names of which one is there twice. */
    static void refuseTwice(String option, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                throw new Failures.UsageException(
                        option + " must be columns that differ, got '" + names.get(i) + "' twice");
            }
        }
    }

    /** Whether features were named. */
    boolean namesFeatures() {
        return !features.isEmpty();
    }

    /**
     * The feature columns: those that were named, the vectors in the usual column, or all columns of numbers.
     *
     * @param others columns that have another part
     */
    List<String> features(Dataset<Row> rows, List<String> others) {
        List<String> names = Arrays.asList(rows.columns());
        List<String> named = features.stream().map(String::strip).toList();
        for (String name : named) {
            if (!names.contains(name)) throw Columns.unknown("--features", name, names);
        }
        refuseTwice("--features", named);
        checkNumbers(rows, named);
        if (!named.isEmpty()) return named;
        if (names.contains(USUAL_FEATURES)
                && rows.schema().apply(USUAL_FEATURES).dataType().equals(SQLDataTypes.VectorType())) {
            return List.of(USUAL_FEATURES);
        }
        List<String> numbers = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            if (field.dataType() instanceof NumericType && !others.contains(field.name())) numbers.add(field.name());
        }
        return numbers;
    }

    /** The features in a line. */
    static String told(List<String> features) {
        String shown = String.join(", ", features.subList(0, Math.min(SHOWN, features.size())));
        return features.size() > SHOWN ? shown + ", ... (" + features.size() + " columns)" : shown;
    }
}
