// SPDX-License-Identifier: Apache-2.0
/**
 * The command line {@code supple}: one class for each command, all of them thin over the job and SQL packages.
 */
package io.supple.spark.cli;
