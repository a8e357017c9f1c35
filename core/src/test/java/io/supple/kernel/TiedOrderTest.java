// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Means over the orders of ties: what is conserved, what does not depend on the order, and long runs. */
class TiedOrderTest {

    private static double[] scores(SplittableRandom random, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = random.nextInt(4);
        return x;
    }

    private static boolean[] relevant(SplittableRandom random, int n) {
        boolean[] relevant = new boolean[n];
        for (int i = 0; i < n; i++) relevant[i] = random.nextInt(3) == 0;
        return relevant;
    }

    @Property(seed = "20130308", tries = 300)
    void everyPlaceIsGivenOut(@ForAll @IntRange(max = 30) int n, @ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TiedOrder order = new TiedOrder(scores(random, n), 0, n);
        double[] w = random.doubles(n).toArray();
        assertThat(Arrays.stream(order.shares(w)).sum())
                .isCloseTo(Arrays.stream(w).sum(), offset(1e-12));
        assertThat(Arrays.stream(order.meanPlaces()).sum()).isCloseTo(n * (n + 1) / 2.0, offset(1e-11));
    }

    /** The mean place is 1 + those above + half of the others that are as large. */
    @Property(seed = "20130308", tries = 300)
    void meanPlacesCountPairs(@ForAll @IntRange(max = 30) int n, @ForAll int seed) {
        double[] x = scores(new SplittableRandom(seed), n);
        double[] places = new TiedOrder(x, 0, n).meanPlaces();
        for (int i = 0; i < n; i++) {
            double place = 0.5;
            for (double other : x) place += other > x[i] ? 1 : other == x[i] ? 0.5 : 0;
            assertThat(places[i]).isCloseTo(place, offset(1e-12));
        }
    }

    @Property(seed = "20130308", tries = 300)
    void theArrangementDoesNotMatter(@ForAll @IntRange(min = 1, max = 30) int n, @ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = scores(random, n);
        boolean[] relevant = relevant(random, n);
        double[] stop = random.doubles(n).toArray();
        double[] turnedX = new double[n];
        boolean[] turned = new boolean[n];
        double[] turnedStop = new double[n];
        for (int i = 0; i < n; i++) {
            turnedX[i] = x[n - 1 - i];
            turned[i] = relevant[n - 1 - i];
            turnedStop[i] = stop[n - 1 - i];
        }
        int k = 1 + random.nextInt(n + 3);
        TiedOrder order = new TiedOrder(x, 0, n);
        TiedOrder other = new TiedOrder(turnedX, 0, n);
        assertThat(order.reciprocalPlace(relevant, k)).isCloseTo(other.reciprocalPlace(turned, k), offset(1e-14));
        assertThat(order.precisions(relevant, k)).isCloseTo(other.precisions(turned, k), offset(1e-12));
        assertThat(order.cascade(stop, k)).isCloseTo(other.cascade(turnedStop, k), offset(1e-14));
    }

    /** A cascade that stops for sure at the relevant elements and nowhere else stops at the first of them. */
    @Property(seed = "20130308", tries = 300)
    void reciprocalPlaceIsACascade(@ForAll @IntRange(max = 30) int n, @ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TiedOrder order = new TiedOrder(scores(random, n), 0, n);
        boolean[] relevant = relevant(random, n);
        double[] stop = new double[n];
        for (int i = 0; i < n; i++) stop[i] = relevant[i] ? 1 : 0;
        for (int k = 1; k <= n + 1; k++) {
            assertThat(order.reciprocalPlace(relevant, k)).isCloseTo(order.cascade(stop, k), offset(1e-13));
        }
    }

    /** One run of 3000: binomials of it are beyond the doubles, their quotients are not. */
    @Test
    void longRuns() {
        int n = 3000;
        TiedOrder order = new TiedOrder(new double[n], 0, n);
        boolean[] one = new boolean[n];
        one[17] = true;
        double harmonic = 0;
        for (int r = 1; r <= n; r++) harmonic += 1.0 / r;
        assertThat(order.reciprocalPlace(one, n)).isCloseTo(harmonic / n, offset(1e-15));
        assertThat(order.precisions(one, n)).isCloseTo(harmonic / n, offset(1e-15));
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        assertThat(order.precisions(all, n)).isCloseTo(n, offset(1e-9));
        assertThat(order.reciprocalPlace(all, n)).isEqualTo(1);
        double[] stop = new double[n];
        Arrays.fill(stop, 0.25);
        // sum_r 0.25 0.75^(r-1) / r = ln(4) / 3
        assertThat(order.cascade(stop, n)).isCloseTo(Math.log(4) / 3, offset(1e-12));
        assertThat(order.cascade(stop, 2)).isCloseTo(0.25 + 0.75 * 0.25 / 2, offset(1e-15));
    }
}
