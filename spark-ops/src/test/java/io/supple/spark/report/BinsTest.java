// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bins hold what they are for, are not too many, and begin at round numbers. */
class BinsTest {

    @Test
    void roundBinsHoldTheirRange() {
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            double one = any(random);
            double other = i % 3 == 0 ? one * (1 + 1e-12 * random.nextInt(100)) : any(random);
            holds(Math.min(one, other), Math.max(one, other));
        }
    }

    /** Of any size, also beyond and below what a normal number is. */
    private static double any(Random random) {
        double sign = random.nextBoolean() ? 1 : -1;
        return random.nextInt(10) == 0 ? 0 : sign * random.nextDouble() * Math.pow(10, random.nextInt(620) - 315);
    }

    private static void holds(double low, double high) {
        RoundBins bins = RoundBins.of(low, high, false);
        assertThat(bins.count()).isBetween(1, 24).isEqualTo(bins.bounds().size() + 1);
        if (bins.count() == 1) return;
        assertThat(Double.parseDouble(bins.labels().get(0))).isLessThanOrEqualTo(low);
        double width = bins.bounds().get(0) - Double.parseDouble(bins.labels().get(0));
        double last = bins.bounds().get(bins.bounds().size() - 1);
        assertThat(last).isLessThanOrEqualTo(high);
        assertThat(last + 1.001 * width).isGreaterThanOrEqualTo(high);
        for (int b = 0; b < bins.bounds().size(); b++) {
            assertThat(Double.parseDouble(bins.labels().get(b + 1)))
                    .isEqualTo(bins.bounds().get(b));
        }
    }

    @Test
    void roundBinsBeginAtRoundNumbers() {
        assertThat(RoundBins.of(0.0005, 0.62, false).labels())
                .startsWith("0", "0.05", "0.1")
                .endsWith("0.6");
        assertThat(RoundBins.of(3, 318, false).labels())
                .startsWith("0", "20", "40")
                .endsWith("300");
        assertThat(RoundBins.of(-7, 12, false).labels())
                .startsWith("-7", "-6")
                .contains("0")
                .endsWith("12");
        assertThat(RoundBins.of(0, 6, false).labels()).startsWith("0", "0.5").endsWith("6");
        assertThat(RoundBins.of(0, 6, true).labels()).containsExactly("0", "1", "2", "3", "4", "5", "6");
        assertThat(RoundBins.of(2, 2, false).labels()).containsExactly("2");
        assertThat(RoundBins.of(Double.NEGATIVE_INFINITY, 2, false).labels()).containsExactly("all");
        assertThat(RoundBins.of(-1.7e308, 1.7e308, false).labels()).containsExactly("all");
    }

    @Test
    void everyLengthIsInItsBin() {
        Random random = new Random(9);
        for (int i = 0; i < 300; i++) {
            int shortest = 1 + random.nextInt(500);
            holds(shortest, shortest + random.nextInt(5000));
        }
    }

    private static void holds(int shortest, int longest) {
        LengthBins bins = new LengthBins(shortest, longest);
        assertThat(bins.count()).isBetween(1, 18);
        for (int length = shortest; length <= longest; length++) {
            String[] ends = bins.label(bins.of(length)).split("\u2013", -1);
            assertThat(length).isBetween(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
        }
    }

    @Test
    void lengthsBeginAtRoundNumbersToo() {
        LengthBins bins = new LengthBins(160, 357);
        assertThat(bins.start(0)).isEqualTo("160");
        assertThat(bins.start(1)).isEqualTo("180");
        assertThat(bins.label(bins.count() - 1)).isEqualTo("340\u2013357");
        assertThat(new LengthBins(5, 200).label(0)).isEqualTo("5\u201319");
    }
}
