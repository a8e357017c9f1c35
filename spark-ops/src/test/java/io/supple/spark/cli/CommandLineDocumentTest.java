// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That docs/command-line.md says what is there, and that its example runs. */
class CommandLineDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/command-line.md");

    @BeforeAll
    static void start() {
        Sessions.shared();
    }

    @Test
    void theExampleRuns(@TempDir Path folder) throws IOException {
        List<String> commands = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("bin/supple "))
                .map(line -> line.substring("bin/supple ".length()).replace("target/", folder + "/"))
                .toList();
        assertThat(commands).hasSize(5);
        Calls calls = new Calls(folder);
        for (String command : commands) calls.succeeds(command);
        assertThat(calls.out()).contains("best feature: feature 1 ").contains("random order");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("Training: NDCG@10");
    }

    /** Of the help, as a reader sees it: what parses it stands under another name inside the jar. */
    @Test
    void everyCommandAndEveryOptionOfItsOwnIsThere() throws IOException {
        String document = Files.readString(DOCUMENT);
        Set<String> commands = found("(?m)^ {2}([a-z]+) {2,}\\S", help());
        commands.remove("help");
        assertThat(commands).contains("features", "generate", "train", "score", "evaluate");
        for (String command : commands) assertThat(document).contains("| `" + command);
        for (String command : List.of("generate", "score", "evaluate")) {
            Set<String> options = found("(?m)^ {2,6}(?:-\\w, )?(--[a-z-]+)", help(command));
            assertThat(options).as(command).contains("--help").hasSizeGreaterThan(4);
            options.removeAll(List.of("--help", "--version", "--master", "--conf", "--output-format"));
            for (String option : options) assertThat(document).as(command).contains("`" + option);
        }
    }

    private static String help(String... command) {
        StringWriter out = new StringWriter();
        String[] call = Arrays.copyOf(command, command.length + 1);
        call[command.length] = "--help";
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), call))
                .isZero();
        return out.toString();
    }

    private static Set<String> found(String pattern, String text) {
        Set<String> all = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> all.add(match.group(1)));
        return all;
    }
}
