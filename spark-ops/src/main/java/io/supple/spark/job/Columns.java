// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.job;

import static org.apache.spark.ml.functions.vector_to_array;

import io.supple.Nearest;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/** Columns by their exact names, and the message for a name that is none. */
public final class Columns {

    private Columns() {}

    /** The column of a name, whatever characters are in it. */
    public static Column quoted(String name) {
        return functions.col(identifier(name));
    }

    /** A name as SQL, whatever characters are in it. */
    public static String identifier(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** The numbers of vectors as arrays; NULL for NULL, which Spark's own function ends the job for. */
    public static Column numbers(Column vectors) {
        return functions.when(vectors.isNotNull(), vector_to_array(vectors, "float64"));
    }

    /** A column of the given type whose bad values end the job with a message. */
    public static Column refusing(Column column, Column bad, DataType type, String message) {
        return functions
                .when(bad, functions.raise_error(functions.lit(message)).cast(type))
                .otherwise(column);
    }

    /** An unknown column, with the nearest that there is. */
    public static IllegalArgumentException unknown(String what, String name, List<String> names) {
        String near = Nearest.hint(name, names);
        return new IllegalArgumentException(what + " must be a column of the input, got '" + name + "'" + near
                + (near.isEmpty() ? "; the" : " The") + " columns are " + String.join(", ", names));
    }
}
