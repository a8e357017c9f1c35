// SPDX-License-Identifier: Apache-2.0
/**
 * Soft ranking losses where boosted trees ask for an objective. Depends on core, and on XGBoost4J-Spark, which the user
 * brings.
 */
package io.supple.boosters;
