// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against the JDK's stable sort of boxed indices. */
class SortingTest {

    @Provide
    Arbitrary<double[]> lists() {
        Arbitrary<Double> numbers = Arbitraries.oneOf(
                Arbitraries.doubles(),
                Arbitraries.of(0.0, -0.0, 1.0, 1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        return numbers.array(double[].class).ofMaxSize(200);
    }

    @Property(seed = "20130308", tries = 1000)
    void agreesWithTheJdk(@ForAll("lists") double[] x, @ForAll boolean descending) {
        assertThat(Sorting.argsort(x, 0, x.length, descending)).isEqualTo(boxed(x, descending));
    }

    @Example
    void longListsAndParts() {
        double[] x =
                new Random(7).doubles(100_000).map(v -> Math.floor(v * 5000)).toArray();
        assertThat(Sorting.argsort(x, 0, x.length, false)).isEqualTo(boxed(x, false));
        assertThat(Sorting.argsort(new double[] {9, 3, 1, 2, 0}, 1, 3, false)).containsExactly(1, 2, 0);
    }

    private static int[] boxed(double[] x, boolean descending) {
        Comparator<Integer> order = Comparator.comparingDouble(i -> x[i] + 0.0);
        return IntStream.range(0, x.length)
                .boxed()
                .sorted(descending ? order.reversed() : order)
                .mapToInt(i -> i)
                .toArray();
    }
}
