// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.Param;
import io.supple.spark.Missing;
import io.supple.spark.SqlFunction;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** SQL functions of a group: every route gives the same bits, those of the function of the array, or a clear refusal. */
final class GroupTarget implements Target, AutoCloseable {

    private static final String VALUES = "x";

    private final List<SqlFunction> functions = SqlFunction.aggregates();
    private final Sender sender;
    private final int routes;

    GroupTarget(SparkSession session, int routes) {
        sender = new Sender(session, SqlTarget.LONGEST_CALL);
        this.routes = routes;
    }

    @Override
    public String name() {
        return "SQL aggregates";
    }

    @Override
    public void attack(Dice dice, Tally tally) {
        SqlFunction function = dice.of(functions);
        Param element = function.params().get(0);
        Call drawn = new Calls(dice).draw(function);
        Argument given = drawn.argument(element.name());
        String values = dice.percent(85) ? list(dice, element) : "array(" + (given == null ? "1D" : given.sql()) + ")";
        Call call = drawn.with(argument -> argument.equals(given) ? argument.with(VALUES) : argument);
        String table = "(SELECT id, explode(" + values + ") AS x FROM range(1))";
        Outcome usual = send(call, GroupRoute.USUAL, table, tally);
        for (int i = 0; i < routes; i++) {
            GroupRoute route = dice.of(GroupRoute.others());
            boolean none = values.equals("array()");
            if (!none || route.ofNothing()) agree(call, table, usual, route, send(call, route, table, tally), tally);
        }
        array(call, table, usual, tally);
    }

    private static String list(Dice dice, Param element) {
        Literals literals = new Literals(dice);
        boolean truth = ((Param.Data) element).form().truth();
        return literals.list(literals.length(), truth ? literals::truth : literals::number);
    }

    private Outcome send(Call call, GroupRoute route, String table, Tally tally) {
        String query = route.query(call.constant(), table);
        return send(call, route.settings(), query, route + " ", tally);
    }

    private Outcome send(Call call, Map<String, String> settings, String query, String route, Tally tally) {
        Outcome outcome = sender.first(settings, () -> sender.session().sql(query));
        String name = call.function().name();
        Verdict.enter(tally, name, outcome, name, SqlTarget.names(call), route + query);
        return outcome;
    }

    private static void agree(Call call, String table, Outcome usual, GroupRoute route, Outcome other, Tally tally) {
        boolean values = usual instanceof Outcome.Value && other instanceof Outcome.Value;
        boolean same = values ? usual.equals(other) : usual.getClass() == other.getClass();
        if (same) return;
        // the other group of these two holds a NULL of its own
        boolean asked = call.argument(Missing.PARAM.name()) != null;
        if (asked && route == GroupRoute.GROUPED && other instanceof Outcome.Thrown) return;
        tally.fail(
                call.function().name() + " differs by route " + route,
                route.query(call.constant(), table) + "\n    " + usual + "\n    " + other);
    }

    /** The function of the array of the sorted values gives the same; which of two zeros comes first SQL does not say. */
    private void array(Call call, String table, Outcome usual, Tally tally) {
        if (!(usual instanceof Outcome.Value) || table.contains("-0.0")) return;
        if (call.argument(Missing.PARAM.name()) != null
                || call.arguments().get(0).name() != null) return;
        String list = "sort_array(collect_list(CAST(x AS DOUBLE)))";
        Call ofArray = new Call(new SqlFunction(call.function().operator(), false), call.arguments())
                .with(a -> a.equals(call.arguments().get(0)) ? a.with(list) : a);
        Outcome other = send(ofArray, Map.of(), "SELECT " + ofArray + " AS v FROM " + table, "", tally);
        if (!usual.equals(other)) {
            tally.fail(call.function().name() + " is not the function of the array", call + table + usual + other);
        }
    }

    @Override
    public void close() {
        sender.close();
    }
}
