// SPDX-License-Identifier: Apache-2.0
package io.supple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad value gives "operator: parameter must be allowed, got value". */
class ErrorContract {

    record Bad(Operator operator, Param param, Object value) {
        @Override
        public String toString() {
            return operator + " " + param.name() + " = " + value;
        }
    }

    static Stream<Bad> own() {
        return Catalogue.operators().stream()
                .flatMap(o -> o.params().stream().flatMap(p -> bad(p).stream().map(v -> new Bad(o, p, v))));
    }

    static Stream<Bad> relaxation() {
        return Catalogue.operators().stream()
                .flatMap(o ->
                        o.relaxation().stream().flatMap(p -> bad(p).stream().map(v -> new Bad(o, p, v))));
    }

    private static List<Object> bad(Param param) {
        if (param instanceof Param.Real real) {
            List<Object> bad = new ArrayList<>(List.of(-1.0, Double.NaN, Double.POSITIVE_INFINITY, "0.1"));
            if (real.range() != Param.Range.NOT_NEGATIVE) bad.add(0.0);
            if (real.range() == Param.Range.PROBABILITY) bad.add(1.5);
            return bad;
        }
        if (param instanceof Param.Data data && data.form() == Param.Form.LABELS) {
            return Stream.of(-1, Double.NaN, Double.POSITIVE_INFINITY)
                    .map(bad -> (Object) Tensor.of(1, 0, bad.doubleValue(), 2, 0, 0, 1))
                    .toList();
        }
        if (param instanceof Param.Count || param instanceof Cutoff) return List.of(0, -1, 1.5, "3", Double.NaN);
        if (param instanceof Repeats) return List.of(-1, 1.5, "3", Double.NaN);
        if (param instanceof Param.Flag) return List.of("yes", 1);
        if (param instanceof Param.Choice) return List.of("nonsense", 3);
        if (param instanceof Param.Seed) return List.of(1.5, "7", Double.NaN, 1e300);
        if (param instanceof Param.Level level) {
            return List.of(-0.1, 1.1 * level.most(), Double.NaN, new double[] {0.5, 200}, "0.5");
        }
        if (param instanceof Param.Axis) return List.of("last");
        return List.of();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("own")
    void ownParameters(Bad bad) {
        Case c = Cases.calls(bad.operator()).findFirst().orElseThrow();
        List<Object> arguments = new ArrayList<>(c.arguments());
        arguments.set(bad.operator().params().indexOf(bad.param()), bad.value());
        assertThatThrownBy(() -> Soft.HARD.call(bad.operator(), arguments.toArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(bad.operator() + ": " + bad.param().name() + " must be "
                        + bad.param().allowed() + ", got ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("relaxation")
    void relaxationParameters(Bad bad) {
        assertThatThrownBy(() -> bad.param().check("soft_" + bad.operator(), bad.value()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("soft_" + bad.operator() + ": " + bad.param().name() + " must be "
                        + bad.param().allowed() + ", got " + Param.quoted(bad.value()));
    }

    @Test
    void softnessOfTheReceiver() {
        assertThatThrownBy(() -> Soft.smooth(0)).hasMessage("Soft: softness must be > 0 and finite, got 0.0");
    }

    @Test
    void countsBeyondTheList() {
        for (Operator operator : Catalogue.operators()) {
            for (Param param : operator.params()) {
                if (!(param instanceof Param.Count) || !param.varies()) continue;
                Object[] two = new Object[operator.data().size() + 1];
                Arrays.fill(two, Tensor.of(1, 2));
                two[two.length - 1] = 3;
                assertThatThrownBy(() -> Soft.HARD.call(operator, two))
                        .hasMessage(
                                operator + ": " + param.name() + " must be at most the length of the list, 2, got 3");
            }
        }
    }

    @Test
    void axesBeyondTheRank() {
        assertThatThrownBy(() -> Soft.HARD.sort(Tensor.of(1, 2), false, 1))
                .hasMessage("sort: axis must be within [-1, 0] for rank 1, got 1");
    }

    @Test
    void shapesThatDoNotBroadcast() {
        assertThatThrownBy(() -> Soft.HARD.greater(Tensor.of(1, 2), Tensor.of(1, 2, 3)))
                .hasMessage(
                        "greater: y must be of a shape that agrees with [2] on every axis counted from the last, or has"
                                + " length 1 there, got [3]");
    }

    @Test
    void matricesThatNoArrayHolds() {
        Tensor x = Tensor.of(new double[50_000]);
        assertThatThrownBy(() -> Soft.HARD.argsort(x))
                .hasMessage("argsort: x must be such that the weights of its elements in 50000 rows fit in an array of"
                        + " 2147483639, got 50000 elements");
        assertThatThrownBy(() -> Soft.smooth(0.1).argtopk(x, 45_000)).hasMessageStartingWith("argtopk: x must be such");
    }

    @Test
    void namesThatAreNone() {
        assertThatThrownBy(() -> Catalogue.operator("sotr"))
                .hasMessage("Catalogue: operator must be a name of the catalogue, got 'sotr'; did you mean 'sort'?");
        assertThatThrownBy(() -> Catalogue.operator("frobnicate"))
                .hasMessage("Catalogue: operator must be a name of the catalogue, got 'frobnicate';"
                        + " Catalogue.operators() are all of them");
    }

    @ParameterizedTest
    @CsvSource({
        "soft_rnak, soft_rank", // two letters that changed places are one mistake
        "SOFT_RANK, soft_rank",
        "soft_rankk, soft_rank",
        "so_rnk, ", // half of its letters are wrong
        "frobnicate, ",
        "qid, id",
        "x, ", // nothing of it is in 'y'
        "fast, fast_soft_sort", // the only one that begins so
        "sof, ", // two do
    })
    void suggestionsAreNear(String name, String expected) {
        List<String> names = List.of("soft_max", "soft_rank", "fast_soft_sort", "id", "y");
        assertThat(Nearest.to(name, names)).isEqualTo(Optional.ofNullable(expected));
        assertThat(Nearest.hint(name, names)).isEqualTo(expected == null ? "" : "; did you mean '" + expected + "'?");
    }
}
