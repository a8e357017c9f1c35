// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

/**
 * Where a minimisation ended.
 *
 * @param point the point with its value and gradient
 * @param slope the norm of the gradient there; with a 1-norm that of the least subgradient
 * @param iterations how many steps were taken
 * @param evaluations how often the objective was asked
 * @param stop why it ended
 */
public record Minimum(Point point, double slope, int iterations, int evaluations, Stop stop) {}
