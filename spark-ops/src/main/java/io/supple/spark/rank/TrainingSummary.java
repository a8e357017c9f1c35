// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import java.util.Arrays;

/** How a fit went. It is saved with the model. */
public final class TrainingSummary {

    private final String stop;
    private final int[] evalAt;
    private final double[] counts;
    private final double[] objective;
    private final double[] training;
    private final double[] validation;

    /** Where numbers stand among the counts. */
    static final int LISTS = 0;

    static final int SKIPPED = 1;
    static final int ROWS = 2;
    static final int VALIDATION_LISTS = 3;
    static final int ITERATIONS = 4;
    static final int EVALUATIONS = 5;
    static final int CHOSEN = 6;
    static final int BYTES = 7;
    static final int COUNTS = 8;

    TrainingSummary(
            String stop, int[] evalAt, double[] counts, double[] objective, double[] training, double[] validation) {
        this.stop = stop;
        this.evalAt = evalAt;
        this.counts = counts;
        this.objective = objective;
        this.training = training;
        this.validation = validation;
    }

    /** Writes itself into the Params of a model. */
    void give(SoftRankerModel model) {
        model.set(model.stop(), stop);
        model.set(model.counts(), counts);
        model.set(model.objectiveHistory(), objective);
        model.set(model.trainingHistory(), training);
        if (validation.length > 0) model.set(model.validationHistory(), validation);
    }

    /** How many lists the loss was made of. */
    public long listsUsed() {
        return (long) counts[LISTS];
    }

    /** How many lists were left out of the loss: without a relevant row, of equal labels, of one row, of weight 0. */
    public long listsSkipped() {
        return (long) counts[SKIPPED];
    }

    /** How many rows the lists had that were used. */
    public long rowsUsed() {
        return (long) counts[ROWS];
    }

    /** How many lists were for validation. */
    public long validationLists() {
        return (long) counts[VALIDATION_LISTS];
    }

    /** How many bytes the rows took that were kept during the fit. */
    public long cachedBytes() {
        return (long) counts[BYTES];
    }

    /** How many iterations all stages took. */
    public int iterations() {
        return (int) counts[ITERATIONS];
    }

    /** How often the objective was evaluated: passes over the rows. */
    public int evaluations() {
        return (int) counts[EVALUATIONS];
    }

    /** Why the last stage ended. */
    public String stop() {
        return stop;
    }

    /** The objective (loss and penalty) at the start and after each iteration of the chosen loss; not those of warm starts. */
    public double[] objectiveHistory() {
        return objective.clone();
    }

    /** The index in the histories whose weights the model has: the last, or with early stopping the best. */
    public int chosenIteration() {
        return (int) counts[CHOSEN];
    }

    /** The objective of the model's weights. */
    public double objective() {
        return objective[chosenIteration()];
    }

    /** The cut-offs of the metrics. */
    public int[] evalAt() {
        return evalAt.clone();
    }

    /** NDCG of the training lists at each of evalAt, with the model's weights. Lists without relevant rows count as 1. */
    public double[] trainingNdcg() {
        return at(training, chosenIteration());
    }

    /** The same of the validation lists; empty without them. */
    public double[] validationNdcg() {
        return at(validation, chosenIteration());
    }

    /** For each iteration the NDCG of the training lists at each of evalAt. */
    public double[][] trainingNdcgHistory() {
        return history(training);
    }

    /** The same of the validation lists; empty without them. */
    public double[][] validationNdcgHistory() {
        return history(validation);
    }

    private double[] at(double[] all, int iteration) {
        if (all.length == 0) return new double[0];
        return Arrays.copyOfRange(all, iteration * evalAt.length, (iteration + 1) * evalAt.length);
    }

    private double[][] history(double[] all) {
        double[][] history = new double[all.length / evalAt.length][];
        for (int i = 0; i < history.length; i++) history[i] = at(all, i);
        return history;
    }

    @Override
    public String toString() {
        return String.format(
                "%d lists of %d rows used, %d lists skipped; %d iterations, objective %s; NDCG at %s: %s%s; stopped: %s",
                listsUsed(),
                rowsUsed(),
                listsSkipped(),
                iterations(),
                objective(),
                Arrays.toString(evalAt),
                Arrays.toString(trainingNdcg()),
                validation.length == 0 ? "" : ", validation " + Arrays.toString(validationNdcg()),
                stop);
    }
}
