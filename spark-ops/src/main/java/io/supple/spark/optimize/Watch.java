// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

/** Who looks on. */
@FunctionalInterface
public interface Watch {

    /** Looks on and says nothing. */
    Watch NOBODY = (iteration, at, step) -> true;

    /**
     * After each iteration; iteration 0 is the start.
     *
     * @param at where it stands
     * @param step how much of the direction was taken, 0 at the start
     * @return whether to go on
     */
    boolean goOn(int iteration, Point at, double step);
}
