// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 5, learning to rank: {@link io.supple.spark.rank.SoftRanker} fits scores to lists of labelled rows,
 * {@link io.supple.spark.rank.SoftRankingEvaluator} judges them, {@link io.supple.spark.rank.GroupFolds} and
 * {@link io.supple.spark.rank.GroupCrossValidator} hold lists together where rows are split.
 *
 * <p>The path of a fit: rows - {@code GroupReader} - lists - {@code Blocks} - cached blocks - {@code ListObjective} - sums
 * over lists - {@link io.supple.spark.optimize.Lbfgs}. Nothing depends on partitions or on the order of rows.
 */
package io.supple.spark.rank;
