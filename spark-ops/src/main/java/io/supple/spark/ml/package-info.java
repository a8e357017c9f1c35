// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 5, Spark ML: operators as pipeline stages.
 *
 * <p>{@link io.supple.spark.ml.SoftTransformer} serves any operator of the catalogue; the named stages are thin
 * subclasses with typed parameters. The feature stages (binarizer, bucketizer, quantile discretizer, robust scaler) have
 * the Params of Spark's own and are Spark's own in hard mode.
 */
package io.supple.spark.ml;
