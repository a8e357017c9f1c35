// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 5, jobs: rows that belong to groups, gathered to lists and given back.
 */
package io.supple.spark.job;
