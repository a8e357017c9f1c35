// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import io.supple.spark.job.Columns;
import java.util.Arrays;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What stages refuse, in the stage's name. */
public final class Refusal {

    private Refusal() {}

    /** {@code Stage: param must be allowed, got value}. */
    public static IllegalArgumentException of(Params stage, String param, String allowed, String got) {
        return new IllegalArgumentException(name(stage) + ": " + param + " must be " + allowed + ", got " + got);
    }

    /** A refusal of an operator or a loss, which names itself, in the name of the stage that called it. */
    public static IllegalArgumentException in(String stage, IllegalArgumentException refused, String where) {
        String reason = refused.getMessage().replaceFirst("^\\w+: ", "");
        return new IllegalArgumentException(stage + ": " + reason + where, refused);
    }

    /** The field of a column that must be there. */
    public static StructField field(Params stage, String param, String column, StructType schema) {
        for (StructField field : schema.fields()) if (field.name().equals(column)) return field;
        throw Columns.unknown(name(stage) + ": " + param, column, Arrays.asList(schema.fieldNames()));
    }

    /** The name of a column that must not be there yet. */
    public static String fresh(Params stage, String param, String column, StructType schema) {
        if (column.isEmpty()) throw of(stage, param, "the name of a new column", "''");
        if (Arrays.asList(schema.fieldNames()).contains(column)) {
            throw of(stage, param, "a new column", "'" + column + "', which exists");
        }
        return column;
    }

    /** The stage's name in messages. */
    public static String name(Params stage) {
        return stage.getClass().getSimpleName();
    }
}
