// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.Catalogue;
import io.supple.Operator;
import io.supple.Soft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Every surface has the operators of the catalogue, no more and no fewer. */
class NamesTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static Set<String> catalogue(Function<Operator, String> name) {
        return Catalogue.operators().stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void sqlFunctionsAreThoseOfTheCatalogue() {
        Set<String> expected = new TreeSet<>(catalogue(operator -> "soft_" + operator.name()));
        expected.addAll(catalogue(operator -> "soft_" + operator.name() + "_vjp"));
        for (Operator operator : Catalogue.operators()) {
            if (operator.aggregates()) expected.add("soft_" + operator.name() + "_agg");
            if (operator.boosts()) expected.add("soft_" + operator.name() + "_objective");
        }
        Set<String> registered = SESSION.sql("SHOW FUNCTIONS LIKE 'soft_*'").collectAsList().stream()
                .map(row -> row.getString(0))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(registered)
                .as(
                        "functions of a session. They are derived from Catalogue.operators() by SqlFunction.all(); one that is"
                                + " missing is not in the list of its family, one too many was registered elsewhere")
                .isEqualTo(expected);
    }

    /** The names that other people's SQL relies on: new ones are welcome, none goes away. */
    @Test
    void sqlFunctionsKeepTheirNames() throws IOException {
        List<String> promised;
        try (InputStream names = NamesTest.class.getResourceAsStream("promised-functions.txt")) {
            promised = new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
        Set<String> missing = new LinkedHashSet<>(promised);
        for (SqlFunction function : SqlFunction.all()) missing.remove(function.name());
        assertThat(missing)
                .as("functions that were promised and are no longer there: rename nothing, or keep the old name too")
                .isEmpty();
    }

    @Test
    void columnsAndCoreHaveATypedMethodForEveryOperator() {
        Set<String> expected = catalogue(operator -> operator.name().replace("_", ""));
        for (Class<?> surface : List.of(Soft.class, SoftColumns.class)) {
            Set<String> methods = Arrays.stream(surface.getMethods())
                    .map(method -> method.getName().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toSet());
            assertThat(methods)
                    .as("typed methods of " + surface.getSimpleName()
                            + ". Each operator has one in the interface of its"
                            + " family, beside its declaration; a new family goes into the implements clause of both")
                    .containsAll(expected);
        }
        assertThat(Arrays.stream(SoftColumns.class.getInterfaces()).map(Class::getName))
                .as("families of SoftColumns and of Soft")
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Soft.class.getInterfaces())
                        .map(Class::getName)
                        .toList());
    }
}
