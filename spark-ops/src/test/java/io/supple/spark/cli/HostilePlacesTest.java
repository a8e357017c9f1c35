// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.supple.spark.OwnProcess;
import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs that cannot be written, names of all kinds, and values that are not there. */
class HostilePlacesTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        assertThat(Sessions.shared().version()).isNotEmpty();
    }

    private Calls table(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
        return new Calls(folder);
    }

    /** Rows that no compression makes small. */
    private static String noise(int rows) {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("g,x\n");
        for (int i = 0; i < rows; i++)
            csv.append(i % 50).append(',').append(random.nextGaussian()).append('\n');
        return csv.toString();
    }

    @Test
    void namesWithBlanksAndLettersOfAllKinds() throws IOException {
        Calls calls = table("in put/\u00e9t\u00e9 (1).csv", noise(20));
        String[] job = {
            "features",
            "@in put/\u00e9t\u00e9 (1).csv",
            "@out put/\u4e2d \u0436.parquet",
            "--group",
            "g",
            "--select",
            "soft_rank(x) AS r"
        };
        assertThat(calls.supple(job)).as(calls.err()).isZero();
        assertThat(Sessions.shared()
                        .read()
                        .parquet(calls.at("out put/\u4e2d \u0436.parquet"))
                        .count())
                .isEqualTo(20);
    }

    @Test
    void aFileWhereAFolderShouldBe() throws IOException {
        Calls calls = table("t.csv", noise(5));
        calls.refuses(1, "features @t.csv @t.csv/out --group g --select soft_rank(x)", "cannot write '");
    }

    /** A small file system in memory, which only root may mount; without it the test is skipped, by name. */
    @Test
    void aFullDiskLeavesNothingAndKeepsTheOlderOutput() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()),
                "SKIPPED: a full disk, since no small file system may be mounted here");
        try {
            Calls small = table("small.csv", noise(10));
            small.succeeds("features @small.csv @disk/out --group g --select soft_rank(x)");
            Calls large = table("large.csv", noise(60_000));
            String job = "features @large.csv @disk/out --group g --select soft_rank(x) --overwrite";
            assertThat(large.line(job)).as(large.err()).isEqualTo(1);
            assertThat(large.err()).contains("No space left on device").doesNotContain("\tat ");
            try (var files = Files.list(disk)) {
                assertThat(files.map(file -> file.getFileName().toString())).containsExactly("out");
            }
            assertThat(Sessions.shared()
                            .read()
                            .parquet(disk.resolve("out").toString())
                            .count())
                    .isEqualTo(10);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException none) { // no such program
            return false;
        }
    }

    /** Where no Spark runs yet, it does not start; the message says with what. */
    @ParameterizedTest
    @CsvSource({
        "--master, nowhere, 'must be such that Spark starts, got --master ''nowhere'': Could not parse Master URL'",
        "--conf, spark.local.dir=/dev/null/x, 'spark.local.dir must name a folder that can be written'",
        "--conf, spark.sql.codegen.factoryMode=x, 'and --conf {spark.sql.codegen.factoryMode=x}: The value'",
    })
    void aSparkThatDoesNotStart(String option, String value, String message) throws Exception {
        OwnProcess done = OwnProcess.supple(folder, Duration.ofMinutes(2), "sql", "SELECT 1", option, value);
        assertThat(done.code()).as(done.err()).isEqualTo(2);
        assertThat(done.err()).contains("supple: --", message).doesNotContain("Exception", "ERROR");
    }

    /** Features that are NULL have no score, and no part in what features alone would reach. */
    @Test
    void vectorsThatAreNotThere() throws IOException {
        Calls calls = table("t.csv", "");
        Sessions.shared()
                .sql("SELECT int(id / 4) AS qid, id % 4 AS label, id * 0.5D AS prediction,"
                        + " IF(id = 2, NULL, array(id * 1D, 1D)) AS list FROM range(12)")
                .select(
                        col("qid"),
                        col("label"),
                        col("prediction"),
                        when(col("list").isNotNull(), array_to_vector(col("list")))
                                .as("features"))
                .write()
                .parquet(calls.at("in.parquet"));
        calls.line("evaluate @in.parquet");
        assertThat(calls.err()).doesNotContain("NullPointer", "\tat ");
    }

    /** A NULL among feature columns is as a NaN, and what becomes of that is the ranker's to say. */
    @Test
    void featuresThatAreNotThere() throws IOException {
        Calls calls = table("t.csv", "qid,label,f1,f2\n1,0,0.5,\n1,1,2,1\n1,2,3,1.5\n2,0,1,1\n2,1,2,2\n");
        calls.refuses(
                2, "train @t.csv @model --max-iter 1", "featuresCol must be finite numbers, got NaN as feature 1");
        table("whole.csv", "qid,label,f1,f2\n1,0,0.5,1\n1,1,2,1\n1,2,3,1.5\n2,0,1,1\n2,1,2,2\n");
        calls.succeeds("train @whole.csv @model --max-iter 1 --handle-invalid keep");
        calls.succeeds("score @model @t.csv @scored.parquet");
        assertThat(Sessions.shared()
                        .read()
                        .parquet(calls.at("scored.parquet"))
                        .where("isnan(prediction)")
                        .count())
                .isEqualTo(1);
    }
}
