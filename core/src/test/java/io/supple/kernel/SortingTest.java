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

    /** Clusters whose keys differ in the last bits only, beside far ones: what the leading bits do not tell apart. */
    @Property(seed = "20130308", tries = 300)
    void clusters(@ForAll long seed, @ForAll boolean descending) {
        Random random = new Random(seed);
        double[] x = new double[random.nextInt(3000)];
        double[] centres = {0.5, -0.5, 0, 1e300, -1e-300, Double.NEGATIVE_INFINITY};
        int used = 1 + random.nextInt(centres.length);
        for (int i = 0; i < x.length; i++) {
            double centre = centres[random.nextInt(used)];
            x[i] = centre + random.nextInt(1 + random.nextInt(5000)) * Math.ulp(centre);
        }
        assertThat(Sorting.argsort(x, 0, x.length, descending)).isEqualTo(boxed(x, descending));
    }

    @Property(seed = "20130308", tries = 1000)
    void selectsWhatSortingPutsThere(@ForAll("lists") double[] x, @ForAll boolean descending, @ForAll long seed) {
        int[] order = boxed(x, descending);
        int[] places = x.length == 0
                ? new int[0]
                : new Random(seed).ints(1 + x.length % 3, 0, x.length).toArray();
        int[] expected = IntStream.of(places).map(place -> order[place]).toArray();
        assertThat(Sorting.elementsAt(x, places, descending)).isEqualTo(expected);
    }

    @Example
    void selectsFromLongLists() {
        double[][] lists = new double[5][50_000];
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            lists[0][i] = i;
            lists[1][i] = -i;
            lists[2][i] = random.nextInt(3);
            lists[3][i] = random.nextGaussian();
            lists[4][i] = i < 25_000 ? i : 50_000 - i; // organ pipes
        }
        int[] places = {49_999, 0, 25_000, 24_999, 1, 33_333};
        for (double[] x : lists) {
            int[] order = boxed(x, false);
            for (int place : places) {
                assertThat(Sorting.elementsAt(x, new int[] {place}, false)).containsExactly(order[place]);
            }
        }
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
