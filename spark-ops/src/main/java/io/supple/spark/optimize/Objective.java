// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.optimize;

/** A function to minimise, with its gradient. */
@FunctionalInterface
public interface Objective {

    /**
     * The value at a point; writes the gradient. Either may be infinite or NaN, which is taken for "not here".
     *
     * @param w the point, not to be changed
     * @param gradient as long as w; what it held does not matter
     */
    double value(double[] w, double[] gradient);
}
