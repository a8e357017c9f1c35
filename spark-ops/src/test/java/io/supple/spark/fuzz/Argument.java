// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

/**
 * One argument of a call, as SQL.
 *
 * @param name by which it is given; null if it is given by its place
 * @param sql its value; {@link #VALUE} for the value of the call itself
 * @param varies whether routes may give it as a column
 */
record Argument(String name, String sql, boolean varies) {

    /** Stands for the value of the same call without its gradients: a cotangent that is shaped as it must be. */
    static final String VALUE = "<the value>";

    boolean isNull() {
        return sql.startsWith("NULL") || sql.startsWith("CAST(NULL");
    }

    boolean isArray() {
        return sql.startsWith("array(");
    }

    Argument with(String other) {
        return new Argument(name, other, varies);
    }

    Argument named(String other) {
        return new Argument(other, sql, varies);
    }
}
