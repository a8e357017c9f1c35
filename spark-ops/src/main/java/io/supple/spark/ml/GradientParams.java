// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** The Params of the gradient's columns, made for the stage that owns them. */
public final class GradientParams implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Params owner;
    private final Param<String> gradientCol;
    private final Param<String> cotangentCol;

    GradientParams(Params owner) {
        this.owner = owner;
        gradientCol = new Param<>(
                owner,
                "gradientCol",
                "optional column for the gradient (vector-Jacobian product) of the output for the input");
        cotangentCol = new Param<>(owner, "cotangentCol", "column of the upstream gradient; 1 everywhere if not set");
    }

    Param<String> gradientCol() {
        return gradientCol;
    }

    Param<String> cotangentCol() {
        return cotangentCol;
    }

    /** The gradient's column; null if none is asked for. */
    String gradient() {
        return owner.isSet(gradientCol) ? owner.getOrDefault(gradientCol) : null;
    }

    /** The upstream gradient's column; null for 1 everywhere. */
    String cotangent() {
        return owner.isSet(cotangentCol) ? owner.getOrDefault(cotangentCol) : null;
    }

    /**
     * The schema with the gradient's column, if it is asked for: of a stage that makes one column of another and whose
     * gradient has the type of its output.
     */
    StructType schema(ColumnParams columns, StructType schema, DataType type) {
        if (gradient() == null) return schema;
        if (columns.several()) throw Refusal.of(owner, gradientCol.name(), "left out where inputCols is set", "both");
        if (cotangent() != null) {
            DataType given = Refusal.field(owner, cotangentCol.name(), cotangent(), schema)
                    .dataType();
            boolean fits = given.equals(type) || (type instanceof DoubleType && given instanceof NumericType);
            if (!fits) {
                String got = "'" + cotangent() + "' of type " + given.sql();
                throw Refusal.of(owner, cotangentCol.name(), "a column shaped as the output, " + type.sql(), got);
            }
        }
        return schema.add(Refusal.fresh(owner, gradientCol.name(), gradient(), schema), type, true);
    }
}
