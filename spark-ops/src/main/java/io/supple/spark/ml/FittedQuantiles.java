// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;

import io.supple.Interpolation;
import io.supple.Quantile;
import io.supple.Soft;
import io.supple.spark.SoftColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Quantiles of whole columns, for estimators. The exact quantile at level q of n numbers is, as in Spark's estimators, the
 * {@code ceil(q n)}-th of them; the soft one is the soft order's value at that place. NULL and NaN are left out.
 *
 * <p>Each column is gathered to one sorted list, so that no result depends on partitions; memory is that of a column.
 */
final class FittedQuantiles {

    private FittedQuantiles() {}

    /** The Param that Spark's estimators have; here it has no effect. */
    static DoubleParam relativeError(Params owner) {
        DoubleParam made = new DoubleParam(
                owner,
                "relativeError",
                "the error of quantiles that Spark's own stage may make; kept for its users and without effect, since the"
                        + " quantiles here are those of the whole column",
                new Declared(owner)
                        .checked("relativeError", "in [0, 1]", (Object e) -> (Double) e >= 0 && (Double) e <= 1));
        owner.setDefault(made, 0.001);
        return made;
    }

    /**
     * Quantiles of each element of the rows' arrays.
     *
     * @param stage who asks, for messages
     * @param what whose numbers they are, for messages
     * @param numbers arrays of doubles, all as long as each other
     * @param levels in (0, 1)
     * @return for each element its quantiles
     */
    static List<double[]> of(
            Params stage, Param<?> what, Soft choice, Dataset<Row> rows, Column numbers, double[] levels) {
        // what quantiles do not take is refused in the stage's name, not in that of the function
        choice.relaxation()
                .forEach((name, value) -> Quantile.QUANTILE.relaxation().stream()
                        .filter(param -> param.name().equals(name))
                        .forEach(param -> param.check(Refusal.name(stage), value)));
        Dataset<Row> lists = rows.select(posexplode(numbers).as(new String[] {"element", "x"}))
                .groupBy("element")
                .agg(
                        count(lit(1)).as("rows"),
                        sort_array(collect_list(when(not(isnan(col("x"))), col("x"))))
                                .as("list"));
        Column n = size(col("list")).cast("double");
        Column[] places = new Column[levels.length];
        for (int i = 0; i < levels.length; i++) {
            Column place = greatest(ceil(n.multiply(levels[i])).cast("double"), lit(1.0))
                    .minus(1);
            places[i] = place.divide(greatest(n.minus(1), lit(1.0)));
        }
        Column quantiles =
                SoftColumns.of(choice).call(Quantile.QUANTILE, col("list"), array(places), Interpolation.NEAREST);
        List<Row> computed = lists.select(col("rows"), quantiles.as("quantiles"))
                .orderBy("element")
                .collectAsList();
        if (computed.isEmpty()) throw Refusal.of(stage, what.name(), "a column with numbers", "none");
        List<double[]> result = new ArrayList<>();
        for (Row row : computed) {
            if (row.getLong(0) != computed.get(0).getLong(0)) {
                throw Refusal.of(stage, what.name(), "a column of vectors of one size", "several sizes");
            }
            result.add(checked(stage, what, row));
        }
        return result;
    }

    private static double[] checked(Params stage, Param<?> what, Row row) {
        double[] values = new double[row.isNullAt(1) ? 0 : row.getList(1).size()];
        for (int i = 0; i < values.length; i++) {
            Double value = row.<Double>getList(1).get(i);
            values[i] = value == null ? Double.NaN : value;
        }
        boolean none = values.length == 0;
        for (double value : values) none |= Double.isNaN(value);
        if (none) {
            throw Refusal.of(
                    stage,
                    what.name(),
                    "a column with numbers, which are finite where the mode is not hard",
                    "quantiles that are NaN");
        }
        return values;
    }
}
