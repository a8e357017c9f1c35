// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not change when lists are shuffled, shifted or scaled. */
class InvarianceContract {

    private static final int[] SHUFFLE = {4, 0, 6, 2, 5, 1, 3};

    static Stream<Case> lists() {
        return Stream.concat(Cases.hard(), Cases.soft())
                .filter(c -> c.operator().data().get(0).form().list())
                .filter(c -> !c.operator().random()) // noise belongs to places
                .filter(c -> c.operator().data().size() == 1 || Cases.orders(c.operator())) // other lists are indices
                .filter(c -> c.operator() != Selection.NARROW);
    }

    /** A bitonic network of soft swaps sees where its elements begin. */
    static Stream<Case> equivariant() {
        return lists().filter(c -> c.soft().method() != Method.SORTING_NETWORK);
    }

    /** Results along elements follow their elements; results along places stay. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("equivariant")
    void shuffling(Case c) {
        double[] x = c.data()[0].data();
        double[] before = c.value().data();
        double[] after = c.with(Arrays.stream(c.data())
                        .map(InvarianceContract::shuffled)
                        .toArray(Tensor[]::new))
                .value()
                .data();
        boolean byElement =
                c.operator().result().distribution() || c.operator().result().first() == Result.Axis.ELEMENT;
        for (int i = 0; i < after.length; i++) {
            int n = x.length;
            int source = byElement ? i / n * n + SHUFFLE[i % n] : i;
            assertThat(after[i]).as("%s [%d]", c, i).isCloseTo(before[source], offset(tolerance(c)));
        }
    }

    /** A transport plan is iterated to a residual of 1e-9 and one step more. */
    private static double tolerance(Case c) {
        return c.soft().method() == Method.OT ? 1e-9 : 1e-12;
    }

    private static Tensor shuffled(Tensor x) {
        double[] shuffled = new double[x.size()];
        for (int i = 0; i < shuffled.length; i++) shuffled[i] = x.data()[SHUFFLE[i]];
        return Tensor.of(shuffled);
    }

    static Stream<Case> standardized() {
        return lists().filter(c -> Cases.orders(c.operator())
                && c.soft().method() != Method.SMOOTH_SORT // takes lists as they are
                && (c.soft().mode() == Mode.HARD || c.soft().standardize()));
    }

    /** Standardised orders do not see location and scale, up to the floor 1e-6 in the variance; values move along. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("standardized")
    void locationAndScale(Case c) {
        double scale = 250;
        double shift = -31;
        double[] x = c.data()[0].data();
        double[] moved = new double[x.length];
        for (int i = 0; i < x.length; i++) moved[i] = scale * x[i] + shift;
        double[] before = c.value().data();
        Tensor[] data = c.data();
        data[0] = Tensor.of(moved);
        double[] after = c.with(data).value().data();
        Result result = c.operator().result();
        boolean metric = Ranking.RANKING.operators().contains(c.operator())
                || Losses.LOSSES.operators().contains(c.operator());
        boolean values = !metric && !result.distribution() && result.first() != Result.Axis.ELEMENT;
        for (int i = 0; i < after.length; i++) {
            double expected = values ? scale * before[i] + shift : before[i];
            assertThat(after[i]).as("%s [%d]", c, i).isCloseTo(expected, offset(values ? 2e-3 : 1e-4));
        }
    }
}
