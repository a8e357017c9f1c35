// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.DocumentCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command lines of the documents use commands and options that there are. */
class DocumentedCommandsTest {

    private static final Pattern CALL =
            Pattern.compile("^(?:\\w+=\\S+ )*(?:bin/)?supple ([a-z]+)(.*?)(?: # .*)?$", Pattern.MULTILINE);
    private static final Pattern OPTION = Pattern.compile(" (--[a-z][a-z-]*)");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");

    static List<String> documents() throws IOException {
        return DocumentCode.documents("sh");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void commandsAndOptionsAreThere(String document) throws IOException {
        for (String block : DocumentCode.blocks(document, "sh")) {
            Matcher call = CALL.matcher(block);
            while (call.find()) {
                String help = help(call.group(1));
                Matcher option = OPTION.matcher(QUOTED.matcher(call.group(2)).replaceAll("''"));
                while (option.find()) assertThat(help).as(call.group()).containsPattern(option.group(1) + "\\b");
            }
        }
    }

    private static String help(String command) {
        StringWriter out = new StringWriter();
        List<String> errors = new ArrayList<>();
        int code = Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), command, "--help");
        if (code != 0) errors.add(command);
        assertThat(errors).as("commands that there are not").isEmpty();
        return out.toString();
    }
}
