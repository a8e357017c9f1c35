// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.supple.spark.job.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How the numbers of a column are spread.
 *
 * @param name of the column
 * @param numbers how many there are, without NULL and NaN
 * @param nulls how many are NULL
 * @param nans how many are NaN
 * @param quantiles at {@link #LEVELS}; empty if there are no numbers
 * @param counts of bins of equal width between the first and the last quantile; what is beyond counts with the outermost
 */
record Spread(String name, long numbers, long nulls, long nans, List<Double> quantiles, List<Long> counts) {

    /** Levels of the quantiles; the outermost but one bound the bins. */
    static final List<Double> LEVELS = List.of(0.0, 0.01, 0.25, 0.5, 0.75, 0.99, 1.0);

    static final int BINS = 24;

    static Spread of(Dataset<Row> table, String column) {
        Column value = Columns.quoted(column).cast("double");
        Dataset<Row> one = table.select(value.as("v"));
        Row seen = one.agg(
                        expr("count_if(v IS NOT NULL AND NOT isnan(v))"),
                        expr("count_if(v IS NULL)"),
                        expr("count_if(isnan(v))"),
                        expr("percentile_approx(CASE WHEN NOT isnan(v) THEN v END, array("
                                + String.join(
                                        ", ", LEVELS.stream().map(q -> q + "D").toList()) + "), 10000)"))
                .first();
        if (seen.getLong(0) == 0) {
            return new Spread(column, 0, seen.getLong(1), seen.getLong(2), List.of(), List.of());
        }
        List<Double> quantiles = List.copyOf(seen.getList(3));
        double low = quantiles.get(1);
        double width = (quantiles.get(LEVELS.size() - 2) - low) / BINS;
        List<Long> counts = new ArrayList<>(java.util.Collections.nCopies(BINS, 0L));
        Column bin = width > 0 && width < Double.POSITIVE_INFINITY
                ? expr("CAST(greatest(0D, least(" + (BINS - 1) + "D, floor((v - " + low + "D) / " + width
                        + "D))) AS INT)")
                : lit(0);
        for (Row row : one.filter("v IS NOT NULL AND NOT isnan(v)")
                .groupBy(bin.as("bin"))
                .agg(count(lit(1)).as("n"))
                .select(col("bin"), col("n"))
                .collectAsList()) {
            counts.set(row.getInt(0), row.getLong(1));
        }
        return new Spread(column, seen.getLong(0), seen.getLong(1), seen.getLong(2), quantiles, counts);
    }

    /** Where a bin begins. */
    double start(int bin) {
        double low = quantiles.get(1);
        return low + bin * (quantiles.get(LEVELS.size() - 2) - low) / BINS;
    }
}
