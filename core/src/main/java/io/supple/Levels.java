// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.order.Places;

/** What several quantiles of a list read: two places for each level, and how they are weighted. */
final class Levels {

    private final Places places;
    private final double[][] weights;

    private Levels(Places places, double[][] weights) {
        this.places = places;
        this.weights = weights;
    }

    /** The places that are read. */
    Places places() {
        return places;
    }

    /** One row for each level over all places. */
    double[][] weights() {
        return weights;
    }

    static Levels of(Inputs in, int n) {
        Interpolation interpolation = (Interpolation) in.get("interpolation");
        double[] q = in.levels("q");
        int last = Math.max(n - 1, 0);
        int[] at = new int[2 * q.length];
        double[][] weights = new double[q.length][at.length];
        for (int level = 0; level < q.length; level++) {
            Interpolation.Reading reading = interpolation.at(q[level], last + 1);
            at[2 * level] = reading.place();
            at[2 * level + 1] = Math.min(reading.place() + 1, last);
            weights[level][2 * level] = 1 - reading.above();
            weights[level][2 * level + 1] = reading.above();
        }
        return new Levels(Places.ascending(at), weights);
    }
}
