// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hard mode against the lines of the reference's README that the plain tensor library printed: its indices count from 0,
 * its ranks are ascending, its logic takes truth values above 1/2 for true.
 */
class PlainLinesTest {

    private static final String PLAIN = "torch.";

    /** Names that the plain library spells in its own way. */
    private static final Map<String, String> SPELT = Map.of(
            "absolute", "abs", "and", "logical_and", "or", "logical_or", "not", "logical_not", "xor", "logical_xor");

    private static String name(Golden golden) {
        String name =
                golden.op().substring(PLAIN.length()).toLowerCase(Locale.ROOT).replace(' ', '_');
        return SPELT.getOrDefault(name, name);
    }

    static Stream<Golden> lines() {
        return Golden.read("readme").stream()
                .filter(g -> g.op().startsWith(PLAIN))
                .filter(g ->
                        Catalogue.operators().stream().anyMatch(o -> o.name().equals(name(g))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void hardModeDoesWhatThePlainLibraryDoes(Golden golden) {
        Operator operator = Catalogue.operator(name(golden));
        List<Object> arguments = new ArrayList<>();
        for (Param param : operator.params()) {
            JsonNode input = golden.json().get("inputs").path(param.name());
            if (param instanceof Param.Data data && !input.isMissingNode()) arguments.add(data(data, input));
            else if (golden.arg(param.name()).isNumber())
                arguments.add(golden.arg(param.name()).numberValue());
            else arguments.add(param.name().equals("descending") ? (Object) false : param.byDefault());
        }
        Tensor result = Soft.HARD.call(operator, arguments.toArray());
        double[] expected = Golden.tensor(golden.expected().elements().next()).data();
        double[] got = operator.result().distribution() ? places(result) : result.data();
        boolean ranks = operator.result() == Result.ELEMENTS;
        assertThat(got).hasSameSizeAs(expected);
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i] - (ranks ? 1 : 0)).as(golden.toString()).isCloseTo(expected[i], offset(5e-5));
        }
    }

    private static Tensor data(Param.Data param, JsonNode input) {
        Tensor x = Golden.tensor(input);
        return param.form().truth() ? x.map(v -> v > 0.5 ? 1 : 0, v -> 0) : x;
    }

    /** Where each one-hot row has its one. */
    private static double[] places(Tensor oneHot) {
        int n = oneHot.length(-1);
        double[] places = new double[oneHot.size() / n];
        for (int r = 0; r < places.length; r++) {
            double[] row = Arrays.copyOfRange(oneHot.data(), r * n, (r + 1) * n);
            while (row[(int) places[r]] != 1) places[r]++;
        }
        return places;
    }

    @Test
    void theLinesAreThere() {
        assertThat(lines()).hasSize(34);
    }
}
