// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.job;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FractionalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows gathered into one list for each group, and given back one by one.
 *
 * <p>A group is whole wherever its rows were before. Its list is in the order of all of its columns, so that no result
 * depends on partitions or on the order in which rows arrive; rows that are equal in every column are interchangeable.
 * Rows come back as they were, also where equal keys differ: 0.0 and -0.0, or letters that a collation takes for the same.
 * Memory is that of one group's rows at a time and of what Spark's aggregation keeps.
 */
public final class GroupedLists {

    /** Column of the gathered rows: an array of structs of all columns that are not group columns. */
    public static final String ROWS = "__supple_rows";

    private static final String EMPTY = "__supple_nothing";

    private final StructType schema;
    private final List<String> groups;
    private final List<String> gathered;
    private final Dataset<Row> lists;

    private GroupedLists(StructType schema, List<String> groups, List<String> gathered, Dataset<Row> lists) {
        this.schema = schema;
        this.groups = groups;
        this.gathered = gathered;
        this.lists = lists;
    }

    /**
     * Gathers rows.
     *
     * @param rows any rows
     * @param groups names of the group columns; NULL is a group of its own
     * @throws IllegalArgumentException if a group column is unknown or has no order
     */
    public static GroupedLists gather(Dataset<Row> rows, List<String> groups) {
        StructType schema = rows.schema();
        List<String> names = Arrays.asList(schema.fieldNames());
        for (String group : groups) {
            if (!names.contains(group)) throw Columns.unknown("group column", group, names);
        }
        List<String> gathered = new ArrayList<>();
        for (StructField field : schema.fields()) {
            if (groups.contains(field.name()) && !RowOrder.known(field.dataType())) {
                throw new IllegalArgumentException("group: column '" + field.name()
                        + "' must have an order, by which Spark groups, got "
                        + field.dataType().sql()
                        + "; name one of its fields, or group by to_json(...) of it");
            }
            if (!groups.contains(field.name()) || !equalIsTheSame(field.dataType())) gathered.add(field.name());
        }
        StructField[] kept = gathered.stream().map(schema::apply).toArray(StructField[]::new);
        List<Column> inRow = new ArrayList<>();
        for (String name : gathered) inRow.add(Columns.quoted(name));
        if (inRow.isEmpty()) inRow.add(lit(true).as(EMPTY));
        Column row = struct(inRow.toArray(Column[]::new));
        Column[] keys = groups.stream().map(Columns::quoted).toArray(Column[]::new);
        // rows move before they are gathered: lists that are gathered in part would only be copied, and a file that
        // one task must read would be gathered by one task
        Dataset<Row> lists =
                rows.repartition(keys).groupBy(keys).agg(collect_list(row).as(ROWS));
        lists = lists.withColumn(ROWS, RowOrder.sorted(col(ROWS), new StructType(kept)));
        return new GroupedLists(schema, groups, gathered, lists);
    }

    /** Whether equal values of a type cannot be told apart, so that a group's key stands for that of each row. */
    private static boolean equalIsTheSame(DataType type) {
        if (type instanceof ArrayType array) return equalIsTheSame(array.elementType());
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).allMatch(field -> equalIsTheSame(field.dataType()));
        }
        if (type instanceof StringType) return type.equals(DataTypes.StringType);
        return !(type instanceof FractionalType) || type instanceof DecimalType;
    }

    /** One row for each group: the group columns and {@link #ROWS}. */
    public Dataset<Row> lists() {
        return lists;
    }

    /** The list of a column's values, from a dataset that has {@link #ROWS}. */
    public static Column list(String column) {
        return col(ROWS).getField(column);
    }

    /** The list of a column's values, of a group column too, from a dataset that has {@link #ROWS}. */
    public Column values(String column) {
        return gathered.contains(column) ? list(column) : array_repeat(Columns.quoted(column), size(col(ROWS)));
    }

    /** One row for each group, with a list for every column that is not a group column, beside {@link #ROWS}. */
    public Dataset<Row> unfolded() {
        List<Column> columns = new ArrayList<>();
        for (String group : groups) columns.add(Columns.quoted(group));
        columns.add(col(ROWS));
        for (String name : schema.fieldNames())
            if (!groups.contains(name)) columns.add(list(name).as(name));
        return lists.select(columns.toArray(Column[]::new));
    }

    /**
     * Gives rows back: those that were gathered, each with its part of the results. A result that is an array must be as
     * long as the group and gives each row its element; anything else is repeated.
     *
     * @param computed has the group columns, {@link #ROWS} and the results
     * @param results names of the results
     */
    public Dataset<Row> scatter(Dataset<Row> computed, List<String> results) {
        List<Column> kept = new ArrayList<>(); // for every row of a group the same
        for (String group : groups) kept.add(Columns.quoted(group));
        List<Column> zipped = new ArrayList<>(List.of(col(ROWS)));
        // arrays_zip names its fields after columns, so what it zips are columns first
        Dataset<Row> prepared = computed;
        for (String result : results) {
            if (computed.schema().apply(result).dataType() instanceof ArrayType array) {
                prepared = prepared.withColumn(result, asLongAsGroup(result, array));
                zipped.add(Columns.quoted(result));
            } else {
                kept.add(Columns.quoted(result));
            }
        }
        List<Column> exploded = new ArrayList<>(kept);
        exploded.add(inline(arrays_zip(zipped.toArray(Column[]::new))));
        List<Column> output = new ArrayList<>();
        for (String name : schema.fieldNames()) {
            output.add(gathered.contains(name) ? list(name).as(name) : Columns.quoted(name));
        }
        for (String result : results) output.add(Columns.quoted(result));
        return prepared.select(exploded.toArray(Column[]::new)).select(output.toArray(Column[]::new));
    }

    /** A result that is NULL as a whole is NULL for each row: arrays_zip would drop the rows. */
    private static Column asLongAsGroup(String result, ArrayType type) {
        Column value = Columns.quoted(result);
        Column message = concat(
                lit("select: '" + result + "' must be a single number or as long as the group, "),
                size(col(ROWS)).cast("string"),
                lit(", got an array of "),
                size(value).cast("string"));
        return when(value.isNull(), array_repeat(lit(null).cast(type.elementType()), size(col(ROWS))))
                .when(size(value).equalTo(size(col(ROWS))), value)
                .otherwise(raise_error(message).cast(type));
    }
}
