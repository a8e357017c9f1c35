// SPDX-License-Identifier: Apache-2.0
/**
 * Matrix products with rows that stay where they are: {@link io.supple.algebra.LinearAlgebra} is the seam, plain Java stands
 * behind it here, and other libraries where their artifacts are on the class path.
 */
package io.supple.algebra;
