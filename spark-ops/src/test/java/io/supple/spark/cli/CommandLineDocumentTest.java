// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

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
        assertThat(calls.out()).contains("best feature: features[0]").contains("random order");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("Training: NDCG@10");
    }

    @Test
    void everyCommandAndEveryOptionOfItsOwnIsThere() throws IOException {
        String document = Files.readString(DOCUMENT);
        CommandSpec main = Main.commands().getCommandSpec();
        main.subcommands().forEach((name, command) -> {
            if (name.equals("help")) return;
            assertThat(document).contains("| `" + name);
            if (!List.of("generate", "score", "evaluate").contains(name)) return;
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (List.of("--help", "--version", "--master", "--conf", "--output-format")
                        .contains(option.longestName())) {
                    continue;
                }
                assertThat(document).as(name).contains("`" + option.longestName());
            }
        });
    }
}
