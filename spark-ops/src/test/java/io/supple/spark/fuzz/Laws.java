// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.Param;
import io.supple.Relaxation;
import io.supple.spark.Missing;
import io.supple.spark.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is promised of NULL and NaN, whatever the function. */
final class Laws {

    private static final String MISSING = Missing.PARAM.name();

    /** Parts of numbers whose sums and squares are no number. */
    private static final List<String> WIDE = List.of("NaN", "Infinity", "E308", "E300", "E155", "E154", "E38");

    /**
     * Checks the outcome of a call, and of variants of it.
     *
     * @param outcome of the call
     * @param send what sends a variant
     */
    void check(Call call, Outcome outcome, Function<Call, Outcome> send, Tally tally) {
        nullArguments(call, outcome, tally);
        finite(call, outcome, tally);
        if (call.argument(MISSING) != null || !(outcome instanceof Outcome.Value value)) return;
        boolean nan = data(call).anyMatch(a -> Literals.hasNan(a.sql()));
        if (nan) {
            Outcome ignored = send.apply(missing(call, Missing.IGNORE_NAN));
            Outcome asNull = send.apply(withData(call, Literals::nansAsNull));
            same("ignores NaN otherwise than NULL", call, ignored, asNull, tally);
        }
        boolean gaps = data(call).anyMatch(a -> a.isArray() && a.sql().contains(Literals.NULL));
        if (gaps && outcome instanceof Outcome.Value) {
            gaps(call, send, tally);
            if (droppable(call)) dropped(call, value, send, tally);
        }
    }

    private static Stream<Argument> data(Call call) {
        return call.function().operator().data().stream()
                .map(param -> call.argument(param.name()))
                .filter(java.util.Objects::nonNull);
    }

    private static Call withData(Call call, Function<String, String> change) {
        List<Argument> data = data(call).toList();
        return call.with(a -> data.contains(a) ? a.with(change.apply(a.sql())) : a);
    }

    private static Call missing(Call call, Missing policy) {
        List<Argument> arguments = new ArrayList<>(call.arguments());
        arguments.add(new Argument(MISSING, SqlFunction.literal(policy), false));
        return new Call(call.function(), arguments, call.rows());
    }

    /** A NULL argument makes the result NULL, unless NULL is a value of it. */
    private static void nullArguments(Call call, Outcome outcome, Tally tally) {
        if (!(outcome instanceof Outcome.Value value) || value.isNull()) return;
        for (Param param : call.function().params()) {
            Argument argument = call.argument(param.name());
            boolean value_ = !param.required() && param.byDefault() == null;
            if (argument != null && argument.isNull() && !value_) {
                tally.fail(call.function().name() + " gives no NULL for NULL " + param.name(), call + " " + value);
            }
        }
    }

    /** Finite lists that are not too wide have finite soft orders. */
    private static void finite(Call call, Outcome outcome, Tally tally) {
        boolean orders = call.function().operator().relaxation().stream()
                .anyMatch(param -> param.name().equals(Relaxation.METHOD));
        boolean oneList = call.function().operator().data().size() == 1; // two may have no correlation
        if (!orders || !oneList || !(outcome instanceof Outcome.Value value)) return;
        if (call.argument(Relaxation.STANDARDIZE) != null || call.argument(Relaxation.RETURN_LOG_PROBS) != null) return;
        boolean narrow = call.arguments().stream().noneMatch(a -> WIDE.stream().anyMatch(a.sql()::contains));
        boolean finite = !value.text().contains("NaN") && !value.text().contains("Infinity");
        if (narrow && !finite) {
            tally.fail(call.function().name() + " is not finite", call + " " + value);
        }
    }

    /** One NULL element: missing => 'null' gives NULL, 'error' refuses. */
    private static void gaps(Call call, Function<Call, Outcome> send, Tally tally) {
        Outcome asNull = send.apply(missing(call, Missing.NULL));
        if (asNull instanceof Outcome.Value value && !value.isNull()) {
            tally.fail(call.function().name() + " gives a value with missing => 'null'", call + " " + value);
        }
        Outcome refused = send.apply(missing(call, Missing.ERROR));
        if (refused instanceof Outcome.Value value && !value.isNull()) {
            tally.fail(call.function().name() + " gives a value with missing => 'error'", call + " " + value);
        }
    }

    /** Whether the function is of one list, so that its NULL elements may as well not be there. */
    private static boolean droppable(Call call) {
        return !call.function().vjp()
                && call.function().operator().data().size() == 1
                && call.function().operator().data().get(0).form().list()
                && !call.function().operator().result().distribution();
    }

    private static void dropped(Call call, Outcome.Value value, Function<Call, Outcome> send, Tally tally) {
        Outcome without = send.apply(withData(call, sql -> "array_compact(" + sql + ")"));
        if (!(without instanceof Outcome.Value other)) return;
        String left = value.text().replaceAll("(null, )+|(, null)+", "").replace("[null]", "[]");
        String right = other.text().replaceAll("(null, )+|(, null)+", "").replace("[null]", "[]");
        if (!left.equals(right)) {
            tally.fail(
                    call.function().name() + " is another without its NULL elements",
                    call + "\n    " + value + "\n    " + other);
        }
    }

    private static void same(String law, Call call, Outcome one, Outcome other, Tally tally) {
        boolean values = one instanceof Outcome.Value && other instanceof Outcome.Value;
        if (values && !one.equals(other)) {
            tally.fail(call.function().name() + " " + law, call + "\n    " + one + "\n    " + other);
        }
    }
}
