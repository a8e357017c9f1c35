// SPDX-License-Identifier: Apache-2.0
/**
 * How fast the functions are, side by side with Spark's own in one session: what runs, how it is timed, and the picture of
 * the result. Nothing here asserts: times are for people to read.
 */
package io.supple.spark.bench;
