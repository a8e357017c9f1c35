// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import java.io.Serializable;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The Params of robust scaling, made for the estimator or the model that owns them. */
public final class ScalingParams implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Params owner;
    private final DoubleParam lower;
    private final DoubleParam upper;
    private final BooleanParam withCentering;
    private final BooleanParam withScaling;
    private final DoubleParam relativeError;

    /** Params with the defaults of Spark's scaler. */
    ScalingParams(Params owner) {
        this.owner = owner;
        lower = level("lower");
        upper = level("upper");
        withCentering =
                new BooleanParam(owner, "withCentering", "whether the median is taken off, which makes dense vectors");
        withScaling = new BooleanParam(owner, "withScaling", "whether it is divided by the quantile range");
        relativeError = FittedQuantiles.relativeError(owner);
        owner.setDefault(lower, 0.25);
        owner.setDefault(upper, 0.75);
        owner.setDefault(withCentering, false);
        owner.setDefault(withScaling, true);
    }

    private DoubleParam level(String name) {
        return new DoubleParam(
                owner,
                name,
                name + " level of the quantile range",
                new Declared(owner).checked(name, "in (0, 1)", (Object q) -> (Double) q > 0 && (Double) q < 1));
    }

    DoubleParam lower() {
        return lower;
    }

    DoubleParam upper() {
        return upper;
    }

    BooleanParam withCentering() {
        return withCentering;
    }

    BooleanParam withScaling() {
        return withScaling;
    }

    DoubleParam relativeError() {
        return relativeError;
    }

    /**
     * The schema with the output column.
     *
     * @param features how many there are; -1 if that is not known
     */
    StructType schema(ColumnParams columns, StructType schema, int features) {
        double from = (Double) owner.getOrDefault(lower);
        double to = (Double) owner.getOrDefault(upper);
        if (from >= to) throw Refusal.of(owner, "lower", "less than upper, " + to, String.valueOf(from));
        String input = columns.inputs().get(0);
        StructField field = Refusal.field(owner, "inputCol", input, schema);
        if (!field.dataType().equals(SQLDataTypes.VectorType())) {
            String got = "'" + input + "' of type " + field.dataType().sql();
            throw Refusal.of(owner, "inputCol", "a column of vectors", got);
        }
        int n = Attributes.size(field);
        if (n >= 0 && features >= 0 && n != features) {
            throw Refusal.of(owner, "inputCol", "a column of vectors of size " + features, "size " + n);
        }
        int size = Math.max(n, features);
        String name = Refusal.fresh(owner, "outputCol", columns.outputs().get(0), schema);
        return schema.add(Attributes.field(name, SQLDataTypes.VectorType(), size));
    }
}
