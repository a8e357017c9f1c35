// SPDX-License-Identifier: Apache-2.0
/** Matrix products by the library that Spark itself uses; a service of {@link io.supple.algebra.LinearAlgebra}. */
package io.supple.spark.algebra;
