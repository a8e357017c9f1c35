// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code features --report}. */
class FeaturesReportTest {

    private static final String CALL =
            "features ../datasets/flights/flights-week.csv @result%s --group date,origin --report @%s --select ";
    private static final String SELECT = "soft_rank(dep_delay) AS lateness_rank";

    @BeforeAll
    static void start() {
        Sessions.shared();
    }

    private static String[] call(String output, String page, String... more) {
        String[] words = CALL.formatted(output, page).strip().split(" ");
        String[] all = java.util.Arrays.copyOf(words, words.length + 1 + more.length);
        all[words.length] = SELECT;
        System.arraycopy(more, 0, all, words.length + 1, more.length);
        return all;
    }

    @Test
    void aPageIsWrittenBesideTheTable(@TempDir Path folder) throws IOException {
        Calls calls = new Calls(folder);
        assertThat(calls.supple(call("", "page.html"))).as(calls.err()).isZero();
        String html = Files.readString(folder.resolve("page.html"));
        assertThat(html)
                .contains("<th scope=\"row\">Lists</th><td>21</td>")
                .contains("<th scope=\"row\">Rows</th><td>6,546</td>")
                .contains("lateness_rank against softness");
        String[] ranked = "features ../datasets/nasty/nasty.txt @ranked.letor --group qid --report @letor.html --select"
                .split(" ");
        ranked = java.util.Arrays.copyOf(ranked, ranked.length + 1);
        ranked[ranked.length - 1] = "soft_rank(f1) AS f1_rank";
        assertThat(calls.supple(ranked)).as(calls.err()).isZero();
        assertThat(Files.readString(folder.resolve("letor.html"))).contains("f1_rank against softness");
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeTheWork(@TempDir Path folder) throws IOException {
        Calls calls = new Calls(folder);
        assertThat(calls.supple(call("", "no/such/page.html"))).isEqualTo(2);
        assertThat(calls.err()).contains("features: --report must be a file in a folder that exists");
        Files.writeString(folder.resolve("page.html"), "mine");
        assertThat(calls.supple(call("", "page.html"))).isEqualTo(2);
        assertThat(calls.err()).contains("--report must not exist").contains("--overwrite");
        assertThat(folder.resolve("result")).doesNotExist();
        assertThat(Files.readString(folder.resolve("page.html"))).isEqualTo("mine");
        assertThat(calls.supple(call("", "page.html", "--overwrite")))
                .as(calls.err())
                .isZero();
        assertThat(Files.readString(folder.resolve("page.html"))).contains("Soft features");
    }
}
