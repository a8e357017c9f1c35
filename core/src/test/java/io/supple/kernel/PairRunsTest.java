// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Runs against runs, four elements at a time, have the losses of all pairs one by one. */
class PairRunsTest {

    /** The loss; its gradient is added to g. */
    private static double pairs(double[] x, double[] labels, double[] share, double s, double[] g) {
        double loss = 0;
        for (int i = 0; i < x.length; i++) {
            double row = 0; // millions of equal terms, one after the other, round to one side
            for (int j = 0; j < x.length; j++) {
                if (!(labels[i] > labels[j])) continue;
                double w = share[i] - share[j];
                double d = (x[j] - x[i]) / s;
                row += w * (Math.max(d, 0) + Math.log1p(Math.exp(-Math.abs(d))));
                double p = 1 / (1 + Math.exp(-d));
                g[j] += w * p / s;
                g[i] -= w * p / s;
            }
            loss += row;
        }
        return loss;
    }

    private static void compare(double[] x, double[] labels, double[] share, double s) {
        int n = x.length;
        PairWeights weights = PairWeights.shares(new LabelOrder(labels, Scratch.FRESH), share);
        double[] e = PairwiseRanks.exponentials(x, s, new double[n], Scratch.FRESH);
        assertThat(PairRuns.fit(weights, e)).isTrue();
        double[] g = new double[n];
        double loss = new PairLoss(Smoothness.SMOOTH, s, weights, Scratch.ofThisThread()).add(x, g);
        double[] expected = new double[n];
        double sum = pairs(x, labels, share, s, expected);
        assertThat(loss).isCloseTo(sum, offset(1e-12 * sum + 1e-300));
        double most = 0;
        for (double each : expected) most = Math.max(most, Math.abs(each));
        for (int i = 0; i < n; i++) {
            assertThat(g[i]).as(i + " of " + n).isCloseTo(expected[i], offset(1e-12 * most));
        }
    }

    @Property(seed = "20130308", tries = 300)
    void allPairs(
            @ForAll @IntRange(min = 8, max = 900) int n,
            @ForAll @IntRange(min = 1, max = 5) int grades,
            @ForAll @IntRange(max = 3) int spread,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] width = {0.01, 1, 20, 165}; // the last is as wide as four exponentials allow
        double s = Math.exp(3 * random.nextGaussian());
        double[] x = new double[n];
        double[] labels = new double[n];
        double[] share = new double[n];
        boolean ties = random.nextBoolean();
        int runs = Math.min(grades, n / 4);
        for (int i = 0; i < n; i++) {
            double u = ties ? random.nextInt(5) / 5.0 : random.nextDouble();
            x[i] = s * width[spread] * u - 7;
            labels[i] = Math.floor(runs * Math.pow(random.nextDouble(), 2));
            share[i] = Math.max(labels[i], 1) - 1; // the two lowest labels have one gain
        }
        compare(x, labels, share, s);
    }

    /** More factors than a product of one logarithm holds. */
    @Example
    void longRuns() {
        int n = 3000;
        Random random = new Random(7);
        double[] x = new double[n];
        double[] labels = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
            labels[i] = i % 3 == 0 ? 1 : 0;
        }
        compare(x, labels, labels, 1);
    }
}
