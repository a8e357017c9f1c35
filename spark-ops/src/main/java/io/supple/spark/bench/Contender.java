// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.bench;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One of several ways that are timed against each other.
 *
 * @param name what the table calls it
 * @param query makes its result of the cached input
 */
record Contender(String name, UnaryOperator<Dataset<Row>> query) {

    /** One that is a SQL expression. */
    static Contender sql(String expression) {
        return new Contender(expression, rows -> rows.selectExpr(expression));
    }
}
