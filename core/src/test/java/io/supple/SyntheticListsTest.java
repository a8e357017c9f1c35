// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sets are those that other implementations draw: counts, sums and the first number, to the bit. */
class SyntheticListsTest {

    @ParameterizedTest
    @CsvSource({"1, 200, 4888, 5537, 1.0485981578936208", "2, 400, 9828, 11063, 0.7305714211270907"})
    void topheavyIsReproducible(long seed, int lists, int rows, double sum, double first) {
        check(SyntheticLists.topheavy(seed, lists), lists, rows, sum, first, 10);
    }

    @ParameterizedTest
    @CsvSource({"1, 200, 4195, 2751, 1.3354594130845412", "2, 400, 8095, 5242, 1.5486256866718433"})
    void curvedIsReproducible(long seed, int lists, int rows, double sum, double first) {
        check(SyntheticLists.curved(seed, lists), lists, rows, sum, first, 20);
    }

    private static void check(SyntheticLists set, int lists, int rows, double sum, double first, int features) {
        assertThat(set.features()).hasDimensions(rows, features);
        assertThat(set.features()[0][0]).isEqualTo(first);
        assertThat(set.labels()).hasSize(rows);
        assertThat(DoubleStream.of(set.labels()).sum()).isEqualTo(sum);
        assertThat(set.offsets()).hasSize(lists + 1).isSorted().doesNotHaveDuplicates();
        assertThat(set.offsets()[0]).isZero();
        assertThat(set.offsets()[lists]).isEqualTo(rows);
    }

    @Test
    void noListsAreAnEmptySet() {
        assertThat(SyntheticLists.curved(1, 0).labels()).isEmpty();
        assertThat(SyntheticLists.curved(1, 0).offsets()).containsExactly(0);
    }

    @Test
    void refusesFewerThanNone() {
        assertThatThrownBy(() -> SyntheticLists.topheavy(1, -1)).hasMessage("topheavy: lists must be >= 0, got -1");
    }
}
