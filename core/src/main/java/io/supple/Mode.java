// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.Smoothness;

/** How smooth a relaxation is. The names are those of softtorch. */
public enum Mode {
    /** The exact operator; softness and method are ignored. */
    HARD(null),
    /** Infinitely differentiable, dense (entropic regularisation). */
    SMOOTH(Smoothness.SMOOTH),
    /** Continuous, piecewise linear, sparse (2-norm). */
    C0(Smoothness.C0),
    /** Once continuously differentiable, sparse (3/2-norm). */
    C1(Smoothness.C1),
    /** Twice continuously differentiable, sparse (4/3-norm). */
    C2(Smoothness.C2),
    /** As C1, with the 3/2-norm step in place of the smoothstep. */
    C1_PNORM(Smoothness.C1_PNORM),
    /** As C2, with the 4/3-norm step in place of the smoothstep. */
    C2_PNORM(Smoothness.C2_PNORM);

    private final Smoothness smoothness;

    Mode(Smoothness smoothness) {
        this.smoothness = smoothness;
    }

    /** The kernels' class of this mode; HARD has none. */
    Smoothness smoothness() {
        return smoothness;
    }
}
