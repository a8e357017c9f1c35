// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stretches of layers that are made again are what they were. */
class NetworkSweepTest {

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "2, true", "3, true", "5, false", "7, true"})
    void madeAgainToTheSameBits(int phases, boolean kept) {
        int width = 1 << phases;
        List<NetworkLayer> layers = new ArrayList<>();
        for (int p = 0; p < phases; p++) {
            for (int j = 0; j <= p; j++) layers.add(new NetworkLayer(1 << (p - j), 2 << p));
        }
        double[][] travellers = new double[3][width];
        for (int k = 0; k < travellers.length; k++) {
            for (int i = 0; i < width; i++) travellers[k][i] = Math.sin(i * i + k);
        }
        List<String> whole = seen(layers, travellers, kept, Long.MAX_VALUE);
        assertThat(whole).hasSize(3 + layers.size());
        assertThat(seen(layers, travellers, kept, 0)).isEqualTo(whole);
    }

    /** Ends, and then every layer from the last to the first. */
    private static List<String> seen(List<NetworkLayer> layers, double[][] travellers, boolean kept, long most) {
        int width = travellers[0].length;
        NetworkSteps steps = new NetworkSteps(Smoothness.SMOOTH, 0.3, width / 2, 2);
        NetworkSweep sweep =
                new NetworkSweep(layers.toArray(NetworkLayer[]::new), steps, travellers.length, kept, most);
        sweep.send(travellers[0], travellers[2], travellers[1]); // room that was used before
        sweep.back((at, m, entering) -> {});
        sweep.send(travellers[0], travellers[1], travellers[2]);
        List<String> seen = new ArrayList<>();
        for (int k = 0; k < travellers.length; k++) seen.add(text(sweep.end(k)));
        sweep.back((at, m, entering) -> seen.add(at + " " + text(m) + text(entering)));
        return seen;
    }

    private static String text(double[]... some) {
        StringBuilder text = new StringBuilder();
        for (double[] each : some) text.append(Arrays.toString(each));
        return text.toString();
    }
}
