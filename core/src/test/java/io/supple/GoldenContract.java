// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.supple.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and vjps against those of the reference library, softtorch 0.1.1 in float64. */
class GoldenContract {

    private static final List<String> FAMILIES = List.of(
            "elementwise",
            "comparison",
            "logic",
            "selection",
            "ordering-hard",
            "ordering-softsort",
            "ordering-neuralsort",
            "ordering-fast_soft_sort",
            "ordering-ot",
            "ordering-sorting_network",
            "straight-through",
            "softjax",
            "readme");

    /** Closed forms are held to this rather than to the looser tolerance that the file allows. */
    private static final double CLOSED_FORM = 1e-10;

    /** The reference's softplus switches to the identity above 20 softnesses, which is off by this much of one. */
    private static final double SOFTPLUS_SWITCH = 2.1e-9;

    static Stream<Golden> cases() {
        return FAMILIES.stream().flatMap(family -> Golden.read(family).stream()).filter(Golden::supported);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agrees(Golden golden) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        Map<String, Tensor> results = golden.evaluate(gradients);
        results.forEach((field, result) ->
                compare(golden + " " + field, result, golden.expected().get(field), tolerance(golden)));
        gradients.forEach((input, gradient) -> compare(
                golden + " vjp " + input, gradient, golden.json().get("vjp").get(input), 100 * tolerance(golden)));
    }

    private static double tolerance(Golden golden) {
        if (golden.family().equals("readme")) return golden.tolerance("output"); // printed with four decimals
        if (golden.arg("method").asText().equals("smooth_sort"))
            return golden.tolerance("output"); // its reference is solved
        boolean softplus = golden.family().equals("elementwise")
                && golden.arg("mode").asText().equals("smooth");
        return softplus ? CLOSED_FORM + SOFTPLUS_SWITCH * golden.arg("softness").asDouble() : CLOSED_FORM;
    }

    private static void compare(String what, Tensor got, JsonNode node, double tolerance) {
        Tensor expected = Golden.tensor(node);
        assertThat(got.size()).as(what + " size").isEqualTo(expected.size());
        for (int i = 0; i < got.size(); i++) {
            double e = expected.data()[i];
            double bound = tolerance * Math.max(1, Math.abs(e));
            assertThat(Math.abs(got.data()[i] - e))
                    .as("%s [%d]: got %s, expected %s", what, i, got.data()[i], e)
                    .isLessThanOrEqualTo(bound);
        }
    }

    @Test
    void everyOperatorHasReferenceValuesOrSaysWhyNot() {
        Set<String> covered = cases().filter(g -> !g.op().equals("dynamic_slice"))
                .flatMap(g -> fields(g).map(f -> g.operator(f).name()))
                .collect(Collectors.toSet());
        for (Operator operator : Catalogue.operators()) {
            boolean said = operator.unreferenced() != null;
            assertThat(covered.contains(operator.name()) || said)
                    .as("%s has no reference case: add one, or declare it unreferenced(why)", operator)
                    .isTrue();
        }
    }

    @Test
    void theFilesAreComplete() {
        Map<String, Long> counts =
                cases().collect(Collectors.groupingBy(Golden::family, TreeMap::new, Collectors.counting()));
        assertThat(counts).containsOnlyKeys(FAMILIES);
        assertThat(counts.get("ordering-softsort")).isEqualTo(385);
        assertThat(counts.get("ordering-neuralsort")).isEqualTo(385);
        assertThat(counts.get("ordering-ot")).isEqualTo(385);
        assertThat(counts.get("ordering-fast_soft_sort")).isEqualTo(242);
        assertThat(counts.get("ordering-sorting_network")).isEqualTo(369);
        assertThat(counts.get("elementwise")).isEqualTo(348);
        assertThat(counts.get("selection")).isEqualTo(54);
        assertThat(counts.get("softjax")).isEqualTo(121);
    }

    private static Stream<String> fields(Golden golden) {
        Stream.Builder<String> fields = Stream.builder();
        golden.expected().fieldNames().forEachRemaining(fields);
        return fields.build();
    }
}
