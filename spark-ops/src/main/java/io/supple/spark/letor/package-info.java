// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 5, the data source {@code letor}: files of ranked lists, {@code label qid:ID number:value ... # comment}.
 *
 * <p>Read {@link io.supple.spark.letor.LetorSource} first. It reads by Spark's connector interface and writes through
 * Spark's own text files; of Catalyst it knows the row alone, which that interface asks for.
 */
package io.supple.spark.letor;
