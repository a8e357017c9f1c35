// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether what was thrown tells the caller what is wrong: in whose name, and with which argument. */
final class Clarity {

    /** What a caller never may see, whatever the message. */
    private static final List<Class<? extends Throwable>> NEVER = List.of(
            ClassCastException.class,
            NullPointerException.class,
            IndexOutOfBoundsException.class,
            NegativeArraySizeException.class,
            ArrayStoreException.class,
            NumberFormatException.class,
            java.util.NoSuchElementException.class,
            java.util.ConcurrentModificationException.class,
            ReflectiveOperationException.class,
            Error.class);

    /** Of Spark's insides; and smooth_sort has an optimum for every finite list. */
    private static final List<String> NEVER_SAID =
            List.of("INTERNAL_ERROR", "janino", "CompileException", "MatchError", "the optimum was not found");

    private Clarity() {}

    /**
     * What is not clear about it; null if all is.
     *
     * @param thrown what was thrown
     * @param name in whose name it must be said
     * @param params names of which one must be said
     */
    static String complaint(Throwable thrown, String name, List<String> params) {
        StringBuilder said = new StringBuilder();
        for (Throwable each : causes(thrown)) {
            for (Class<?> never : NEVER) {
                if (never.isInstance(each)) return each.getClass().getName();
            }
            String message = String.valueOf(each.getMessage());
            String firstLine = message.lines().findFirst().orElse("");
            for (String word : NEVER_SAID) {
                if (message.contains(word) || each.getClass().getName().contains(word)) return word;
            }
            said.append(firstLine).append('\n');
        }
        String text = said.toString();
        if (!text.contains(name)) return "does not name " + name;
        boolean named = params.stream().anyMatch(param -> says(text, param));
        return named ? null : "names no parameter";
    }

    /** Whether any of its messages has these words. */
    static boolean says(Throwable thrown, String words) {
        return causes(thrown).stream()
                .anyMatch(each -> String.valueOf(each.getMessage()).contains(words));
    }

    private static boolean says(String text, String param) {
        return Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(param) + "(?![A-Za-z0-9_])")
                .matcher(text)
                .find();
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable each = thrown; each != null && !causes.contains(each); each = each.getCause()) causes.add(each);
        return causes;
    }

    /** The shortest account of it: the deepest cause, and where in the code of the project it was thrown. */
    static String account(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        Throwable deepest = causes.get(causes.size() - 1);
        String message = String.valueOf(deepest.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .replaceFirst("^.*due to data type mismatch: ", "");
        String where = Stream.of(deepest.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.supple.")
                        && !frame.getClassName().startsWith("io.supple.spark.fuzz."))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
        return deepest.getClass().getSimpleName() + ": " + message + where;
    }
}
