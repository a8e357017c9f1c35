// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 5, Spark SQL: the catalogue as functions of a session.
 *
 * <p>{@link io.supple.spark.SqlFunction} says how an operator looks in SQL, {@link io.supple.spark.ArgumentBinder} reads
 * a call, {@link io.supple.spark.SoftExpression} is the one Catalyst expression of a row and {@link
 * io.supple.spark.SoftAggregate} the one of a group, {@link io.supple.spark.SoftCall} evaluates both. All of Spark's unstable interfaces are met in this package and nowhere else.
 */
package io.supple.spark;
