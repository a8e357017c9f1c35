// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.PlaceDiscount;
import io.supple.kernel.TiedOrder;
import java.io.Serializable;

/**
 * Discounted gains of one list at several cut-offs, in one look at its order: {@code sum_(r<=k) G_r D(r)}, G_r the mean gain
 * of the elements that may stand at place r. Equal scores share their places, so that nothing depends on the order of rows;
 * {@link Ranking#DCG} is the same for one cut-off, on tensors.
 */
public final class Cutoffs implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int[] ks;

    /** Cut-offs of at least 1; beyond the list they take all of it. */
    public Cutoffs(int... ks) {
        this.ks = ks.clone();
    }

    /** How many there are. */
    public int count() {
        return ks.length;
    }

    /** Writes the best discounted gain at each cut-off. */
    public void ideals(double[] gains, int from, int to, double[] y, int at) {
        dcg(gains, gains, from, to, y, at);
    }

    /** Writes the discounted gain of the order of the scores [from, to) at each cut-off to y from at on. */
    public void dcg(double[] scores, double[] gains, int from, int to, double[] y, int at) {
        double[] worth = new TiedOrder(scores, from, to - from).means(gains, from);
        for (int r = 0; r < worth.length; r++) worth[r] *= PlaceDiscount.at(r + 1);
        for (int c = 0; c < ks.length; c++) {
            double sum = 0;
            for (int r = 0; r < Math.min(ks[c], worth.length); r++) sum += worth[r];
            y[at + c] = sum;
        }
    }
}
