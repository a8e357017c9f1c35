// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Windows that slide are those that solve {@code sum (r - d)+^q = 1}. */
class SlidingSupportTest {

    private static double power(double u, int q) {
        return q == 1 ? u : q == 2 ? u * u : u * u * u;
    }

    /** By bisection, from all keys of the list. */
    private static double radius(double[] t, double anchor, double perS, int q) {
        double low = 0;
        double high = 1;
        for (int step = 0; step < 60; step++) {
            double r = (low + high) / 2;
            double sum = 0;
            for (double key : t) sum += power(Math.max(r - Math.abs(anchor - key) * perS, 0), q);
            if (sum < 1) low = r;
            else high = r;
        }
        return (low + high) / 2;
    }

    @Property(seed = "20130308", tries = 600)
    void everyWindowSolvesTheEquation(
            @ForAll long seed,
            @ForAll KeyLists.Kind kind,
            @ForAll KeyLists.Softness softness,
            @ForAll Smoothness c,
            @ForAll boolean descending,
            @ForAll boolean all) {
        Assume.that(c != Smoothness.SMOOTH);
        Random random = new Random(seed);
        int n = 1 + random.nextInt(random.nextInt(4) == 0 ? 600 : 80);
        double[] t = kind.make(n, random);
        Arrays.sort(t);
        if (descending) for (int i = 0; i < n; i++) t[i] = -t[i];
        int q = SupportThreshold.power(c);
        double perS = 1 / softness.of;
        SlidingSupport support = new SlidingSupport(c, t, perS);
        for (int from = 0, to; from < n; from = to) {
            for (to = from; to < n && t[to] == t[from]; ) to++;
            if (!all && random.nextInt(3) > 0) continue; // not every row is read
            support.next(from, to);
            double r = radius(t, t[from], perS, q);
            assertThat(support.radius()).isCloseTo(r, offset(1e-12 * r));
            for (int j = 0; j < n; j++) {
                double above = r - Math.abs(t[from] - t[j]) * perS;
                boolean inside = support.lo() <= j && j < support.hi();
                if (Math.abs(above) > 1e-12 * r) assertThat(inside).isEqualTo(above > 0);
            }
        }
    }
}
