// SPDX-License-Identifier: Apache-2.0
/**
 * Hostile input, drawn by a seed: to SQL functions, stages, the LETOR reader, the command line and saved models.
 *
 * <p>A {@code *Test} here runs a small slice in every build; the {@code *Fuzz} beside it runs for as long as
 * {@code mvn -Pfuzz} is told. What is drawn follows from the catalogue and from the Params of the stages; no function is
 * named. Each call is drawn from the seed and its own number, so that one can be repeated alone.
 */
package io.supple.spark.fuzz;
