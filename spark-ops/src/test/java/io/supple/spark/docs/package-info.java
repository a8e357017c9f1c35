// SPDX-License-Identifier: Apache-2.0
/** That what the documents show is true: their code runs, and gives what they say. */
package io.supple.spark.docs;
