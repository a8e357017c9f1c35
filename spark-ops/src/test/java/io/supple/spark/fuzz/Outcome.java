// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.Iterator;
import scala.collection.Seq;

/** What came of one call. */
sealed interface Outcome {

    /**
     * A value.
     *
     * @param text all of its bits and its type, so that equal values have equal texts
     * @param isNull whether it is NULL
     */
    record Value(String text, boolean isNull) implements Outcome {}

    /** An exception or an error. */
    record Thrown(Throwable thrown) implements Outcome {}

    /** Nothing, for longer than a call may take: where it was by then. */
    record Hanging(String where) implements Outcome {}

    /** The value in a column of a row. */
    static Value value(Row row, int column) {
        String type = row.schema().fields()[column].dataType().catalogString();
        return new Value(text(row.get(column)) + " " + type, row.isNullAt(column));
    }

    /** Text of a value: of a double that which only it has, whether 0.0 or -0.0, and one for every NaN. */
    private static String text(Object value) {
        List<String> parts = new ArrayList<>();
        if (value instanceof Seq<?> seq) {
            for (Iterator<?> each = seq.iterator(); each.hasNext(); ) parts.add(text(each.next()));
            return parts.toString();
        }
        if (value instanceof Row struct) {
            for (int i = 0; i < struct.size(); i++) parts.add(text(struct.get(i)));
            return "{" + String.join(", ", parts) + "}";
        }
        return String.valueOf(value);
    }
}
