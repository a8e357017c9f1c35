// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.supple.Cutoffs;
import io.supple.Soft;
import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums against exact ones, cut-offs against the operator, scaling by what it is. */
class BlocksTest {

    @Test
    void sumsHaveTwiceTheDigits() {
        Random random = new Random(4);
        double[] numbers = random.doubles(2000, -1, 1)
                .map(u -> Math.scalb(u, random.nextInt(60)))
                .toArray();
        Sums forward = new Sums(1);
        Sums first = new Sums(1);
        Sums second = new Sums(1);
        for (int i = 0; i < numbers.length; i++) {
            forward.add(0, numbers[i]);
            (i % 3 == 0 ? first : second).add(0, numbers[numbers.length - 1 - i]);
        }
        double exact = Arrays.stream(numbers)
                .mapToObj(java.math.BigDecimal::new)
                .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add)
                .doubleValue();
        assertThat(forward.get(0)).isEqualTo(exact);
        assertThat(first.plus(second).get(0)).isEqualTo(exact);
    }

    @Test
    void variancesSurviveAnOffset() {
        Sums sums = new Sums(2);
        for (int i = 0; i < 1000; i++) {
            sums.add(0, 1e8 + i % 2);
            sums.addSquare(1, 1e8 + i % 2);
        }
        assertThat(sums.variance(1, 0, 1000)).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void cutoffsAreTheOperator() {
        Random random = new Random(5);
        int[] ks = {1, 3, 10, 500};
        Cutoffs cutoffs = new Cutoffs(ks);
        for (int trial = 0; trial < 60; trial++) {
            int n = 1 + random.nextInt(30);
            double[] scores = random.ints(n, 0, trial % 2 == 0 ? 5 : 1000)
                    .asDoubleStream()
                    .toArray();
            double[] gains = random.ints(n, 0, 4).asDoubleStream().toArray();
            double[] dcg = new double[ks.length];
            double[] ideal = new double[ks.length];
            cutoffs.dcg(scores, gains, 0, n, dcg, 0);
            cutoffs.ideals(gains, 0, n, ideal, 0);
            for (int c = 0; c < ks.length; c++) {
                assertThat(dcg[c]).isCloseTo(dcg(scores, gains, ks[c]), within(1e-12));
                assertThat(ideal[c]).isCloseTo(dcg(gains, gains, ks[c]), within(1e-12));
            }
        }
    }

    private static double dcg(double[] scores, double[] gains, int k) {
        return Soft.HARD.dcg(Tensor.of(scores), Tensor.of(gains), k, io.supple.Gain.LINEAR, -1, false)
                .data()[0];
    }

    @Test
    void ranksInAList() {
        double[] x = {3, 1, 1, 7};
        FeatureScaling.LIST_RANK.list(x, 4, 1);
        double root = Math.sqrt(12);
        assertThat(x).containsExactly(new double[] {root / 8, -root / 4, -root / 4, root * 3 / 8}, within(1e-15));
        double[] one = {5, -0.0};
        FeatureScaling.LIST_RANK.list(one, 1, 2);
        assertThat(one).containsExactly(0, 0);
        // any growing function leaves ranks alone
        double[] y = new Random(1).doubles(40, -3, 3).toArray();
        double[] grown = Arrays.stream(y).map(Math::exp).toArray();
        FeatureScaling.LIST_RANK.list(y, 20, 2);
        FeatureScaling.LIST_RANK.list(grown, 20, 2);
        assertThat(y).containsExactly(grown);
    }

    @Test
    void standardisedInAList() {
        for (double scale : new double[] {1, 1e-200, 1e200}) {
            double[] x = new Random(2).doubles(30, 1, 2).map(v -> v * scale).toArray();
            FeatureScaling.LIST_STANDARD.list(x, 30, 1);
            assertThat(Arrays.stream(x).sum()).isCloseTo(0, within(1e-12));
            assertThat(Arrays.stream(x).map(v -> v * v).sum()).isCloseTo(30, within(1e-10));
        }
        double[] same = {4, 4, 4};
        FeatureScaling.LIST_STANDARD.list(same, 3, 1);
        assertThat(same).containsExactly(0, 0, 0);
    }
}
