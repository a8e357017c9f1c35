// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Calls of the command line in a folder, and what they printed. */
final class Calls {

    private final Path folder;
    private String out;
    private String err;

    Calls(Path folder) {
        this.folder = folder;
    }

    /** Runs; arguments that begin with @ are files in the folder. */
    int supple(String... arguments) {
        StringWriter stdout = new StringWriter();
        StringWriter stderr = new StringWriter();
        String[] all = Stream.of(arguments)
                .map(each -> each.startsWith("@") ? at(each.substring(1)) : each)
                .toArray(String[]::new);
        int code = Main.run(new PrintWriter(stdout, true), new PrintWriter(stderr, true), all);
        out = stdout.toString();
        err = stderr.toString();
        return code;
    }

    /** Runs words with spaces between. */
    int line(String words) {
        return supple(words.strip().split("\\s+", -1));
    }

    void succeeds(String words) {
        assertThat(line(words)).as(() -> words + "\n" + err).isZero();
    }

    /** One line that says what to do, the code, and nothing left behind. */
    void refuses(int code, String words, String message) throws IOException {
        List<String> before = files();
        assertThat(line(words)).as(() -> words + "\n" + err).isEqualTo(code);
        assertThat(err).contains(message).doesNotContain("\tat ");
        assertThat(files()).isEqualTo(before);
    }

    String at(String name) {
        return folder.resolve(name).toString();
    }

    String out() {
        return out;
    }

    String err() {
        return err;
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
