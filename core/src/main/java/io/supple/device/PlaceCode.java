// SPDX-License-Identifier: Apache-2.0
package io.supple.device;

/** Functions of single numbers that devices know, with their parameters; the soft ones are of a class. */
public enum PlaceCode {
    /** x. */
    IDENTITY,
    /** x + k. */
    SHIFT,
    /** k x. */
    SCALE,
    /** -x. */
    NEGATE,
    /** 1 - x. */
    COMPLEMENT,
    /** x + y. */
    PLUS,
    /** x - y. */
    MINUS,
    /** x y. */
    TIMES,
    /** x / y. */
    OVER,
    /** {@link io.supple.kernel.Sigmoidal}: softness. */
    STEP,
    /** {@link io.supple.kernel.SoftAbs}: softness. */
    ABS,
    /** {@link io.supple.kernel.SoftRelu}: softness, 1 if gated. */
    RAMP,
    /** {@link io.supple.kernel.SoftRound}: softness, radius. */
    ROUND,
    /** {@link io.supple.kernel.SoftClamp} of three numbers: softness, 1 if gated. */
    CLAMP
}
