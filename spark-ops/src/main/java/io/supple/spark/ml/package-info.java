// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 5, Spark ML: operators as pipeline stages.
 *
 * <p>{@link io.supple.spark.ml.SoftTransformer} serves any operator of the catalogue; the named stages are thin
 * subclasses with typed parameters.
 */
package io.supple.spark.ml;
