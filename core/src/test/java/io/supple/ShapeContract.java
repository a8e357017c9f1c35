// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Axes, batches, single elements, empty lists, distributions. */
class ShapeContract {

    private static final int BATCH = 3;

    static Stream<Case> every() {
        return Stream.concat(Cases.hard(), Cases.soft());
    }

    static Stream<Case> lists() {
        return every().filter(c -> axis(c) >= 0)
                .filter(c -> c.operator().data().size() == 1) // others have shapes of their own: SelectionTest
                .filter(c -> !c.operator().random()); // noise belongs to places: SamplingTest
    }

    private static int axis(Case c) {
        for (int i = 0; i < c.operator().params().size(); i++) {
            if (c.operator().params().get(i) instanceof Param.Axis) return i;
        }
        return -1;
    }

    private static Case along(Case c, Tensor x, Integer axis) {
        List<Object> arguments = new ArrayList<>(c.arguments());
        arguments.set(0, x);
        arguments.set(axis(c), axis);
        return new Case(c.operator(), c.soft(), arguments);
    }

    /** Lists that are the sample shifted, scaled and turned. */
    private static double[] list(Case c, int which) {
        double[] x = c.data()[0].data().clone();
        for (int i = 0; i < x.length; i++) x[i] = x[(i * 3 + which) % x.length] * (1 - 0.11 * which);
        return x;
    }

    /** A list's result does not know its neighbours: bit for bit, values and gradients. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void batchNeighboursDoNotMatter(Case c) {
        int n = c.data()[0].size();
        double[] all = new double[BATCH * n];
        for (int b = 0; b < BATCH; b++) System.arraycopy(list(c, b), 0, all, b * n, n);
        Tensor x = Tensor.of(new int[] {BATCH, n}, all);
        Tensor batch = along(c, x, -1).value();
        Tensor turned = along(c, x.permute(1, 0), 0).value();
        for (int b = 0; b < BATCH; b++) {
            double[] alone = along(c, Tensor.of(list(c, b)), -1).value().data();
            double[] within = part(c, batch, b, true);
            assertThat(within).as("%s list %d", c, b).isEqualTo(alone);
            assertThat(part(c, turned, b, false))
                    .as("%s list %d along axis 0", c, b)
                    .isEqualTo(alone);
        }
    }

    /** The values of one list in a batch of three along the last (or first) axis. */
    private static double[] part(Case c, Tensor y, int b, boolean lastAxis) {
        int at = -1;
        int[] shape = y.shape();
        boolean levels = c.operator().result().first() == Result.Axis.LEVEL
                && shape[0] == 2
                && shape.length > 1
                && c.arguments().stream().anyMatch(double[].class::isInstance);
        boolean distribution = c.operator().result().distribution();
        // the batch axis: first along the last axis; else the last but the distribution's
        if (lastAxis) at = levels ? 1 : 0;
        else at = shape.length - 1 - (distribution ? 1 : 0);
        if (!lastAxis && shape[at] != BATCH) at--;
        Tensor front = y.moveAxis(at, 0);
        int size = y.size() / BATCH;
        return Arrays.copyOfRange(front.data(), b * size, (b + 1) * size);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void oneElement(Case c) {
        double x = c.data()[0].data()[0];
        List<Object> arguments = new ArrayList<>(c.arguments());
        for (int i = 0; i < arguments.size(); i++) {
            if (c.operator().params().get(i) instanceof Param.Count count && count.varies()) arguments.set(i, 1);
        }
        Case one = new Case(c.operator(), c.soft(), arguments).with(Tensor.of(x));
        // a network is padded to two places, and the soft pad takes its share
        double tolerance =
                switch (c.soft().method() == null ? Method.SOFTSORT : c.soft().method()) {
                    case SORTING_NETWORK -> 0.3;
                    case OT -> 1e-10; // an anchor that nothing is sent to has mass 1e-12
                    default -> 1e-12;
                };
        for (double value : one.value().data()) {
            boolean unit = Math.abs(value - 1) < Math.min(tolerance, 1e-10);
            boolean same = Math.abs(value - x) < tolerance;
            assertThat(unit || same)
                    .as("%s of one element %s is %s", c, x, value)
                    .isTrue();
        }
        for (double gradient : one.gradients()[0]) assertThat(gradient).isFinite();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void emptyList(Case c) {
        boolean counted = c.operator().params().stream().anyMatch(p -> p instanceof Param.Count && p.varies());
        if (counted) return; // no count fits an empty list; refused, see ErrorContract
        Tensor y = along(c, Tensor.of(), -1).value();
        boolean defined = !Cases.orders(c.operator()); // a product or a length of nothing
        for (double value : y.data())
            assertThat(Double.isNaN(value) || defined)
                    .as("%s of nothing: %s", c, y)
                    .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("every")
    void distributionsSumToOneAndTruthsLieBetween(Case c) {
        Tensor y = c.value();
        if (c.operator().result().distribution()) {
            int n = c.data()[0].size();
            for (int from = 0; from < y.size(); from += n) {
                double sum = 0;
                for (int j = from; j < from + n; j++) {
                    assertThat(y.data()[j]).as(c.toString()).isBetween(0.0, 1.0 + 1e-12);
                    sum += y.data()[j];
                }
                double tolerance = c.soft().method() == Method.OT ? 1e-9 : 1e-12;
                assertThat(sum).as(c.toString()).isCloseTo(1, offset(tolerance));
            }
        }
    }
}
