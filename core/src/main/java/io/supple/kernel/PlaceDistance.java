// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The squared distance of ranks from places, {@code 3 sum_i (R_i - rho_i)^2 / (n (n^2 - 1))}: 0 where they agree, 1 where one
 * is the other reversed. Without ties it is {@code (1 - r)/2}, r Spearman's correlation.
 */
public final class PlaceDistance implements ListLoss {

    private final double[] places;
    private final double weight;

    /** The loss of a list of at least two elements, whose places these are. */
    public PlaceDistance(double[] places) {
        this.places = places;
        double n = places.length;
        weight = 3 / (n * (n * n - 1));
    }

    @Override
    public double add(double[] r, double[] g) {
        double sum = 0;
        for (int i = 0; i < places.length; i++) {
            double off = r[i] - places[i];
            sum += off * off;
            g[i] += 2 * weight * off;
        }
        return weight * sum;
    }

    @Override
    public void curve(double[] r, double[] v, double[] hv) {
        for (int i = 0; i < places.length; i++) hv[i] += 2 * weight * v[i];
    }
}
