// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

/** Something that takes hostile input, and knows what it may answer. */
interface Target {

    String name();

    /**
     * Draws an input and sees what comes of it.
     *
     * @param dice decide everything
     * @param tally what it is entered in
     */
    void attack(Dice dice, Tally tally) throws Exception;
}
