// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Derivatives;
import io.supple.tensor.Pointwise;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hessian-vector products against differences of the gradient and against their own transpose; Jacobians as a whole. */
class HessianContract {

    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-6;

    private static final String CLOSED_FORM = "hessianVectorProduct: the function must be made of results whose second"
            + " derivative is known in closed form: elementwise, comparison, logic and selection operators, and orders by"
            + " softsort, neuralsort or pairwise; of the others, and of Tensor.map without a curvature, only the first is";

    /** The methods whose permutation has a second derivative. */
    private static boolean closed(Case c) {
        Method method = c.soft().method();
        return !Cases.orders(c.operator())
                || method == Method.SOFTSORT
                || method == Method.NEURALSORT
                || method == Method.PAIRWISE;
    }

    /** The second derivative of C1 jumps at kinks, and the sample has one at a softness of 0.37001: off it. */
    private static final double SOFTNESS = 0.36;

    private static Stream<Case> soft() {
        return Cases.soft().map(c -> c.with(c.soft().withSoftness(SOFTNESS)));
    }

    static Stream<Case> closedForms() {
        return Stream.concat(Cases.hard(), soft().filter(HessianContract::closed));
    }

    static Stream<Case> logProbabilities() {
        return soft().filter(c -> c.soft().mode() == Mode.SMOOTH && closed(c))
                .filter(c -> Cases.takes(c.operator(), Relaxation.RETURN_LOG_PROBS))
                .flatMap(c -> Stream.of(
                        c.with(c.soft().withLogProbs()), c.with(c.soft().withLogProbs(0.05))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("closedForms")
    void isTheDerivativeOfTheGradient(Case c) {
        for (int argument = 0; argument < c.data().length; argument++) {
            if (Cases.differentiable(c.operator(), argument)) assertHessian(c, argument);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logProbabilities")
    void alsoOfLogProbabilities(Case c) {
        for (int argument = 0; argument < c.data().length; argument++) assertHessian(c, argument);
    }

    private static void assertHessian(Case c, int argument) {
        UnaryOperator<Tensor> f = Probe.weighted(Probe.of(c, argument));
        Tensor x = c.data()[argument];
        Tensor v = Probe.direction(31 + argument, x);
        Tensor u = Probe.direction(57 + argument, x);
        Tensor hv = Derivatives.hessianVectorProduct(f, x, v);
        Tensor hu = Derivatives.hessianVectorProduct(f, x, u);
        Tensor one = Tensor.scalar(1);
        String what = c + ": argument " + argument;
        Probe.assertClose(hv, Probe.difference(at -> Derivatives.vjp(f, at, one), x, v, STEP), TOLERANCE, what);
        double size = 1;
        for (double each : hv.data()) size = Math.max(size, Math.abs(each));
        assertThat(Probe.dot(u, hv)).as(what).isCloseTo(Probe.dot(v, hu), offset(1e-11 * size * x.size()));
    }

    static Stream<Case> others() {
        return soft().filter(c -> !closed(c));
    }

    /** The other methods refuse, unless the order does not move with the argument: then the result is linear in it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void otherMethodsSayWhyNot(Case c) {
        for (int argument = 0; argument < c.data().length; argument++) {
            UnaryOperator<Tensor> f = Probe.weighted(Probe.of(c, argument));
            Tensor x = c.data()[argument];
            if (keys(c.operator()).contains(argument)) {
                assertThatThrownBy(() -> Derivatives.hessianVectorProduct(f, x, x))
                        .as(c.toString())
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessage(CLOSED_FORM);
            } else {
                assertThat(Derivatives.hessianVectorProduct(f, x, x).data())
                        .as(c.toString())
                        .containsOnly(0);
            }
        }
    }

    /** Which arguments the order is made of; none for noise alone. */
    private static List<Integer> keys(Operator operator) {
        if (operator == Ranking.SPEARMAN) return List.of(0, 1);
        if (operator == Ordering.SORT_BY || operator == Sampling.CHOICE) return List.of(1);
        return operator == Sampling.PERMUTATION ? List.of() : List.of(0);
    }

    /** A composition of operators, with batches and a variable that is used twice. */
    @Test
    void compositions() {
        Soft soft = Soft.smooth(0.4);
        Tensor x = Tensor.of(new int[] {2, 4}, Probe.direction(3, 8));
        UnaryOperator<Tensor> f = v -> {
            Tensor ranks = soft.rank(v, true, -1);
            Tensor close = soft.greater(soft.sort(v), soft.relu(v));
            return ranks.times(close).sumLast().over(soft.norm(v).plus(1)).sum();
        };
        Tensor t = Probe.direction(4, x);
        Tensor one = Tensor.scalar(1);
        Tensor hv = Derivatives.hessianVectorProduct(f, x, t);
        Probe.assertClose(hv, Probe.difference(at -> Derivatives.vjp(f, at, one), x, t, STEP), TOLERANCE, "composed");
    }

    @Test
    void functionsWithoutASecondDerivative() {
        Tensor x = Tensor.of(1, 2);
        assertThatThrownBy(() -> Derivatives.hessianVectorProduct(
                        v -> v.map(Math::sin, Math::cos).sum(), x, x))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(CLOSED_FORM);
        Pointwise product = new Pointwise() {
            @Override
            public double value(double[] in) {
                return in[0] * in[1];
            }

            @Override
            public void partials(double[] in, double[] d) {
                d[0] = in[1];
                d[1] = in[0];
            }
        };
        assertThatThrownBy(() -> Derivatives.hessianVectorProduct(
                        v -> Tensor.pointwise(product, v, v).sum(), x, x))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("hessianVectorProduct: the function must be made of results whose second derivative is"
                        + " given; " + product.getClass().getName() + " overrides partials and not curvatures");
        assertThatThrownBy(() -> Derivatives.hessianVectorProduct(v -> v, x, x))
                .hasMessage("hessianVectorProduct: the function must have one number as its value, got"
                        + " Tensor[2][1.0, 2.0]; sum it with weights");
        assertThatThrownBy(() -> Derivatives.hessianVectorProduct(Tensor::sum, x, Tensor.of(1)))
                .hasMessage("hessianVectorProduct: the direction must have size 2, got 1");
    }

    @Test
    void functionsThatDoNotCurve() {
        Tensor x = Tensor.of(1, 2);
        assertThat(Derivatives.hessianVectorProduct(v -> Tensor.scalar(1), x, x).data())
                .containsExactly(0, 0);
        assertThat(Derivatives.hessianVectorProduct(Tensor::sum, x, x).data()).containsExactly(0, 0);
        assertThat(Derivatives.hessianVectorProduct(v -> v.times(v).sum(), x, Tensor.of(3, 5))
                        .data())
                .containsExactly(6, 10);
    }

    /** Rows by vjp and columns by jvp make one matrix, wider than high and higher than wide. */
    @ParameterizedTest
    @EnumSource(Method.class)
    void jacobians(Method method) {
        Soft soft = Soft.smooth(0.3).with(method);
        Tensor x = Tensor.of(new int[] {2, 3}, Probe.direction(8, 6));
        assertJacobian(v -> soft.rank(v, true, -1), x, 6, method);
        if (!method.hasPlaces()) return;
        assertJacobian(v -> soft.max(v, -1, false), x, 2, method);
        assertJacobian(v -> soft.sort(v), x, 6, method);
        assertJacobian(v -> soft.sort(Tensor.stack(List.of(v, v.times(2)))), x, 12, method);
        if (method.hasMatrix()) assertJacobian(soft::argsort, x, 18, method);
    }

    private static void assertJacobian(UnaryOperator<Tensor> f, Tensor x, int m, Method method) {
        int n = x.size();
        Tensor jacobian = Derivatives.jacobian(f, x);
        assertThat(jacobian.shape()).containsExactly(m, n);
        Tensor y = f.apply(x);
        List<Tensor> columns = new ArrayList<>();
        for (int j = 0; j < n; j++) {
            columns.add(Derivatives.jvp(f, x, unit(x, j)).reshape(m));
        }
        Probe.assertClose(jacobian, Tensor.stack(columns).permute(1, 0), 1e-10, method + " by columns");
        List<Tensor> rows = new ArrayList<>();
        for (int i = 0; i < m; i++) rows.add(Derivatives.vjp(f, x, unit(y, i)).reshape(n));
        Probe.assertClose(jacobian, Tensor.stack(rows), 1e-10, method + " by rows");
        assertThat(Arrays.stream(jacobian.data()).anyMatch(each -> each != 0)).isTrue();
    }

    private static Tensor unit(Tensor like, int at) {
        double[] e = new double[like.size()];
        e[at] = 1;
        return Tensor.of(like.shape(), e);
    }
}
