// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.supple.Operator;
import io.supple.spark.SoftColumns;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * How a column becomes soft steps at thresholds: {@code S(x - t)}, without the epsilon of a relation.
 *
 * @param relation which side a threshold itself is on
 * @param x values
 * @param thresholds one or an array
 * @param value what becomes of the steps
 * @param gradient what becomes of the gradient for x
 */
record StepPlan(
        Operator relation, Column x, Column thresholds, UnaryOperator<Column> value, UnaryOperator<Column> gradient) {

    private static final String CALL = "__supple_call";

    /** Rows with the output column. */
    Dataset<Row> transform(Dataset<Row> rows, SoftColumns soft, StructField output) {
        return add(rows, value.apply(soft.call(relation, x, thresholds, lit(0.0))), output);
    }

    /** Rows with the output column and its gradient. */
    Dataset<Row> transform(
            Dataset<Row> rows, SoftColumns soft, Column upstream, StructField output, StructField slope) {
        Dataset<Row> called = rows.withColumn(CALL, soft.vjp(relation, upstream, x, thresholds, lit(0.0)));
        Dataset<Row> valued = add(called, value.apply(col(CALL).getField("value")), output);
        return add(valued, gradient.apply(col(CALL).getField("grad_x")), slope).drop(CALL);
    }

    private static Dataset<Row> add(Dataset<Row> rows, Column column, StructField field) {
        return rows.withColumn(field.name(), column.as(field.name(), field.metadata()));
    }

    /** A field as Spark's attributes make it, but for what they leave out: NULL may stay NULL. */
    static StructField nullable(StructField field) {
        return new StructField(field.name(), field.dataType(), true, field.metadata());
    }
}
