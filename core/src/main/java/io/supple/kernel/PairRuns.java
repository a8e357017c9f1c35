// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * The smooth losses of {@link PairLoss} where runs of equal labels are long and pairs of two runs have one weight: four
 * elements of the higher run at a time against all of the lower one, with one division for four pairs and one logarithm for
 * hundreds ({@link FourSteps#losses}).
 *
 * <p>Runs are padded to whole vectors with elements that are infinitely bad, and fours with elements so good that what they
 * add is below any rounding: neither has a loss or moves another, and the loops have no remainders.
 */
final class PairRuns {

    /** Shorter runs, in the mean, would be padding for the most part. */
    private static final int LEAST_MEAN = 4;

    /** As many factors of four pairs, each at least 1/16, have a product that is a normal number. */
    private static final int FACTORS = 240;

    /** The exponential of an element that is above all: products of sums with it, and their inverses, are normal. */
    private static final double ABOVE = 1e75;

    private final PairWeights weights;
    private final double s;
    private final int width = Lanes.USED.width();
    private final int[] first; // number of the first element of each run, and the end
    private final int[] places; // where its run begins in the padded arrays
    private final double[] z;
    private final double[] e;
    private final double[] g;
    private final double[] inverse; // of the four now, for each element
    private final double[] ofFour = new double[4]; // z of the four
    private final double[] expOfFour = new double[4];
    private final double[] totals = new double[4 * width];

    /** The pairs of a list whose scores are z and their exponentials e, by number. */
    PairRuns(PairWeights weights, double[] z, double[] e, double s, Scratch scratch) {
        this.weights = weights;
        this.s = s;
        LabelOrder labels = weights.labels;
        first = new int[labels.runs + 1];
        places = new int[labels.runs + 1];
        for (int run = 0; run < labels.runs; run++) {
            first[run + 1] = labels.ends[first[run]];
            int length = first[run + 1] - first[run];
            places[run + 1] = places[run] + (length + width - 1) / width * width;
        }
        int padded = places[labels.runs];
        this.z = scratch.doubles(padded);
        this.e = scratch.doubles(padded);
        g = scratch.zeros(padded);
        inverse = scratch.doubles(padded);
        for (int run = 0; run < labels.runs; run++) {
            int length = first[run + 1] - first[run];
            System.arraycopy(z, first[run], this.z, places[run], length);
            System.arraycopy(e, first[run], this.e, places[run], length);
            Arrays.fill(this.z, places[run] + length, places[run + 1], Double.NEGATIVE_INFINITY);
            Arrays.fill(this.e, places[run] + length, places[run + 1], 0);
        }
    }

    /** Whether losses of these weights may be computed like this, and are so sooner. */
    static boolean fit(PairWeights weights, double[] e) {
        return weights.byLabel() && e.length >= LEAST_MEAN * weights.labels.runs && FourSteps.fit(e);
    }

    /** The loss; s times its gradient, by number, is added to gz. */
    double add(double[] gz) {
        int runs = first.length - 1;
        double loss = 0;
        for (int run = 0; run + 1 < runs; run++) {
            for (int a = first[run]; a < first[run + 1]; a += 4) loss += four(run, a, gz);
        }
        for (int run = 0; run < runs; run++) {
            for (int a = first[run]; a < first[run + 1]; a++) gz[a] += g[places[run] + a - first[run]];
        }
        return loss;
    }

    /** The numbers a, .., a + 3 of a run, as far as it goes, against all lower runs. */
    private double four(int run, int a, double[] gz) {
        int count = Math.min(4, first[run + 1] - a);
        int from = places[run] + a - first[run];
        for (int k = 0; k < 4; k++) {
            ofFour[k] = k < count ? z[from + k] : Double.POSITIVE_INFINITY;
            expOfFour[k] = k < count ? e[from + k] : ABOVE;
        }
        Arrays.fill(totals, 0);
        double loss = 0;
        for (int below = run + 1; below + 1 < first.length; below++) {
            double w = weights.of(a, first[below]);
            if (w == 0) continue; // labels of one gain
            int end = places[below + 1];
            Lanes.USED.lossSlopes(expOfFour, e, places[below], end, w, g, totals, inverse);
            for (int lo = places[below]; lo < end; lo += FACTORS) {
                int hi = Math.min(lo + FACTORS, end);
                loss += w * Lanes.USED.losses(ofFour, expOfFour, z, e, inverse, s, lo, hi);
            }
        }
        for (int k = 0; k < count; k++) {
            double total = 0;
            for (int lane = 0; lane < width; lane++) total += totals[k * width + lane];
            gz[a + k] -= total;
        }
        return loss;
    }
}
