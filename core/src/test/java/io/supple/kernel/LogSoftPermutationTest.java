// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logarithms of soft permutations against the permutations, and their derivatives against differences. */
class LogSoftPermutationTest {

    private static final double[] Z = {0.9137, 0.1171, 0.3517, 0.6229, 0.4813};
    private static final double[] DIRECTION = {0.31, -0.72, 0.55, 0.13, -0.91};
    private static final int N = Z.length;
    private static final double STEP = 1e-6;
    private static final int TO = 3;

    private static PairwiseLogits logits(boolean neural, double[] z, double s) {
        int[] order = Sorting.argsort(z, 0, N, false);
        return neural ? new NeuralSort(Smoothness.SMOOTH, z, new int[] {0, 1, 2, 3, 4}, s) : new SoftSort(z, order, s);
    }

    private static double[] moved(double by) {
        double[] z = Z.clone();
        for (int i = 0; i < N; i++) z[i] += by * DIRECTION[i];
        return z;
    }

    private static double[] weights(double phase) {
        double[] g = new double[TO + N * N];
        for (int i = 0; i < g.length; i++) g[i] = Math.sin(phase + 7.3 * i * i);
        return g;
    }

    private static double[] matrix(boolean neural, double[] z, double s) {
        double[] y = new double[TO + N * N];
        LogSoftPermutation.matrix(logits(neural, z, s), y, TO);
        return y;
    }

    private static double[] vjp(boolean neural, double[] z, double[] g) {
        double[] gz = new double[N];
        LogSoftPermutation.matrixVjp(logits(neural, z, 0.2), g, TO, gz);
        return gz;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void exponentialsAreThePermutation(boolean neural) {
        double[] p = new double[TO + N * N];
        SoftPermutation.matrix(logits(neural, Z, 0.2), Smoothness.SMOOTH, p, TO);
        double[] log = matrix(neural, Z, 0.2);
        for (int i = TO; i < p.length; i++) assertThat(Math.exp(log[i])).isCloseTo(p[i], offset(1e-14));
        for (double l : matrix(neural, Z, 1e-5)) assertThat(l).isFinite();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void derivativesAreDifferences(boolean neural) {
        double[] g = weights(1);
        double[] yDot = new double[TO + N * N];
        LogSoftPermutation.matrixJvp(logits(neural, Z, 0.2), DIRECTION, yDot, TO);
        double[] up = matrix(neural, moved(STEP), 0.2);
        double[] down = matrix(neural, moved(-STEP), 0.2);
        double forward = 0;
        for (int i = TO; i < up.length; i++) {
            assertThat(yDot[i]).isCloseTo((up[i] - down[i]) / (2 * STEP), offset(1e-6));
            forward += g[i] * yDot[i];
        }
        double backward = 0;
        double[] gz = vjp(neural, Z, g);
        for (int i = 0; i < N; i++) backward += gz[i] * DIRECTION[i];
        assertThat(forward).isCloseTo(backward, offset(1e-10));
    }

    /** The derivative of the vjp when keys and cotangent move. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void secondDerivativesAreDifferencesOfTheFirst(boolean neural) {
        double[] g = weights(1);
        double[] gDot = weights(2);
        double[] gzDot = new double[N];
        LogSoftPermutation.matrixVjpTangent(logits(neural, Z, 0.2), DIRECTION, g, gDot, TO, gzDot);
        double[][] moved = new double[2][];
        for (int side = 0; side < 2; side++) {
            double by = side == 0 ? STEP : -STEP;
            double[] there = g.clone();
            for (int i = 0; i < there.length; i++) there[i] += by * gDot[i];
            moved[side] = vjp(neural, moved(by), there);
        }
        for (int i = 0; i < N; i++) {
            double difference = (moved[0][i] - moved[1][i]) / (2 * STEP);
            assertThat(gzDot[i]).isCloseTo(difference, offset(1e-6 * Math.max(1, Math.abs(difference))));
        }
    }
}
