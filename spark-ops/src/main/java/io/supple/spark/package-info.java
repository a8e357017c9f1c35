// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 5, Spark SQL: the catalogue as functions of a session.
 *
 * <p>{@link io.supple.spark.SqlFunction} says how an operator looks in SQL, {@link io.supple.spark.ArgumentBinder} reads
 * a call, {@link io.supple.spark.SoftExpression} is the one Catalyst expression, {@link io.supple.spark.SoftCall}
 * evaluates a row. All of Spark's unstable interfaces are met in this package and nowhere else.
 */
package io.supple.spark;
