// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.Cutoff;
import io.supple.Method;
import io.supple.Param;
import io.supple.Repeats;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Values for one parameter, as SQL: those that it takes, and those that it refuses. */
final class Values {

    private static final int MANY = 100;

    private final Dice dice;
    private final Literals literals;
    private final int length; // of the lists of this call

    Values(Dice dice, int length) {
        this.dice = dice;
        literals = new Literals(dice);
        this.length = length;
    }

    /** A value of the kind that the parameter takes; the numbers in it may be as strange as they like. */
    String taken(Param param) {
        if (param instanceof Param.Data data) return data(data.form());
        if (param instanceof Param.Real real) return real(real.range());
        if (param instanceof Param.Flag) return dice.of("true", "false", "NOT true", "1 > 0");
        if (param instanceof Param.Choice choice) return choice(choice);
        if (param instanceof Param.Seed) {
            return dice.from(
                    () -> dice.of("0", "-1", "7L", "9223372036854775807L", "-9223372036854775807L", "2 + 3", "5Y"),
                    () -> dice.bits() / 2 + "L");
        }
        if (param instanceof Repeats) return dice.of("0", "1", "5L", "2 + 1", "NULL", "CAST(NULL AS INT)");
        if (param instanceof Param.Level level) return level(level.most());
        if (param instanceof Param.Count || param instanceof Cutoff) return count(param);
        throw new AssertionError("no values for a parameter like " + param);
    }

    private String count(Param param) {
        boolean cut = param.varies(); // by the length of the list; others are as many as is said
        return dice.from(
                () -> String.valueOf(1 + dice.below(Math.max(length, 1))),
                () -> dice.of("1", "2", "3L", "1 + 1", "2.0D", "CAST(2 AS DECIMAL(9, 0))"),
                () -> cut ? dice.of("2147483647", "1000") : String.valueOf(1 + dice.below(MANY)));
    }

    private String real(Param.Range range) {
        boolean probability = range == Param.Range.PROBABILITY;
        return dice.from(
                () -> probability
                        ? dice.of("1D", "1", "1E-320D", "0.013D")
                        : dice.of("0.1D", "0.1", "1", "0.05D + 0.05D"),
                () -> probability ? "0.5D" : dice.of("1E-6D", "4.9E-324D", "1E6D", "1E300D", "1.7976931348623157E308D"),
                () -> Math.exp(-Math.abs(dice.normal())) + "D");
    }

    private String choice(Param.Choice choice) {
        String text = Param.Choice.text(dice.of(choice.values()));
        return dice.percent(20) ? "'" + text.toUpperCase(Locale.ROOT) + "'" : "'" + text + "'";
    }

    private String level(int most) {
        Supplier<String> one =
                () -> dice.percent(30) ? dice.of("0D", most + "D", "0") : most * dice.below(100) / 99.0 + "D";
        return dice.percent(60) ? one.get() : Literals.array(dice.times(dice.below(4), one));
    }

    private String data(Param.Form form) {
        if (form.list() && !form.nested() && dice.percent(5)) {
            return literals.vector(length, form == Param.Form.LABELS ? literals::label : literals::truth);
        }
        return switch (form) {
            case NUMBERS -> dice.percent(40) ? literals.typed() : literals.list(length, literals::number);
            case TRUTHS -> dice.percent(40) ? truth() : literals.list(length, literals::truth);
            case NUMBER -> literals.typed();
            case TRUTH -> truth();
            case LIST -> list();
            case TRUTH_LIST -> dice.percent(10) ? booleans() : literals.list(length, literals::truth);
            case LABELS -> literals.list(length, literals::label);
            case INDEX -> literals.list(length, literals::truth);
            case INDICES ->
                Literals.array(dice.times(
                        dice.below(4),
                        () -> dice.percent(10)
                                ? "CAST(NULL AS ARRAY<DOUBLE>)"
                                : Literals.array(dice.times(length, literals::truth))));
        };
    }

    private String truth() {
        return dice.percent(20) ? dice.of("true", "false") : literals.truth();
    }

    private String booleans() {
        return Literals.array(dice.times(length, () -> dice.of("true", "false", Literals.NULL)));
    }

    private String list() {
        return literals.list(length, literals::number);
    }

    /** A value that the parameter may refuse, or that has its own ways of being wrong. */
    String hostile(Param param) {
        return dice.from(
                literals::strange,
                literals::number,
                () -> dice.of(Literals.NULL, "CAST(NULL AS DOUBLE)", "CAST(NULL AS INT)", "CAST(NULL AS STRING)"),
                () -> dice.of("0", "-1", "1.5D", "1E300D", "9223372036854775807L", "'nonsense'", "'0.1'", "''"),
                () -> dice.of("id", "id + 0.5D", "rand(3)", "(SELECT 0.1D)", "uuid()", "CAST(id AS STRING)"),
                () -> Literals.array(List.of(taken(param))),
                () -> Literals.array(List.of("0.5D", Literals.NAN, Literals.NULL)),
                () -> new Values(dice, length + 1).taken(param));
    }

    /** Whether lists must be short for the call to be done in a moment. */
    static boolean slow(List<Argument> arguments) {
        return arguments.stream()
                .map(argument -> argument.sql().toLowerCase(Locale.ROOT))
                .anyMatch(sql -> sql.equals("'" + Param.Choice.text(Method.OT) + "'")
                        || sql.equals("'" + Param.Choice.text(Method.SMOOTH_SORT) + "'"));
    }
}
