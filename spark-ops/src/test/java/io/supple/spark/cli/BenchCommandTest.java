// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the benchmark runs and reports; how fast anything is, no test says. */
class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void session() {
        Sessions.shared();
    }

    private int bench(String... arguments) {
        String[] all = new String[1 + arguments.length];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    @Test
    void tablesFilesAndPictures(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        assertThat(bench(
                        "--numbers",
                        "600",
                        "--lengths",
                        "3,20",
                        "--runs",
                        "1",
                        "--warm-up",
                        "0",
                        "--output",
                        "" + page,
                        "--pictures",
                        "" + folder))
                .as(err.toString())
                .isZero();
        String printed = out.toString();
        assertThat(printed)
                .contains("600 numbers a column, cached; medians of 1 runs after 0 of warming up")
                .contains("| n = 3 ", "| n = 20 ", "net / sort_array(x)", "net / exp(v)")
                .contains("| `soft_sort_vjp(x, cotangent => x)` ", "| `stage SoftSort, softsort` ");
        assertThat(Files.readString(page).lines().filter(line -> line.startsWith("| `")))
                .as("rows of the tables")
                .hasSize(2 * 18 + 2 * 11 + 26);
        for (String suite : new String[] {"lists", "gradients", "numbers"}) {
            BufferedImage picture = ImageIO.read(folder.resolve(suite + ".png").toFile());
            assertThat(picture.getWidth()).isEqualTo(1200);
        }
        assertThat(err.toString()).contains("Lists, n = 20: round 1 of 1");
    }

    @Test
    void aDeviceRacesAgainstTheJvm() {
        assertThat(bench("--device=cpu", "--numbers=600", "--lengths=3", "--runs=1", "--warm-up=0"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Device: cpu", "| sort | 100 | ", "| rank | 1 | ", "| rank breaks even | ");
    }

    @Test
    void theRankerRacesAgainstLogisticRegression() {
        assertThat(bench("ranker", "--rows=200", "--features=3", "--runs=1"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("200 rows of 3 features in lists of 100")
                .contains("| LogisticRegression | ", "| SoftRanker, approxNDCG | ", "| 1.00 |")
                .doesNotContain("NaN", "## Lists");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--runs=0        | bench: --runs must be a whole number >= 1, got 0",
                "--lengths=10,0  | bench: --lengths must be whole numbers >= 1, got 0",
                "--numbers=-5    | bench: --numbers must be a whole number >= 1, got -5",
                "--warm-up=-1    | bench: --warm-up must be a whole number >= 0, got -1",
                "--output=no/such/page.md | bench: --output must be a file in a folder that exists, got 'no/such/page.md'",
                "--pictures=pom.xml | bench: --pictures must be a folder, or the name of a new one, got 'pom.xml'",
                "--rows=99       | bench: --rows must be a whole number >= 100, got 99",
                "--features=0    | bench: --features must be a whole number >= 1, got 0",
                "--device=none   | bench: --device: 'none' must be there, got none: 'none' is not on the class path",
                "sorting         | bench: SUITE must be one of lists, gradients, numbers, ranker, got 'sorting'",
            })
    void wrongCalls(String argument, String message) {
        assertThat(bench(argument)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }
}
