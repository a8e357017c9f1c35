// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** A loss of {@link PairwiseRanks}, as one of the scores. */
public final class RankLoss implements ListLoss {

    private final Smoothness c;
    private final double s;
    private final ListLoss ofRanks;
    private final Scratch scratch;

    /** The loss at a softness of the ranks. */
    public RankLoss(Smoothness c, double s, ListLoss ofRanks, Scratch scratch) {
        this.c = c;
        this.s = s;
        this.ofRanks = ofRanks;
        this.scratch = scratch;
    }

    @Override
    public double add(double[] x, double[] g) {
        int n = x.length;
        PairwiseRanks ranks = new PairwiseRanks(c, x, s, scratch);
        double[] r = scratch.doubles(n);
        double[] gr = scratch.zeros(n);
        ranks.value(r, 0);
        double loss = ofRanks.add(r, gr);
        ranks.product(gr, 0, g, 0);
        return loss;
    }

    @Override
    public void curve(double[] x, double[] v, double[] hv) {
        int n = x.length;
        PairwiseRanks ranks = new PairwiseRanks(c, x, s, Scratch.FRESH);
        double[] r = new double[n];
        double[] gr = new double[n];
        double[] rDot = new double[n];
        double[] grDot = new double[n];
        ranks.value(r, 0);
        ofRanks.add(r, gr);
        ranks.product(v, 0, rDot, 0);
        ofRanks.curve(r, rDot, grDot);
        ranks.productTangent(v, gr, grDot, 0, hv, 0);
    }
}
