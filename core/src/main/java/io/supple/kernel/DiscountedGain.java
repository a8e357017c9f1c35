// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * What is lost of the best discounted gain, as a function of ranks: {@code 1 - sum_i share_i D(R_i) T(R_i)}, D the
 * {@link PlaceDiscount}, T whether a rank is among the first k: 1 for all of the list, else the logistic step
 * {@code 1/(1 + exp((R - k - 1/2)/(1/2)))}.
 *
 * <p>Qin, Liu and Li 2010, A general approximation framework for direct optimization of information retrieval measures
 * (Information Retrieval 13): with {@link PairwiseRanks} this is their ApproxNDCG.
 */
public final class DiscountedGain implements ListLoss {

    private static final double WIDTH = 0.5;
    private static final double LN2 = Math.log(2);

    private final double[] share;
    private final int k;

    /**
     * The loss of a list.
     *
     * @param share gains over the largest discounted sum of k of them
     * @param k how many places count, 0 for all
     */
    public DiscountedGain(double[] share, int k) {
        this.share = share;
        this.k = k == 0 ? share.length : k;
    }

    @Override
    public double add(double[] r, double[] g) {
        double found = 0;
        boolean all = k >= share.length;
        for (int i = 0; i < share.length; i++) {
            double l = r[i] >= 1 ? Math.log(1 + r[i]) : Math.log1p(r[i]); // the first is an instruction or two
            double d = LN2 / l;
            double slope = -d / ((1 + r[i]) * l);
            if (!all) {
                double t = Sigmoidal.value(Smoothness.SMOOTH, k + 0.5 - r[i], WIDTH);
                slope = slope * t - d * Sigmoidal.slope(Smoothness.SMOOTH, k + 0.5 - r[i], WIDTH);
                d *= t;
            }
            found += share[i] * d;
            g[i] -= share[i] * slope;
        }
        return 1 - found;
    }

    @Override
    public void curve(double[] r, double[] v, double[] hv) {
        for (int i = 0; i < share.length; i++) {
            double bend = PlaceDiscount.curvature(r[i]);
            if (k < share.length) {
                double x = k + 0.5 - r[i];
                bend = bend * Sigmoidal.value(Smoothness.SMOOTH, x, WIDTH)
                        - 2 * PlaceDiscount.slope(r[i]) * Sigmoidal.slope(Smoothness.SMOOTH, x, WIDTH)
                        + PlaceDiscount.value(r[i]) * Sigmoidal.curvature(Smoothness.SMOOTH, x, WIDTH);
            }
            hv[i] -= share[i] * bend * v[i];
        }
    }
}
