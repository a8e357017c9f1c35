// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.PlaceDiscount;
import io.supple.kernel.TiedOrder;
import io.supple.order.Permutation;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/**
 * Metrics that are sums over the elements of a weight times what its place is worth, {@code sum_i w_i f(place_i)}: a
 * discounted gain, or a share of those among the first k.
 */
enum PlaceMetric {
    /** Weights are gains, places are discounted. */
    DCG(true) {
        @Override
        double[] weights(Judged judged, int list, Inputs in) {
            return judged.gains(list);
        }
    },
    /** The same over the best that the labels allow. */
    NDCG(true) {
        @Override
        double[] weights(Judged judged, int list, Inputs in) {
            return judged.shares(list);
        }
    },
    /** Of k places the share of those that are relevant. */
    PRECISION(false) {
        @Override
        double[] weights(Judged judged, int list, Inputs in) {
            return relevant(judged, list, in.count("k"));
        }
    },
    /** Of the relevant ones the share that is among the first k. */
    RECALL(false) {
        @Override
        double[] weights(Judged judged, int list, Inputs in) {
            return relevant(judged, list, Math.max(judged.found(list), 1));
        }
    };

    private final boolean discounted;

    PlaceMetric(boolean discounted) {
        this.discounted = discounted;
    }

    abstract double[] weights(Judged judged, int list, Inputs in);

    private static double[] relevant(Judged judged, int list, double among) {
        double[] w = new double[judged.n()];
        for (int i = 0; i < w.length; i++) w[i] = judged.relevant(list, i) ? 1 / among : 0;
        return w;
    }

    /** The metric of the exact order, the mean over the orders of tied elements. */
    Tensor exact(Inputs in) {
        Judged judged = new Judged(in);
        int n = judged.n();
        double[] worth = new double[n];
        for (int r = 0; r < judged.k(); r++) worth[r] = discounted ? PlaceDiscount.at(r + 1) : 1;
        double[] y = new double[judged.count()];
        for (int list = 0; list < y.length; list++) {
            double[] w = weights(judged, list, in);
            double[] shares = new TiedOrder(judged.rows().data(), list * n, n).shares(worth);
            for (int i = 0; i < n; i++) y[list] += w[i] * shares[i];
        }
        return judged.result(Tensor.of(y));
    }

    /** The same with soft places, and soft memberships of the first k. */
    Tensor soft(Soft choice, Inputs in) {
        Judged judged = new Judged(in);
        int n = judged.n();
        double[] w = new double[judged.count() * n];
        for (int list = 0; list < judged.count(); list++) {
            System.arraycopy(weights(judged, list, in), 0, w, list * n, n);
            // a cut-off beyond the list reads no order that could say so
            if (!judged.ordered(list)) Arrays.fill(w, list * n, (list + 1) * n, Double.NaN);
        }
        Tensor terms = Tensor.of(new int[] {judged.count(), n}, w);
        if (n > 0) {
            Permutation order = choice.order(judged.rows(), SoftPlaces.METHOD);
            if (discounted) terms = terms.times(Discount.of(SoftPlaces.of(order)));
            if (judged.k() < n) terms = terms.times(order.memberships(judged.k()));
        }
        return judged.result(terms.sumLast());
    }
}
