// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** What derivatives are probed with: directions without structure, and differences of the function itself. */
final class Probe {

    private Probe() {}

    /** Numbers in (-1, 1) without structure. */
    static double[] direction(int seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] t = new double[n];
        for (int i = 0; i < n; i++) t[i] = 2 * random.nextDouble() - 1;
        return t;
    }

    /** The same in the shape of a tensor. */
    static Tensor direction(int seed, Tensor like) {
        return Tensor.of(like.shape(), direction(seed, like.size()));
    }

    static double dot(Tensor a, Tensor b) {
        assertThat(a.size()).isEqualTo(b.size());
        double dot = 0;
        for (int i = 0; i < a.size(); i++) dot += a.data()[i] * b.data()[i];
        return dot;
    }

    /** {@code x + h t}. */
    static Tensor moved(Tensor x, double h, Tensor t) {
        double[] y = x.data().clone();
        for (int i = 0; i < y.length; i++) y[i] += h * t.data()[i];
        return Tensor.of(x.shape(), y);
    }

    /** The derivative along t by central differences. */
    static Tensor difference(UnaryOperator<Tensor> f, Tensor x, Tensor t, double h) {
        Tensor up = f.apply(moved(x, h, t));
        Tensor down = f.apply(moved(x, -h, t));
        double[] d = new double[up.size()];
        for (int i = 0; i < d.length; i++) d[i] = (up.data()[i] - down.data()[i]) / (2 * h);
        return Tensor.of(up.shape(), d);
    }

    /** Equal, element by element, up to a part of the largest expected one and of 1. */
    static void assertClose(Tensor got, Tensor expected, double part, String what) {
        assertThat(got.shape()).as(what).isEqualTo(expected.shape());
        double size = 1;
        for (double each : expected.data()) size = Math.max(size, Math.abs(each));
        for (int i = 0; i < got.size(); i++) {
            assertThat(got.data()[i])
                    .as("%s [%d] of %s, expected %s", what, i, got, expected)
                    .isCloseTo(expected.data()[i], offset(part * size));
        }
    }

    /** The case as a function of one of its data arguments, the others as they are. */
    static UnaryOperator<Tensor> of(Case c, int argument) {
        return x -> {
            List<Object> arguments = new ArrayList<>(c.arguments());
            arguments.set(argument, x);
            return new Case(c.operator(), c.soft(), arguments).value();
        };
    }

    /** A weighted sum of the results of a function: one number, with a gradient that does not vanish. */
    static UnaryOperator<Tensor> weighted(UnaryOperator<Tensor> f) {
        return x -> {
            Tensor y = f.apply(x);
            return y.times(Tensor.of(y.shape(), Case.weights(y.size()))).sum();
        };
    }

    /** One of the lists of a two-axis tensor. */
    static double[] row(Tensor x, int i) {
        int n = x.length(-1);
        return Arrays.copyOfRange(x.data(), i * n, (i + 1) * n);
    }
}
