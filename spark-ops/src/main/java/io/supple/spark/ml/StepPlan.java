// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.supple.Operator;
import io.supple.spark.SoftColumns;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

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

    static Param<String> gradientCol(Params owner) {
        return new Param<>(
                owner,
                "gradientCol",
                "optional column for the gradient of the output for the input, of one input column");
    }

    static Param<String> cotangentCol(Params owner) {
        return new Param<>(owner, "cotangentCol", "column of the upstream gradient; 1 everywhere if not set");
    }

    /** The schema with the gradient's column, shaped as the input. */
    static StructType withGradient(
            Params stage,
            ColumnParams columns,
            StructType schema,
            DataType type,
            Param<String> gradientCol,
            Param<String> cotangentCol) {
        if (!stage.isSet(gradientCol)) return schema;
        if (columns.several()) throw Refusal.of(stage, gradientCol.name(), "left out where inputCols is set", "both");
        if (stage.isSet(cotangentCol)) {
            String name = stage.getOrDefault(cotangentCol);
            DataType given =
                    Refusal.field(stage, cotangentCol.name(), name, schema).dataType();
            boolean fits = given.equals(type)
                    || (type instanceof org.apache.spark.sql.types.DoubleType
                            && given instanceof org.apache.spark.sql.types.NumericType);
            if (!fits) {
                String got = "'" + name + "' of type " + given.sql();
                throw Refusal.of(stage, cotangentCol.name(), "a column shaped as the output, " + type.sql(), got);
            }
        }
        String name = Refusal.fresh(stage, gradientCol.name(), stage.getOrDefault(gradientCol), schema);
        return schema.add(name, type, true);
    }
}
