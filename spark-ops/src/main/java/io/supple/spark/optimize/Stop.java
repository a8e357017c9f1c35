// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

/** Why a minimisation ended. */
public enum Stop {
    /** The gradient is small: {@code |g| <= tol max(1, |w|)}. */
    GRADIENT("the gradient is small"),
    /** The value stands still: over five iterations it fell by no more than {@code tol} of itself. */
    OBJECTIVE("the objective stands still"),
    /** As many iterations as were allowed. */
    ITERATIONS("maxIter is reached"),
    /** Who looked on said so. */
    WATCH("it was told to stop"),
    /** No step makes the value smaller: the limit of the arithmetic, or a kink. */
    NO_STEP("no step makes the objective smaller");

    private final String words;

    Stop(String words) {
        this.words = words;
    }

    /** The reason in words. */
    public String words() {
        return words;
    }

    /** Whether it ended because there was nothing left to do. */
    public boolean converged() {
        return this == GRADIENT || this == OBJECTIVE;
    }
}
