// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.posexplode;

import io.supple.spark.job.Columns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/**
 * How the numbers of a column are spread.
 *
 * @param name of the column
 * @param numbers how many there are, without NULL and NaN
 * @param nulls how many are NULL
 * @param nans how many are NaN
 * @param quantiles at {@link #LEVELS}; empty if there are no numbers
 * @param bins the bars, between the first and the last quantile but one
 * @param counts of the bins; what is beyond counts with the outermost
 */
record Spread(
        String name, long numbers, long nulls, long nans, List<Double> quantiles, RoundBins bins, List<Long> counts) {

    /** Levels of the quantiles; the outermost but one bound the bins. */
    static final List<Double> LEVELS = List.of(0.0, 0.01, 0.25, 0.5, 0.75, 0.99, 1.0);

    /** Of several columns; the table is read twice, however many there are. */
    static List<Spread> of(Dataset<Row> table, List<String> columns) {
        if (columns.isEmpty()) return List.of();
        List<Column> values = new ArrayList<>();
        List<Column> seen = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            values.add(Columns.quoted(columns.get(c)).cast("double").as("v" + c));
            seen.add(expr("count_if(v" + c + " IS NOT NULL AND NOT isnan(v" + c + "))"));
            seen.add(expr("count_if(v" + c + " IS NULL)"));
            seen.add(expr("count_if(isnan(v" + c + "))"));
            seen.add(expr("percentile_approx(CASE WHEN NOT isnan(v" + c + ") THEN v" + c + " END, array("
                    + String.join(", ", LEVELS.stream().map(q -> q + "D").toList()) + "), 10000)"));
        }
        Dataset<Row> numbers = table.select(values.toArray(Column[]::new));
        Row found = numbers.agg(seen.get(0), seen.subList(1, seen.size()).toArray(Column[]::new))
                .first();
        List<Spread> spreads = new ArrayList<>();
        List<Column> bins = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            Spread spread = without(columns.get(c), whole(table, columns.get(c)), found, 4 * c);
            spreads.add(spread);
            bins.add(spread.bins().of(col("v" + c)));
        }
        // one number of a row after the other, so that columns and bins may be many
        for (Row row : numbers.select(posexplode(array(bins.toArray(Column[]::new))))
                .filter("col IS NOT NULL")
                .groupBy("pos", "col")
                .count()
                .collectAsList()) {
            spreads.get(row.getInt(0)).counts().set(row.getInt(1), row.getLong(2));
        }
        return List.copyOf(spreads);
    }

    private static boolean whole(Dataset<Row> table, String column) {
        DataType type = table.schema().apply(column).dataType();
        return type instanceof IntegerType
                || type instanceof LongType
                || type instanceof ShortType
                || type instanceof ByteType;
    }

    /** A spread whose counts are still to come. */
    private static Spread without(String name, boolean whole, Row found, int at) {
        List<Double> quantiles = found.isNullAt(at + 3) ? List.of() : List.copyOf(found.getList(at + 3));
        RoundBins bins = quantiles.isEmpty() ? RoundBins.NONE : RoundBins.of(quantiles.get(1), quantiles.get(5), whole);
        return new Spread(
                name,
                found.getLong(at),
                found.getLong(at + 1),
                found.getLong(at + 2),
                quantiles,
                bins,
                new ArrayList<>(Collections.nCopies(bins.count(), 0L)));
    }

    /** The quantile of a level. */
    double quantile(double level) {
        return quantiles.get(LEVELS.indexOf(level));
    }
}
