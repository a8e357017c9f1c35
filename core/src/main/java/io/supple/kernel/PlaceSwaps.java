// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * How much of the discount moves if two elements of an order swap their places r and q:
 * {@code |D(r) - D(q)| + mu (D(|r - q|) - D(|r - q| + 1))}, D the {@link PlaceDiscount}.
 *
 * <p>Equal scores stand in any order, each as probable: then it is the mean over all orders, which knows no order of rows.
 * Sums over the places of two runs are differences of sums of D, and of sums of those.
 *
 * <p>Wang, Li, Golbandi, Bendersky and Najork 2018, The LambdaLoss framework for ranking metric optimization (CIKM); without
 * the second term Burges, Ragno and Le 2006, Learning to rank with nonsmooth cost functions (NIPS). Time O(n log n), O(1) a
 * pair.
 */
public final class PlaceSwaps {

    private final double mu;
    private final int[] starts; // for each element the first place of its run, from 0
    private final int[] lengths; // and the length of the run
    private final double[] sums; // of D over the first m places
    private final double[]
            within; // for each length of a run the mean of the second term inside it, 0 until it is asked for

    /** The places of scores. */
    public PlaceSwaps(double[] scores, double mu, Scratch scratch) {
        int n = scores.length;
        this.mu = mu;
        int[] order = scratch.ints(n);
        double[] sorted = scratch.doubles(n);
        Sorting.argsort(scores, 0, true, order, sorted, scratch);
        starts = scratch.ints(n);
        lengths = scratch.ints(n);
        sums = scratch.doubles(n + 1);
        sums[0] = 0;
        for (int r = 0; r < n; r++) sums[r + 1] = sums[r] + PlaceDiscount.at(r + 1);
        within = scratch.zeros(n + 1);
        for (int a = 0; a < n; ) {
            int end = a + 1;
            while (end < n && sorted[end] == sorted[a]) end++;
            for (int r = a; r < end; r++) {
                starts[order[r]] = a;
                lengths[order[r]] = end - a;
            }
            a = end;
        }
    }

    /** For the places of elements i and j. */
    public double of(int i, int j) {
        if (starts[i] == starts[j]) return inRun(starts[i], lengths[i]);
        return starts[i] < starts[j] ? between(i, j) : between(j, i);
    }

    /** The run of i is before that of j. */
    private double between(int i, int j) {
        int a = starts[i];
        int b = starts[j];
        int ta = lengths[i];
        int tb = lengths[j];
        if (ta == 1 && tb == 1) {
            double moved = PlaceDiscount.at(a + 1) - PlaceDiscount.at(b + 1);
            return mu == 0 ? moved : moved + mu * (PlaceDiscount.at(b - a) - PlaceDiscount.at(b - a + 1));
        }
        double moved = (sums[a + ta] - sums[a]) / ta - (sums[b + tb] - sums[b]) / tb;
        double near = sums[b - a] - sums[b - a - ta] - (sums[b - a + tb] - sums[b - a + tb - ta]);
        return moved + mu * (near / ta / tb);
    }

    /** The mean over the pairs of different places of a run. */
    private double inRun(int a, int t) {
        double pairs = t * (t - 1.0) / 2;
        double moved = 0;
        for (int r = 0; r < t; r++) moved += PlaceDiscount.at(a + r + 1) * (t - 1 - 2 * r);
        if (mu != 0 && within[t] == 0) {
            double near = 0;
            for (int m = 1; m < t; m++) near += (t - m) * (PlaceDiscount.at(m) - PlaceDiscount.at(m + 1));
            within[t] = near / pairs;
        }
        return moved / pairs + mu * within[t];
    }
}
