// SPDX-License-Identifier: Apache-2.0
package io.supple;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every operator, by family and by name. */
public final class Catalogue {

    /**
     * Operators that share an interface.
     *
     * @param name one word
     * @param summary what they have in common
     * @param operators in the order of the documentation
     */
    public record Family(String name, String summary, List<Operator> operators) {}

    private static final List<Family> FAMILIES = List.of(
            Elementwise.ELEMENTWISE,
            Comparison.COMPARISON,
            Logic.LOGIC,
            Selection.SELECTION,
            Ordering.ORDERING,
            Extremum.EXTREMUM,
            Quantile.QUANTILES,
            Safe.SAFE,
            Sampling.SAMPLING,
            Ranking.RANKING,
            Losses.LOSSES);

    private static final Map<String, Operator> BY_NAME = new LinkedHashMap<>();

    static {
        for (Operator operator : operators()) {
            if (BY_NAME.put(operator.name(), operator) != null) {
                throw new AssertionError("two operators are named " + operator.name());
            }
        }
    }

    private Catalogue() {}

    /** The families, in the order of the documentation. */
    public static List<Family> families() {
        return FAMILIES;
    }

    /** All operators, family by family. */
    public static List<Operator> operators() {
        List<Operator> all = new ArrayList<>();
        for (Family family : FAMILIES) all.addAll(family.operators());
        return all;
    }

    /**
     * The operator of a name.
     *
     * @throws IllegalArgumentException if there is none, with a name that is near
     */
    public static Operator operator(String name) {
        Operator operator = BY_NAME.get(name);
        if (operator == null) {
            String near = Nearest.hint(name, BY_NAME.keySet());
            throw new IllegalArgumentException("Catalogue: operator must be a name of the catalogue, got '" + name + "'"
                    + (near.isEmpty() ? "; Catalogue.operators() are all of them" : near));
        }
        return operator;
    }
}
