// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients are the derivatives of the values: central differences of a weighted sum. */
class GradientContract {

    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 2e-7;

    static Stream<Case> cases() {
        // the pad of a network is set by the largest of the logits and the noise, see below
        return Cases.soft()
                .filter(c -> c.soft().method() != Method.SORTING_NETWORK
                        || !(c.operator().random() || padsStandardized(c)));
    }

    /** Losses do not squash what they standardise, and all scores move the pad: RankingLossTest has lists without one. */
    private static boolean padsStandardized(Case c) {
        return Losses.LOSSES.operators().contains(c.operator()) && c.soft().standardize();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void vjpIsTheDerivative(Case c) {
        double[][] gradients = c.gradients();
        Tensor[] data = c.data();
        for (int input = 0; input < data.length; input++) {
            if (!Cases.differentiable(c.operator(), input)) continue;
            for (int i = 0; i < data[input].size(); i++) {
                if (setsThePad(c, data[input], i)) continue;
                double difference = (moved(c, input, i, STEP) - moved(c, input, i, -STEP)) / (2 * STEP);
                assertThat(gradients[input][i])
                        .as(
                                "%s: derivative for %s[%d]",
                                c, c.operator().data().get(input).name(), i)
                        .isCloseTo(difference, offset(TOLERANCE * Math.max(1, Math.abs(difference))));
            }
        }
    }

    /** The pad of a network is the largest element of a list that is not standardised, plus 1, held constant. */
    private static boolean setsThePad(Case c, Tensor data, int i) {
        boolean padded =
                c.soft().method() == Method.SORTING_NETWORK && !c.soft().standardize();
        boolean turned = c.operator() == Extremum.MIN || c.operator() == Extremum.ARGMIN; // the largest of -x
        double sets = turned
                ? Arrays.stream(data.data()).min().orElseThrow()
                : Arrays.stream(data.data()).max().orElseThrow();
        return padded && data.data()[i] == sets;
    }

    private static double moved(Case c, int input, int i, double by) {
        Tensor[] data = c.data();
        double[] values = data[input].data().clone();
        values[i] += by;
        data[input] = Tensor.of(data[input].shape(), values);
        return c.with(data).weightedSum();
    }

    /** Without the gate only the values carry gradient: the soft index counts as a constant. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ungated")
    void withoutTheGateTheIndexIsConstant(Case c) {
        double[][] gradients = c.with(c.soft().withGatedGrad(false)).gradients();
        double[] gradient = gradients[0];
        double[] x = c.data()[0].data();
        double value = c.weightedSum();
        double linear = 0;
        for (int i = 0; i < x.length; i++) linear += gradient[i] * x[i];
        // with P constant the weighted sum is linear in x, so its gradient times x is the sum itself
        assertThat(linear).as(c.toString()).isCloseTo(value, offset(1e-12));
        // a sparse index of one element is constant anyway
        if (c.soft().mode() == Mode.SMOOTH)
            assertThat(Arrays.deepEquals(gradients, c.gradients()))
                    .as(c.toString())
                    .isFalse();
    }

    static Stream<Case> ungated() {
        return Cases.soft().filter(c -> Cases.takes(c.operator(), Relaxation.GATED_GRAD) && Cases.byMatrix(c));
    }
}
