// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums that no order changes, what is made of them, and bins of lengths. */
class ExactSumTest {

    private static List<Double> numbers(long seed) {
        Random random = new Random(seed);
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) numbers.add((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(12) - 6));
        return numbers;
    }

    private static ExactSum sum(List<Double> numbers) {
        ExactSum sum = new ExactSum();
        numbers.forEach(sum::add);
        return sum;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noOrderAndNoPartitionChangesABit(long seed) {
        List<Double> numbers = numbers(seed);
        double whole = sum(numbers).value();
        BigDecimal exact = BigDecimal.ZERO;
        for (double x : numbers) exact = exact.add(new BigDecimal(x));
        assertThat(whole).isEqualTo(exact.doubleValue());
        Collections.shuffle(numbers, new Random(seed));
        ExactSum merged = new ExactSum();
        for (int from = 0; from < numbers.size(); from += 130) {
            merged.add(sum(numbers.subList(from, Math.min(from + 130, numbers.size()))));
        }
        assertThat(merged.value()).isEqualTo(whole);
    }

    @Test
    void whatHasNoSumIsRefused() {
        for (double x : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1e300}) {
            assertThatThrownBy(() -> new ExactSum().add(x)).isInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void standardErrorIsThatOfTheTextbook() {
        Moments moments = new Moments();
        for (double x : new double[] {1, 2, 4}) moments.add(x);
        // variance ((4/3)^2 + (1/3)^2 + (5/3)^2) / 2 = 7/3
        assertThat(moments.mean()).isEqualTo(7 / 3.0);
        assertThat(moments.standardError()).isCloseTo(Math.sqrt(7 / 9.0), org.assertj.core.data.Offset.offset(1e-15));
        Moments one = new Moments();
        one.add(1);
        assertThat(one.standardError()).isNaN();
        assertThat(new Moments().mean()).isNaN();
    }

    @Test
    void everyLengthHasOneBin() {
        for (int[] ends : new int[][] {{1, 1}, {10, 40}, {3, 299}, {2, 5000}, {1, Integer.MAX_VALUE}}) {
            LengthBins bins = new LengthBins(ends[0], ends[1]);
            assertThat(bins.count()).isBetween(1, 31);
            int last = -1;
            for (long n = ends[0]; n <= ends[1]; n += Math.max(1, ends[1] / 1000)) {
                int bin = bins.of((int) n);
                assertThat(bin).isBetween(Math.max(last, 0), bins.count() - 1);
                last = bin;
            }
            assertThat(bins.of(ends[0])).isZero();
            assertThat(bins.of(ends[1])).isEqualTo(bins.count() - 1);
        }
        LengthBins bins = new LengthBins(10, 41);
        assertThat(bins.label(0)).isEqualTo("10\u201311");
        assertThat(bins.label(bins.count() - 1)).isEqualTo("40\u201341");
    }
}
