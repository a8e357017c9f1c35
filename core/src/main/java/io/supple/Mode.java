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
    C2(Smoothness.C2);

    private final Smoothness smoothness;

    Mode(Smoothness smoothness) {
        this.smoothness = smoothness;
    }

    /** The kernels' class of this mode; HARD has none. */
    Smoothness smoothness() {
        return smoothness;
    }
}
