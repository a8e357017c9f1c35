// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Derivatives;
import io.supple.tensor.Tensor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forward mode is the transpose of reverse mode, {@code <g, J t> = <J'g, t>}, for every data argument. */
class JvpContract {

    static Stream<Case> cases() {
        return Cases.soft();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void forwardIsTheTransposeOfReverse(Case c) {
        for (int argument = 0; argument < c.data().length; argument++) {
            assertTransposed(c, argument);
        }
    }

    static Stream<Case> logProbabilities() {
        return Cases.soft()
                .filter(c -> Cases.takes(c.operator(), Relaxation.RETURN_LOG_PROBS))
                .flatMap(c -> Stream.of(
                        c.with(c.soft().withLogProbs()), c.with(c.soft().withLogProbs(0.05))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logProbabilities")
    void alsoOfLogProbabilities(Case c) {
        assertTransposed(c, 0);
    }

    /** A transport plan's response is solved for; the two solutions differ by the condition of the system. */
    private static double tolerance(Case c) {
        return c.soft().method() == Method.OT ? 1e-7 : 1e-9;
    }

    private static void assertTransposed(Case c, int argument) {
        UnaryOperator<Tensor> f = Probe.of(c, argument);
        Tensor x = c.data()[argument];
        Tensor t = Probe.direction(argument + 1, x);
        Tensor moved = Derivatives.jvp(f, x, t);
        Tensor g = Probe.direction(argument + 17, moved);
        Tensor pulled = Derivatives.vjp(f, x, g);
        double size = 1;
        for (int i = 0; i < g.size(); i++) size = Math.max(size, Math.abs(g.data()[i] * moved.data()[i]));
        for (int i = 0; i < t.size(); i++) size = Math.max(size, Math.abs(t.data()[i] * pulled.data()[i]));
        assertThat(Probe.dot(g, moved))
                .as("%s: argument %d", c, argument)
                .isCloseTo(Probe.dot(pulled, t), offset(tolerance(c) * size));
    }

    /** Several lists and an axis in the middle: the tangent goes where the list goes. */
    @Test
    void batches() {
        Tensor x = Tensor.of(new int[] {2, 4, 3}, Probe.direction(5, 24));
        Tensor t = Probe.direction(6, x);
        for (Method method : Method.withPlaces()) {
            Soft soft = Soft.smooth(0.3).with(method);
            UnaryOperator<Tensor> f = v -> soft.sort(v, false, 1);
            Tensor moved = Derivatives.jvp(f, x, t);
            assertThat(moved.shape()).containsExactly(2, 4, 3);
            Probe.assertClose(moved, Probe.difference(f, x, t, 1e-6), 1e-6, method.name());
        }
    }

    @Test
    void straightThroughHasTheTangentOfTheRelaxation() {
        Tensor x = Tensor.of(0.3, -0.7, 1.1);
        Tensor t = Tensor.of(1, -2, 0.5);
        Soft soft = Soft.smooth(0.3);
        assertThat(Derivatives.jvp(soft.straightThrough()::rank, x, t).data())
                .isEqualTo(Derivatives.jvp(soft::rank, x, t).data());
    }

    @Test
    void whatDoesNotDependOnTheVariableDoesNotMove() {
        Tensor x = Tensor.of(1, 2);
        assertThat(Derivatives.jvp(v -> Tensor.of(3, 4, 5), x, x).data()).containsExactly(0, 0, 0);
        assertThat(Derivatives.jvp(v -> v, x, Tensor.of(7, 8)).data()).containsExactly(7, 8);
        assertThat(Derivatives.jvp(Soft.HARD::rank, x, x).data()).containsExactly(0, 0);
    }

    /** A derivative that was given only backwards is read forwards row by row. */
    @Test
    void derivativesOfOnesOwn() {
        Tensor x = Tensor.of(0.5, 2);
        UnaryOperator<Tensor> f = v -> Tensor.result(
                new int[] {3},
                new double[] {v.data()[0] * v.data()[1], v.data()[0], 1},
                g -> new double[][] {{g[0] * v.data()[1] + g[1], g[0] * v.data()[0]}},
                v);
        assertThat(Derivatives.jvp(f, x, Tensor.of(3, 5)).data()).containsExactly(3 * 2 + 5 * 0.5, 3, 0);
    }

    @Test
    void sizesThatDiffer() {
        Tensor x = Tensor.of(1, 2, 3);
        assertThatThrownBy(() -> Derivatives.jvp(v -> v, x, Tensor.of(1, 2)))
                .hasMessage("jvp: the tangent must have size 3, got 2");
        assertThatThrownBy(() -> Derivatives.vjp(Tensor::sum, x, x))
                .hasMessage("vjp: the cotangent must have size 1, got 3");
    }
}
