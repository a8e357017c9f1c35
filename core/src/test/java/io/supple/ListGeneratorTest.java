// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Generated lists have the distributions that the settings name, and depend on nothing but seed and number. */
class ListGeneratorTest {

    private static final ListGenerator LISTS = ListGenerator.of(7).withLengths(5, 400, 1.5);
    private static final int MANY = 2000;

    private static SyntheticList[] many(ListGenerator generator) {
        return LongStream.range(0, MANY).mapToObj(generator::list).toArray(SyntheticList[]::new);
    }

    private static double mean(SyntheticList[] lists, ToDoubleFunction<SyntheticList> sum) {
        double total = Arrays.stream(lists).mapToDouble(sum).sum();
        return total
                / Arrays.stream(lists).mapToInt(list -> list.labels().length).sum();
    }

    @Test
    void aListDependsOnSeedAndNumberAlone() {
        SyntheticList alone = LISTS.list(123);
        SyntheticList after = many(LISTS)[123];
        assertThat(after.features()).isDeepEqualTo(alone.features());
        assertThat(after.labels()).containsExactly(alone.labels());
        assertThat(after.clicks()).containsExactly(alone.clicks());
        assertThat(LISTS.list(124).features()[0]).isNotEqualTo(alone.features()[0]);
        assertThat(ListGenerator.of(8).list(123).features()[0]).isNotEqualTo(alone.features()[0]);
    }

    @Test
    void lengthsHaveTheParetoTail() {
        SyntheticList[] lists = many(LISTS);
        for (int x : new int[] {10, 20, 80}) {
            long longer = Arrays.stream(lists)
                    .filter(list -> list.labels().length >= x)
                    .count();
            double expected = Math.pow(5.0 / x, 1.5);
            assertThat((double) longer / MANY)
                    .as("share of at least %d rows", x)
                    .isCloseTo(expected, within(4 * Math.sqrt(expected / MANY)));
        }
        assertThat(lists).allSatisfy(list -> assertThat(list.labels().length).isBetween(5, 400));
    }

    @Test
    void uniformLengthsReachBothEnds() {
        IntStream lengths = Arrays.stream(many(LISTS.withLengths(2, 6, 0))).mapToInt(list -> list.labels().length);
        assertThat(lengths.distinct().sorted().toArray()).containsExactly(2, 3, 4, 5, 6);
    }

    @Test
    void utilityIsStandardised() {
        SyntheticList[] lists = many(LISTS);
        assertThat(mean(lists, list -> Arrays.stream(list.utilities()).sum())).isCloseTo(0, within(0.03));
        assertThat(mean(
                        lists,
                        list -> Arrays.stream(list.utilities()).map(v -> v * v).sum()))
                .isCloseTo(1, within(0.05));
    }

    @Test
    void withoutNoiseTheUtilityRanksPerfectly() {
        for (SyntheticList list : many(LISTS.withNoise(0))) {
            double[] labels = list.labels();
            int[] order = IntStream.range(0, labels.length)
                    .boxed()
                    .sorted((i, k) -> Double.compare(list.utilities()[i], list.utilities()[k]))
                    .mapToInt(i -> i)
                    .toArray();
            assertThat(Arrays.stream(order).mapToDouble(i -> labels[i]).toArray())
                    .isSorted();
        }
    }

    @Test
    void missingValuesLeaveTheOthersAsTheyWere() {
        SyntheticList[] whole = many(LISTS);
        SyntheticList[] holes = many(LISTS.withMissing(0.2));
        long missing = 0;
        long values = 0;
        for (int l = 0; l < MANY; l++) {
            assertThat(holes[l].labels()).containsExactly(whole[l].labels());
            for (int i = 0; i < whole[l].labels().length; i++) {
                for (int j = 0; j < 20; j++, values++) {
                    double v = holes[l].features()[i][j];
                    if (Double.isNaN(v)) missing++;
                    else assertThat(v).isEqualTo(whole[l].features()[i][j]);
                }
            }
        }
        assertThat((double) missing / values).isCloseTo(0.2, within(0.005));
    }

    @Test
    void tiedRowsShareFeaturesAndUtility() {
        SyntheticList list = LISTS.withLengths(300, 300, 0).withTies(0.5).list(1);
        int tied = 0;
        for (int i = 1; i < 300; i++) {
            if (!Arrays.equals(list.features()[i], list.features()[i - 1])) continue;
            assertThat(list.utilities()[i]).isEqualTo(list.utilities()[i - 1]);
            tied++;
        }
        assertThat(tied).isBetween(115, 185);
        assertThat(Arrays.stream(list.labels()).distinct().count()).isGreaterThan(2);
    }

    @Test
    void clicksFallWithThePlaceAndRiseWithTheGrade() {
        SyntheticList[] lists = many(LISTS.withLengths(10, 10, 0));
        double[] clicks = new double[11];
        double[] expected = new double[11];
        for (SyntheticList list : lists) {
            assertThat(Arrays.stream(list.positions()).sorted().toArray())
                    .containsExactly(IntStream.rangeClosed(1, 10).toArray());
            for (int i = 0; i < 10; i++) {
                int p = list.positions()[i];
                clicks[p] += list.clicks()[i];
                expected[p] += (0.05 + 0.95 * (Math.pow(2, list.labels()[i]) - 1) / 15) / p;
            }
        }
        for (int p = 1; p <= 10; p++) {
            assertThat(clicks[p]).as("clicks at %d", p).isCloseTo(expected[p], within(4 * Math.sqrt(expected[p])));
        }
    }

    @Test
    void weightsAreLogarithmicallySpread() {
        double[] logs = Arrays.stream(many(LISTS.withWeights(0.5)))
                .mapToDouble(list -> Math.log(list.weight()))
                .toArray();
        double square = Arrays.stream(logs).map(v -> v * v).average().orElseThrow();
        assertThat(Math.sqrt(square)).isCloseTo(0.5, within(0.03));
        assertThat(LISTS.list(3).weight()).isEqualTo(1);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> LISTS.withMissing(1.5)).hasMessage("generate: missing must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> LISTS.withTies(Double.NaN)).hasMessage("generate: ties must be in [0, 1], got NaN");
        assertThatThrownBy(() -> LISTS.withLengths(5, 4, 1))
                .hasMessage("generate: longest must be >= shortest, 5, got 4");
        assertThatThrownBy(() -> LISTS.withFeatures(0)).hasMessage("generate: features must be >= 1, got 0");
        assertThatThrownBy(() -> LISTS.list(-1)).hasMessage("generate: list must be >= 0, got -1");
    }
}
