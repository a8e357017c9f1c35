// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.job;

import io.supple.Nearest;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** Columns by their exact names, and the message for a name that is none. */
public final class Columns {

    private Columns() {}

    /** The column of a name, whatever characters are in it. */
    public static Column quoted(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    /** An unknown column, with the nearest that there is. */
    public static IllegalArgumentException unknown(String what, String name, List<String> names) {
        return new IllegalArgumentException(what + " must be a column of the input, got '" + name
                + (names.isEmpty() ? "'" : "'; did you mean '" + Nearest.to(name, names) + "'?") + " The columns are "
                + String.join(", ", names));
    }
}
