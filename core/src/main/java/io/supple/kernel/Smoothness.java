// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The differentiability class of a relaxation. Each class stands for one regulariser of the underlying linear programme.
 *
 * <p>Below the operators there is no "hard": an exact operator is another function, not a limit of these.
 */
public enum Smoothness {
    /** Entropic: infinitely differentiable, dense. */
    SMOOTH,
    /** Squared 2-norm: continuous, piecewise linear, sparse. */
    C0,
    /** 3/2-norm: once continuously differentiable, sparse. */
    C1,
    /** 4/3-norm: twice continuously differentiable, sparse. */
    C2,
    /** C1 with the 3/2-norm step: the projection onto the two-element simplex. */
    C1_PNORM,
    /** C2 with the 4/3-norm step: the projection onto the two-element simplex. */
    C2_PNORM
}
