// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What help prints can be used as it stands. */
class HelpTest {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static Stream<String> commands() throws ReflectiveOperationException {
        return ((Map<?, ?>) ask("getSubcommands"))
                .keySet().stream().map(Object::toString).filter(name -> !name.equals("help"));
    }

    /** The command line's answer. By name, for in the jar that is shipped its class has another one. */
    private static Object ask(String method, Object... arguments) throws ReflectiveOperationException {
        Object line = Main.class.getDeclaredMethod("commands").invoke(null);
        Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
        return line.getClass().getMethod(method, types).invoke(line, arguments);
    }

    private static List<String> help(String... command) {
        StringWriter out = new StringWriter();
        List<String> call = new ArrayList<>(List.of(command));
        call.add("--help");
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), call.toArray(String[]::new)))
                .isZero();
        return out.toString().lines().toList();
    }

    /** As a shell joins them where one ends in a backslash. */
    private static List<String> examples(List<String> help) {
        int at = help.indexOf("Examples:");
        if (at < 0) return List.of();
        String section = String.join("\n", help.subList(at + 1, help.size()));
        return section.replace("\\\n", "").lines().map(String::strip).toList();
    }

    private static void parses(String example) {
        assertThat(example).startsWith("supple ");
        String[] words = WORD.matcher(example)
                .results()
                .skip(1)
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
        assertThatCode(() -> ask("parseArgs", (Object) words)).as(example).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examplesCanBePasted(String command) {
        List<String> examples = examples(help(command));
        if (!command.equals("functions")) assertThat(examples).hasSizeGreaterThan(1);
        examples.forEach(HelpTest::parses);
    }

    @Test
    void thoseOfAllCommandsToo() {
        assertThat(examples(help())).hasSize(4).allSatisfy(HelpTest::parses);
    }

    /** A number that is written as it is typed. */
    @ParameterizedTest
    @MethodSource("commands")
    void defaultsAreAsTheyAreTyped(String command) {
        String help = String.join(" ", help(command)).replaceAll("\\s+", " ");
        assertThat(help).doesNotContainPattern("default \\d{1,3}(,\\d{3})+(?![,\\d])");
    }
}
