// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The Params of a stage as options of a command: {@code regParam} is {@code --reg-param}, with the Param's own text and
 * default. What a value may be is for the Param to say.
 */
final class ParamOptions {

    private final Params stage;
    private final List<String> without;

    /**
     * Options.
     *
     * @param stage has its defaults
     * @param without Params that the command sets by itself
     */
    ParamOptions(Params stage, List<String> without) {
        this.stage = stage;
        this.without = List.copyOf(without);
    }

    private List<Param<?>> params() {
        List<Param<?>> params = new ArrayList<>();
        for (Param<?> param : stage.params()) if (!without.contains(param.name())) params.add(param);
        return params;
    }

    /** The option of a Param: words of its name with dashes between. */
    static String option(String param) {
        return "--" + param.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Adds the options to a command. */
    void addTo(CommandSpec spec) {
        for (Param<?> param : params()) {
            String name = option(param.name());
            if (spec.findOption(name) != null) throw new IllegalStateException("option " + name + " is there already");
            OptionSpec.Builder option = OptionSpec.builder(name)
                    .type(String.class)
                    .paramLabel(label(param))
                    .description(param.doc().replace("%", "%%") + byDefault(param) + ".");
            if (param instanceof BooleanParam) option.arity("0..1").fallbackValue("true");
            spec.addOption(option.build());
        }
    }

    private String byDefault(Param<?> param) {
        if (!stage.hasDefault(param)) return "";
        String value = text(stage.getDefault(param).get());
        return value.isEmpty() ? "" : "; default " + value;
    }

    private static String text(Object value) {
        if (value instanceof int[] a)
            return joined(Arrays.stream(a).mapToObj(Integer::toString).toList());
        if (value instanceof double[] a)
            return joined(Arrays.stream(a).mapToObj(Double::toString).toList());
        if (value instanceof String[] a) return joined(Arrays.asList(a));
        return String.valueOf(value);
    }

    private static String joined(List<String> parts) {
        return String.join(",", parts);
    }

    private static String label(Param<?> param) {
        if (param instanceof BooleanParam) return "true|false";
        if (param instanceof IntParam || param instanceof LongParam) return "N";
        if (param instanceof DoubleParam) return "X";
        if (param instanceof IntArrayParam) return "N,N";
        if (param instanceof DoubleArrayParam) return "X,X";
        return "NAME";
    }

    /** Sets the Params whose options were given. */
    void apply(ParseResult parsed) {
        for (Param<?> param : params()) {
            String name = option(param.name());
            String given = parsed.matchedOptionValue(name, null);
            if (given != null) set(param, name, given.strip());
        }
    }

    @SuppressWarnings("unchecked")
    private void set(Param<?> param, String option, String given) {
        Object value = value(param, option, given);
        try {
            stage.set((Param<Object>) param, value);
        } catch (IllegalArgumentException refused) { // the Param's own words, and the nearest of what it names
            throw new Failures.UsageException(option + ": " + refused.getMessage() + nearest(param, given));
        }
    }

    private static String nearest(Param<?> param, String given) {
        int named = param.doc().lastIndexOf("one of ");
        if (named < 0) return "";
        List<String> names =
                Arrays.asList(param.doc().substring(named + "one of ".length()).split(", "));
        return Nearest.hint(given, names);
    }

    private static Object value(Param<?> param, String option, String given) {
        if (param instanceof BooleanParam) {
            if (given.equalsIgnoreCase("true")) return true;
            if (given.equalsIgnoreCase("false")) return false;
            throw wrong(option, "true or false", given);
        }
        if (param instanceof IntParam) return parsed(option, "a whole number", given, Integer::valueOf);
        if (param instanceof LongParam) return parsed(option, "a whole number", given, Long::valueOf);
        if (param instanceof DoubleParam) return parsed(option, "a number", given, Double::valueOf);
        if (param instanceof IntArrayParam) {
            return parsed(
                    option,
                    "whole numbers, separated by commas",
                    given,
                    text -> parts(text).stream().mapToInt(Integer::parseInt).toArray());
        }
        if (param instanceof DoubleArrayParam) {
            return parsed(
                    option,
                    "numbers, separated by commas",
                    given,
                    text -> parts(text).stream()
                            .mapToDouble(Double::parseDouble)
                            .toArray());
        }
        if (param instanceof StringArrayParam) return parts(given).toArray(String[]::new);
        return given;
    }

    private static List<String> parts(String text) {
        if (text.isEmpty()) return List.of();
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static <T> T parsed(String option, String allowed, String given, Function<String, T> parse) {
        try {
            return parse.apply(given);
        } catch (NumberFormatException e) {
            throw wrong(option, allowed, given);
        }
    }

    private static Failures.UsageException wrong(String option, String allowed, String given) {
        return new Failures.UsageException(option + " must be " + allowed + ", got '" + given + "'");
    }
}
