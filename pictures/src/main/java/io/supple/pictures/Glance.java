// SPDX-License-Identifier: Apache-2.0
package io.supple.pictures;

import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Soft ranking at a glance: the rank of one score that moves past the others. */
final class Glance {

    private static final double[] OTHERS = {-2, -0.5, 0.5, 2};
    private static final double[] SOFTNESSES = {0.01, 0.03, 0.1};
    private static final double REACH = 3;

    private Glance() {}

    static Sheet sheet() {
        double[] xs = Steps.around(REACH);
        Curves ranks = new Curves("its rank among the five", "score of the item that moves", "rank")
                .yRange(1, 5)
                .yTicks(60)
                .yWidth(64)
                .xRange(-REACH, REACH);
        Curves slopes = new Curves(
                        "derivative of its rank with respect to its score",
                        "score of the item that moves",
                        "d rank / d score")
                .yWidth(64)
                .xRange(-REACH, REACH);
        List<Ink> legend = new ArrayList<>();
        draw(Soft.HARD, Ink.hard("hard"), xs, ranks, slopes, legend);
        for (int k = 0; k < SOFTNESSES.length; k++) {
            draw(
                    Soft.smooth(SOFTNESSES[k]),
                    Ink.softness(k, "softness " + SOFTNESSES[k] + (SOFTNESSES[k] == 0.1 ? " (default)" : "")),
                    xs,
                    ranks,
                    slopes,
                    legend);
        }
        for (double other : OTHERS) {
            ranks.mark(other);
            slopes.mark(other);
        }
        return new Sheet("glance", "The rank of one item whose score moves past four others (dotted)")
                .legend(legend)
                .row(360, ranks)
                .row(280, slopes);
    }

    private static void draw(Soft soft, Ink ink, double[] xs, Curves ranks, Curves slopes, List<Ink> legend) {
        double[] rank = new double[xs.length];
        double[] slope = new double[xs.length];
        for (int i = 0; i < xs.length; i++) {
            Tensor x = Tensor.variable(xs[i], OTHERS[0], OTHERS[1], OTHERS[2], OTHERS[3]);
            Tensor y = soft.rank(x);
            rank[i] = y.data()[0];
            slope[i] = Orders.ownSlope(y, x, 0);
        }
        legend.add(ink);
        ranks.curve(ink, xs, rank);
        slopes.curve(ink, xs, slope);
    }
}
