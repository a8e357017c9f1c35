// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 5, minimisation on the driver: L-BFGS, and OWL-QN where a 1-norm is added. It knows numbers only; where values and
 * gradients come from, a cluster or a formula, is the objective's affair.
 */
package io.supple.spark.optimize;
