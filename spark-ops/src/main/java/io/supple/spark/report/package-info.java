// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 5, reports: how well predictions order lists, tallied list by list on the cluster, as numbers and as one page.
 */
package io.supple.spark.report;
