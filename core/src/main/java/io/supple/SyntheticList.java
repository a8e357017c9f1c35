// SPDX-License-Identifier: Apache-2.0
package io.supple;

/** One list of a {@link ListGenerator}; its arrays belong to the caller. */
public final class SyntheticList {

    private final double[][] features;
    private final double[] labels;
    private final double[] utilities;
    private final int[] positions;
    private final int[] clicks;
    private final double weight;

    SyntheticList(
            double[][] features, double[] labels, double[] utilities, int[] positions, int[] clicks, double weight) {
        this.features = features;
        this.labels = labels;
        this.utilities = utilities;
        this.positions = positions;
        this.clicks = clicks;
        this.weight = weight;
    }

    /** One array of features for each row; NaN where a value is missing. */
    public double[][] features() {
        return features;
    }

    /** The grade of each row, 0 to 4. */
    public double[] labels() {
        return labels;
    }

    /** What the grades come from, without noise, with variance 1: no score that is a function of the features ranks better. */
    public double[] utilities() {
        return utilities;
    }

    /** The place, from 1, at which each row was shown to the one who clicked. */
    public int[] positions() {
        return positions;
    }

    /** Whether each row was clicked, 0 or 1. */
    public int[] clicks() {
        return clicks;
    }

    /** The weight of the list. */
    public double weight() {
        return weight;
    }
}
