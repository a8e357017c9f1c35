// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.Param;
import io.supple.spark.SqlFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;

/** SQL functions of a row: every route gives the same bits, or a refusal that says why. */
final class SqlTarget implements Target, AutoCloseable {

    static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    private final List<SqlFunction> functions =
            SqlFunction.all().stream().filter(function -> !function.aggregate()).toList();
    private final Sender sender;
    private final int routes;
    private final Laws laws = new Laws();

    /**
     * The functions in a session.
     *
     * @param session which others should not use meanwhile
     * @param routes how many other routes each call takes
     */
    SqlTarget(SparkSession session, int routes) {
        sender = new Sender(session, LONGEST_CALL);
        this.routes = routes;
    }

    @Override
    public String name() {
        return "SQL functions";
    }

    @Override
    public void attack(Dice dice, Tally tally) {
        Call call = new Calls(dice).draw(dice.of(functions));
        Outcome usual = send(Route.COLUMNS, call, tally);
        for (int i = 0; i < routes; i++) {
            Route route = dice.of(Route.others());
            if (route.takes(call)) agree(call, usual, route, send(route, call, tally), tally);
        }
        laws.check(call, usual, variant -> send(Route.COLUMNS, variant, tally), tally);
    }

    private Outcome send(Route route, Call call, Tally tally) {
        Outcome outcome = sender.first(route.settings(), () -> route.send(sender.session(), call));
        Verdict.enter(tally, call.function().name(), outcome, speaker(call), names(call), route + " " + call);
        return outcome;
    }

    /** In whose name refusals are: of a call within its own cotangent it may be that one's. */
    private static String speaker(Call call) {
        boolean nested = call.arguments().stream().anyMatch(a -> a.sql().equals(Argument.VALUE));
        return nested
                ? new SqlFunction(call.function().operator(), false).name()
                : call.function().name();
    }

    /** What may be named in a refusal: parameters, and names that were given for them. */
    static List<String> names(Call call) {
        List<String> names = new ArrayList<>();
        for (Param param : call.function().params()) names.add(param.name());
        call.arguments().stream()
                .map(Argument::name)
                .filter(Objects::nonNull)
                .map(name -> name.replace("`", ""))
                .forEach(names::add);
        names.add("WRONG_NUM_ARGS.WITHOUT_SUGGESTION");
        return names;
    }

    private static void agree(Call call, Outcome usual, Route route, Outcome other, Tally tally) {
        if (usual instanceof Outcome.Hanging || other instanceof Outcome.Hanging) return;
        boolean values = usual instanceof Outcome.Value && other instanceof Outcome.Value;
        boolean same = values ? usual.equals(other) : usual.getClass() == other.getClass();
        if (same || allowed(usual, route, other)) return;
        tally.fail(
                call.function().name() + " differs by route " + route,
                call + "\n    " + Route.COLUMNS + " " + short_(usual) + "\n    " + route + " " + short_(other));
    }

    /**
     * Two differences are meant. A constant that is not allowed is refused before rows come, even if another argument
     * makes the result NULL; and a row between may be refused for itself.
     */
    private static boolean allowed(Outcome usual, Route route, Outcome other) {
        boolean noConstant = usual instanceof Outcome.Thrown refused
                && Clarity.account(refused.thrown()).contains(" must be a constant");
        if (noConstant) return true; // the columns' route gave a column where too many arguments had moved it
        if (!(other instanceof Outcome.Thrown thrown)) return false;
        boolean early =
                thrown.thrown() instanceof AnalysisException && usual instanceof Outcome.Value value && value.isNull();
        return route == Route.BETWEEN_ROWS || route == Route.DEVICE || early;
    }

    private static String short_(Outcome outcome) {
        String text =
                outcome instanceof Outcome.Thrown thrown ? Clarity.account(thrown.thrown()) : String.valueOf(outcome);
        return text.substring(0, Math.min(text.length(), 300));
    }

    @Override
    public void close() {
        sender.close();
    }
}
