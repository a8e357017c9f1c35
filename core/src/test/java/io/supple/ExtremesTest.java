// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ties, the ends of the doubles, tiny and huge softness: values and gradients stay finite. */
class ExtremesTest {

    private static final double[][] LISTS = {
        {2, 2, 2, 2, 2, 2, 2},
        {1, 1, 2, 2, 3, 3, 3},
        {0.0, -0.0, 0.0, -0.0, 1, 1, 0},
        {1e308, -1e308, 1e308, 0, 1e307, -1e307, 1},
        {1e-308, -1e-308, Double.MIN_VALUE, 0, 1e-300, 2e-308, -1e-300},
        {1e6, 1e6 + 1e-6, 1e6 - 1e-6, 1e6, 0, 1e-6, -1e6},
    };

    static Stream<Case> cases() {
        return Catalogue.operators().stream()
                .filter(o -> o.data().get(0).form() == Param.Form.LIST && !o.random())
                .flatMap(o -> Stream.of(1e-6, 0.1, 1e6)
                        .flatMap(s -> Cases.choices(o, s).stream())
                        .flatMap(c ->
                                Cases.calls(o).limit(1).map(call -> call.with(c).defined())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void valuesAndGradientsAreFinite(Case c) {
        for (double[] list : LISTS) {
            // smooth_sort takes lists as they are, and so wide a one has no optimum in doubles: refused, not missed
            if (c.soft().method() == Method.SMOOTH_SORT && list[0] == 1e308) continue;
            Tensor[] data = c.data();
            data[0] = Tensor.of(list.clone());
            Case at = c.with(data);
            for (double value : at.value().data())
                assertThat(value).as("%s of %s", c, list).isFinite();
            for (double gradient : at.gradients()[0])
                assertThat(gradient).as("gradient of %s", c).isFinite();
        }
    }
}
