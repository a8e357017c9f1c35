// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.Comparison;
import io.supple.Elementwise;
import io.supple.Extremum;
import io.supple.Logic;
import io.supple.Losses;
import io.supple.Operator;
import io.supple.Ordering;
import io.supple.Param;
import io.supple.Quantile;
import io.supple.Ranking;
import io.supple.Safe;
import io.supple.Sampling;
import io.supple.Selection;
import io.supple.Soft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * The operators over columns, under a choice of softening: the same typed methods as {@link Soft}, each planned as a
 * call of the SQL function by name, so that it works in classic sessions and through Spark Connect.
 *
 * <pre>{@code
 * SoftColumns soft = SoftColumns.of(Soft.smooth(0.05));
 * lists.select(soft.rank(col("scores")), soft.topkMask(col("scores"), 10));
 * }</pre>
 *
 * <p>A column has one axis: axis arguments must be left at their defaults. What may differ from row to row is a column in
 * {@link #call}; a random operator needs that, for rows of one seed draw the same noise:
 *
 * <pre>{@code
 * soft.call(Sampling.BERNOULLI, col("p"), xxhash64(col("id")))
 * }</pre>
 *
 * @param choice the choice of softening
 * @param missing what becomes of NULL elements
 */
public record SoftColumns(Soft choice, Missing missing)
        implements Elementwise<Column>,
                Comparison<Column>,
                Logic<Column>,
                Ordering<Column>,
                Extremum<Column>,
                Quantile<Column>,
                Selection<Column>,
                Safe<Column>,
                Sampling<Column>,
                Ranking<Column>,
                Losses<Column> {

    /** The default softening, smooth with softness 0.1. */
    public static SoftColumns soft() {
        return of(Soft.smooth(0.1));
    }

    /** A choice of softening; NULL elements are left out. */
    public static SoftColumns of(Soft choice) {
        return new SoftColumns(choice, Missing.IGNORE);
    }

    /** Another choice of softening. */
    public SoftColumns with(Soft other) {
        return new SoftColumns(other, missing);
    }

    /** Another policy for missing elements. */
    public SoftColumns with(Missing other) {
        return new SoftColumns(choice, other);
    }

    @Override
    public Column call(Operator operator, Object... arguments) {
        return call(new SqlFunction(operator, false), null, arguments);
    }

    /**
     * Value and gradients as {@code struct<value, grad_x, ...>}.
     *
     * @param cotangent upstream gradient, shaped as the value
     * @param arguments the operator's, in order
     */
    public Column vjp(Operator operator, Column cotangent, Object... arguments) {
        return call(new SqlFunction(operator, true), cotangent, arguments);
    }

    /**
     * What boosted trees are grown by, {@code struct<value, gradient, hessian>}: {@link io.supple.SoftRankingObjective} of
     * the list of each row.
     *
     * @param loss one of {@link Losses}
     * @param arguments the operator's, in order
     * @throws IllegalArgumentException if the operator is no loss of lists of scores
     */
    public Column objective(Operator loss, Object... arguments) {
        return call(new SqlFunction(loss, SqlFunction.Kind.OBJECTIVE), null, arguments);
    }

    /**
     * The operator over the values of a group, for {@code agg} after {@code groupBy} or with {@code over}.
     *
     * <pre>{@code
     * flights.groupBy("origin").agg(soft.aggregate(Quantile.QUANTILE, col("delay"), 0.9))
     * }</pre>
     *
     * @param values one number, or truth value, for each row
     * @param arguments the operator's after its list, in order
     * @throws IllegalArgumentException if the operator's value depends on the order of its list
     */
    public Column aggregate(Operator operator, Column values, Object... arguments) {
        Object[] all = new Object[1 + arguments.length];
        all[0] = values;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return call(new SqlFunction(operator, SqlFunction.Kind.AGGREGATE), null, all);
    }

    private Column call(SqlFunction function, Column cotangent, Object... given) {
        Operator operator = function.operator();
        Map<String, Object> relaxation = choice.relaxation();
        List<Column> columns = new ArrayList<>();
        int needed = 0; // arguments at the end that have their defaults are left out, for short column names
        for (Param param : function.params()) {
            Object value = value(function, param, cotangent, relaxation, given);
            columns.add(column(value));
            if (!Objects.equals(value, param.byDefault())) needed = columns.size();
        }
        refuseAxes(operator, given);
        return functions.call_function(
                function.name(), columns.subList(0, needed).toArray(Column[]::new));
    }

    private Object value(
            SqlFunction function, Param param, Column cotangent, Map<String, Object> relaxation, Object... given) {
        boolean element = function.aggregate() && param instanceof Param.Data;
        int own = element ? 0 : function.operator().params().indexOf(param);
        if (param.equals(SqlFunction.COTANGENT)) return cotangent;
        if (param.equals(Missing.PARAM)) return missing;
        if (own >= 0) return own < given.length ? given[own] : param.byDefault();
        return relaxation.getOrDefault(param.name(), param.byDefault());
    }

    private static Column column(Object value) {
        if (value instanceof Column column) return column;
        return functions.lit(value instanceof Enum<?> choice ? Param.Choice.text(choice) : value);
    }

    private static void refuseAxes(Operator operator, Object... given) {
        for (int i = 0; i < given.length; i++) {
            Param param = operator.params().get(i);
            if (param.tensorOnly() && !Objects.equals(given[i], param.byDefault())) {
                throw new IllegalArgumentException(SqlFunction.PREFIX + operator.name() + ": " + param.name()
                        + " must be left out, since a column's arrays have one axis, got " + given[i]);
            }
        }
    }
}
