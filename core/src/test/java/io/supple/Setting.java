// SPDX-License-Identifier: Apache-2.0
package io.supple;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A method in a mode, on standardised keys or on raw ones: what a table about methods tells apart. */
record Setting(Method method, Mode mode, boolean standardize) {

    /** The p-norm modes differ from C1 and C2 in the step only and have no line of their own. */
    static final List<Mode> MODES = List.of(Mode.SMOOTH, Mode.C0, Mode.C1, Mode.C2);

    Soft soft(double softness) {
        return Soft.smooth(softness).with(mode).with(method).withStandardize(standardize);
    }

    static List<Setting> of(Method method) {
        List<Setting> settings = new ArrayList<>();
        for (boolean standardize : method.standardizes() ? new boolean[] {true, false} : new boolean[] {false}) {
            for (Mode mode : MODES) {
                if (method.existsIn(mode)) settings.add(new Setting(method, mode, standardize));
            }
        }
        return settings;
    }

    /** One cell: what holds in every setting of a method, told apart by mode and standardisation only where needed. */
    static String cell(Method method, Function<Setting, String> outcome) {
        Map<Boolean, Map<Mode, String>> found = new LinkedHashMap<>();
        for (Setting setting : of(method)) {
            found.computeIfAbsent(setting.standardize, s -> new LinkedHashMap<>())
                    .put(setting.mode, outcome.apply(setting));
        }
        List<String> parts =
                found.values().stream().map(Setting::byMode).distinct().toList();
        if (parts.size() == 1) return parts.get(0);
        return "standardised: " + parts.get(0) + "<br>raw: " + parts.get(1);
    }

    private static String byMode(Map<Mode, String> outcomes) {
        Map<String, List<String>> modes = new LinkedHashMap<>();
        outcomes.forEach((mode, text) -> modes.computeIfAbsent(text, t -> new ArrayList<>())
                .add(mode.name().toLowerCase(Locale.ROOT)));
        if (modes.size() == 1) return modes.keySet().iterator().next();
        List<String> parts = new ArrayList<>();
        modes.forEach((text, in) -> parts.add(text + " (" + String.join(", ", in) + ")"));
        return String.join(", ", parts);
    }

    static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
        return java.util.Arrays.stream(Method.values()).map(Setting::name).toList();
    }
}
