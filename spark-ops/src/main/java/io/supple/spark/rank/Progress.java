// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

/** Who is told of each iteration of a fit, on the driver. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress NOBODY = iteration -> {};

    /** After each iteration. */
    void after(Iteration iteration);

    /**
     * Where a fit stands.
     *
     * @param stage what is fitted: a loss with its softness
     * @param number of the iteration in the stage, 0 at its start
     * @param most how many the stage has at most
     * @param objective the loss with its penalty
     * @param slope the norm of the gradient
     * @param cutoff of the metrics: the last of evalAt
     * @param trainingNdcg of the training lists at the cut-off
     * @param validationNdcg of the validation lists, NaN if there are none
     */
    record Iteration(
            String stage,
            int number,
            int most,
            double objective,
            double slope,
            int cutoff,
            double trainingNdcg,
            double validationNdcg) {}
}
