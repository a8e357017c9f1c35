// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 0: the mathematics, as static methods and small row objects on {@code double[]}.
 *
 * <p>One mathematical object per file, forward and vector-Jacobian product (vjp) side by side. A kernel knows one list:
 * no tensors, axes, tapes or Spark. It never checks its arguments, because the operators above it did; parameters that
 * are written to are marked "written", all others are left as they were. Letters are those of the cited paper.
 *
 * <p>Start with {@link io.supple.kernel.Sigmoidal} (everything elementwise) or
 * {@link io.supple.kernel.SimplexProjection} (everything ordered).
 */
package io.supple.kernel;
