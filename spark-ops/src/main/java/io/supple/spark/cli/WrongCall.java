// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import io.supple.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A call that could not be read, as one message: what must be given and what was, and where the help is. The help itself, which
 * fills a screen, would hide it.
 */
final class WrongCall {

    private final ParameterException wrong;
    private final CommandLine command;
    private final List<String> given;

    private WrongCall(ParameterException wrong, List<String> given) {
        this.wrong = wrong;
        this.command = wrong.getCommandLine();
        this.given = given;
    }

    static int report(ParameterException wrong, String... given) {
        WrongCall call = new WrongCall(wrong, Arrays.asList(given));
        wrong.getCommandLine().getErr().println("supple: " + call.name() + call.message());
        return CommandLine.ExitCode.USAGE;
    }

    private boolean outermost() {
        return command.getParent() == null;
    }

    private String name() {
        return outermost() ? "" : command.getCommandName() + ": ";
    }

    private String message() {
        List<String> strangers = command.getParseResult().unmatched();
        String option = strangers.stream()
                .filter(each -> each.startsWith("-"))
                .findFirst()
                .orElse(null);
        if (option != null) return unknown("option", option.replaceFirst("=.*$", ""), options());
        // names of commands are told before what lacks
        if (outermost() && !strangers.isEmpty()) {
            return unknown("command", strangers.get(0), command.getSubcommands().keySet());
        }
        if (wrong instanceof MissingParameterException missing) return missing(missing.getMissing(), lacking());
        if (!strangers.isEmpty()) {
            return "'" + strangers.get(0) + "' is one argument too many; text with spaces must stand in quotes. "
                    + help();
        }
        String value = value(wrong.getArgSpec(), wrong.getValue());
        return (value == null ? plain(wrong.getMessage()) : value) + "; " + help();
    }

    private List<String> options() {
        return new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
    }

    private String unknown(String what, String name, Iterable<String> names) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        String near = Nearest.hint(name, all);
        return "there is no " + what + " '" + name + "'" + (near.isEmpty() ? "; " + help() : near);
    }

    private String help() {
        return "'" + command.getCommandSpec().qualifiedName() + " --help' lists "
                + (outermost() ? "the commands" : "what it takes");
    }

    /** All that must be given and is not, of which picocli tells the first. */
    private List<ArgSpec> lacking() {
        List<ArgSpec> given = command.getParseResult().matchedArgs();
        return command.getCommandSpec().args().stream()
                .filter(each -> each.required() && !given.contains(each))
                .sorted(Comparator.comparing(ArgSpec::isOption))
                .toList();
    }

    private String missing(List<ArgSpec> missing, List<ArgSpec> lacking) {
        List<String> names = (lacking.isEmpty() ? missing : lacking)
                .stream().map(WrongCall::name).toList();
        for (ArgSpec each : missing) {
            if (each instanceof OptionSpec option && Stream.of(option.names()).anyMatch(given::contains)) {
                return name(each) + " must have a value, " + each.paramLabel() + "; " + help();
            }
        }
        int last = names.size() - 1;
        String all = last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
        return all + " must be given; " + help();
    }

    private static String name(ArgSpec each) {
        return each instanceof OptionSpec option ? option.longestName() : each.paramLabel();
    }

    /** What a value must be, by the type that it could not be turned into; null if that is not known. */
    private static String value(ArgSpec of, String value) {
        if (of == null) return null;
        Class<?> type = of.auxiliaryTypes().length > 0 && !Map.class.isAssignableFrom(of.type())
                ? of.auxiliaryTypes()[0]
                : of.type();
        String must;
        String near = "";
        if (type.isEnum()) {
            List<String> names = Arrays.stream(type.getEnumConstants())
                    .map(each -> ((Enum<?>) each).name().toLowerCase(Locale.ROOT))
                    .toList();
            must = "one of " + String.join(", ", names);
            near = value == null ? "" : Nearest.hint(value, names);
        } else if (Map.class.isAssignableFrom(type)) {
            must = of.paramLabel().replaceAll("[^=]+=[^=]+", "of the form $0");
        } else if (List.of(int.class, long.class, Integer.class, Long.class).contains(type)) {
            must = of.isMultiValue() ? "whole numbers, separated by commas" : "a whole number";
        } else if (type == double.class || type == Double.class) {
            must = "a number";
        } else {
            return null;
        }
        return value == null ? null : name(of) + " must be " + must + ", got '" + value + "'" + near;
    }

    private static String plain(String text) {
        return text.lines().findFirst().orElse(text).replaceFirst("\\.$", "").replace("option option", "option");
    }
}
