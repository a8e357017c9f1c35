// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scorers against central differences; rows by themselves. */
class ScorerTest {

    private static double[] gaussians(Random random, int n) {
        return random.doubles(n, -2, 2).toArray();
    }

    private static double total(Scorer scorer, double[] w, double[] x, int n, double[] v) {
        double[] s = new double[n];
        scorer.pass(w).scores(x, 0, n, s, 0);
        double sum = 0;
        for (int i = 0; i < n; i++) sum += s[i] * v[i];
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 3", "7, 0, 5", "10, 0, 9", "3, 1, 4", "6, 5, 11", "9, 4, 2"})
    void gradientsOfScores(int d, int h, int n) {
        Random random = new Random(d + h);
        Scorer scorer = Scorer.of(d, h == 0 ? new int[0] : new int[] {h});
        double[] w = gaussians(random, scorer.size());
        double[] x = gaussians(random, n * d);
        double[] v = gaussians(random, n);
        Scorer.Pass pass = scorer.pass(w);
        pass.scores(x, 0, n, new double[n], 0);
        double[] g = new double[w.length];
        pass.pull(x, 0, n, v, 0, g);
        for (int i = 0; i < w.length; i++) {
            double[] up = w.clone();
            double[] down = w.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double slope = (total(scorer, up, x, n, v) - total(scorer, down, x, n, v)) / 2e-5;
            assertThat(g[i]).as("weight %d", i).isCloseTo(slope, within(1e-7));
        }
    }

    /** The same row has the same bits as its score, beside whatever rows it stands. */
    @Test
    void rowsAreScoredByThemselves() {
        Random random = new Random(3);
        for (Scorer scorer : new Scorer[] {Scorer.of(7, new int[0]), Scorer.of(7, new int[] {5})}) {
            double[] w = gaussians(random, scorer.size());
            double[] x = gaussians(random, 9 * 7);
            double[] all = new double[9];
            scorer.pass(w).scores(x, 0, 9, all, 0);
            for (int i = 0; i < 9; i++) {
                double[] one = new double[1];
                scorer.pass(w).scores(x, i, 1, one, 0);
                assertThat(one[0]).isEqualTo(all[i]);
            }
        }
    }
}
