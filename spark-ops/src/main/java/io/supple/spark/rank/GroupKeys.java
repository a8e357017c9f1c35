// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.spark.job.Columns;
import io.supple.spark.ml.Refusal;
import java.util.Arrays;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Columns by which rows belong together, checked. */
final class GroupKeys {

    private GroupKeys() {}

    /** The group column, of a type whose equal values are the same to Java too. */
    static Column column(Params stage, String name, StructType schema) {
        DataType type = Refusal.field(stage, "groupCol", name, schema).dataType();
        Column column = Columns.quoted(name);
        if (type instanceof DoubleType || type instanceof FloatType) return column.plus(0.0); // -0.0 is 0.0
        if (!same(type)) {
            String got = "'" + name + "' of type " + type.sql();
            throw Refusal.of(
                    stage,
                    "groupCol",
                    "a column of strings, whole numbers, decimals, dates, timestamps or booleans, or a struct of them",
                    got + "; cast it to one");
        }
        return column;
    }

    private static boolean same(DataType type) {
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).map(StructField::dataType).allMatch(GroupKeys::same);
        }
        if (type instanceof UserDefinedType<?> || type instanceof DoubleType || type instanceof FloatType) return false;
        return type instanceof NumericType
                || type.equals(DataTypes.StringType)
                || type.equals(DataTypes.BooleanType)
                || type.equals(DataTypes.DateType)
                || type.equals(DataTypes.TimestampType)
                || type.equals(DataTypes.TimestampNTZType);
    }

    /** A numeric column as doubles. */
    static Column number(Params stage, String param, String name, StructType schema) {
        DataType type = Refusal.field(stage, param, name, schema).dataType();
        if (!(type instanceof NumericType)) {
            throw Refusal.of(stage, param, "a column of numbers", "'" + name + "' of type " + type.sql());
        }
        return Columns.quoted(name).cast(DataTypes.DoubleType);
    }
}
