// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import net.jqwik.api.Example;

/** Solutions satisfy their equations, also where rows have to change places. */
class BandedSystemTest {

    @Example
    void solutionsSatisfyTheEquations() {
        Random random = new Random(20130308);
        for (int n = 1; n <= 40; n++) {
            BandedSystem system = new BandedSystem(n);
            double[] x = random.doubles(n, -1, 1).toArray();
            double[] r = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = Math.max(0, i - 3); j <= Math.min(n - 1, i + 3); j++) {
                    // zeros on most of the diagonal: no elimination without exchanges
                    double value = i == j && n - i > 1 ? 0 : random.nextGaussian();
                    if (i == j - 1 || (i == j + 1 && j % 2 == 0)) value += 4;
                    system.set(i, j, value);
                    r[i] += value * x[j];
                }
            }
            system.solve(r);
            assertThat(r).containsExactly(x, offset(1e-9));
        }
    }
}
