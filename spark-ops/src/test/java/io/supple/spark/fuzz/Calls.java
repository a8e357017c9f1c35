// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import io.supple.Param;
import io.supple.spark.SqlFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Draws calls of a function: many that are as they should be but for their numbers, and many that are not. */
final class Calls {

    private static final int LONG = 400;

    private final Dice dice;

    Calls(Dice dice) {
        this.dice = dice;
    }

    Call draw(SqlFunction function) {
        int length = new Literals(dice).length();
        List<Param> params = function.params();
        int wrong = dice.percent(40) ? dice.below(params.size()) : -1; // which argument is not as it should be
        List<Argument> arguments = new ArrayList<>();
        List<Param> given = new ArrayList<>();
        for (int i = 0; i < params.size(); i++) {
            Param param = params.get(i);
            if (i != wrong && left(param)) continue;
            arguments.add(argument(function, param, length, i == wrong));
            given.add(param);
        }
        nameThem(params, given, arguments);
        Call call = new Call(function, arguments);
        if (dice.percent(3) && !Values.slow(arguments)) call = longLists(call);
        return dice.percent(8) ? misshapen(call) : call;
    }

    /** Whether a parameter is left out. */
    private boolean left(Param param) {
        boolean required = param.required() && !isCotangent(param);
        return !required && dice.percent(isCotangent(param) ? 10 : 70);
    }

    private static boolean isCotangent(Param param) {
        return param.name().equals("cotangent");
    }

    private Argument argument(SqlFunction function, Param param, int length, boolean wrong) {
        Values values = new Values(dice, length);
        boolean data = param instanceof Param.Data;
        String sql = wrong ? values.hostile(param) : values.taken(param);
        if (isCotangent(param) && !wrong && dice.percent(90)) sql = Argument.VALUE;
        boolean varies = data || (param.varies() && dice.percent(50));
        if (Call.changes(sql)) varies = false; // it does already
        return new Argument(null, sql, varies && !function.aggregate() && !sql.equals(Argument.VALUE));
    }

    /** The first arguments may come by their places, as far as none was left out; the others by name, in any order. */
    private void nameThem(List<Param> params, List<Param> given, List<Argument> arguments) {
        int places = 0;
        while (places < given.size() && given.get(places).equals(params.get(places))) places++;
        places = dice.percent(50) ? places : Math.min(places, dice.below(params.size()));
        for (int i = places; i < arguments.size(); i++) {
            arguments.set(i, arguments.get(i).named(given.get(i).name()));
        }
        List<Argument> named = arguments.subList(places, arguments.size());
        if (dice.percent(30)) Collections.reverse(named);
    }

    /** Every list as long as no other. */
    private Call longLists(Call call) {
        String end = "sequence(1, " + (1 + dice.below(LONG)) + ")";
        return call.with(a -> a.isArray() && !a.sql().startsWith("array(array") ? a.with(end) : a);
    }

    /** Names that are none, twice, or in the wrong place; too few arguments and too many. */
    private Call misshapen(Call call) {
        List<Argument> arguments = new ArrayList<>(call.arguments());
        Argument any = arguments.get(dice.below(arguments.size()));
        String name = dice.of(call.function().params()).name();
        switch (dice.below(6)) {
            case 0 -> arguments.add(any.named(dice.of("softnes", "x1", "temperature", "`a b`", "`é`", "`x.y`")));
            case 1 -> arguments.add(any.named(name));
            case 2 -> arguments.add(any.named(name.toUpperCase(java.util.Locale.ROOT)));
            case 3 -> arguments.remove(dice.below(arguments.size()));
            case 4 -> arguments.addAll(Collections.nCopies(20, any));
            default -> Collections.reverse(arguments);
        }
        return new Call(call.function(), arguments, call.rows());
    }
}
