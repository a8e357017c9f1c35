// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import io.supple.spark.SqlFunction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line: what it writes, what it prints, and how it ends. */
class CommandLineTest {

    private static final String WEEK = Path.of("../datasets/flights/flights-week.csv")
            .toAbsolutePath()
            .normalize()
            .toString();
    private static final String GROUP = "date, origin";
    private static final String SELECT =
            "soft_rank(dep_delay) AS lateness_rank, soft_topk_mask(dep_delay, 10) AS among_10_latest,"
                    + " soft_quantile(dep_delay, 0.9) AS p90_delay";

    private static SparkSession session;

    @TempDir
    private Path folder;

    private String out;
    private String err;

    @BeforeAll
    static void start() {
        session = Sessions.shared();
    }

    private int supple(String... arguments) {
        StringWriter stdout = new StringWriter();
        StringWriter stderr = new StringWriter();
        int code = Main.run(new PrintWriter(stdout, true), new PrintWriter(stderr, true), arguments);
        out = stdout.toString();
        err = stderr.toString();
        return code;
    }

    private int features(String input, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("features", input, folder.resolve("result").toString()));
        arguments.addAll(List.of(more));
        return supple(arguments.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theMainJob() throws IOException {
        assertThat(features(WEEK, "--group", GROUP, "--select", SELECT)).as(err).isZero();
        assertThat(out)
                .contains("rows     6,546")
                .contains("groups   21")
                .contains("seconds")
                .contains("rows/s");
        assertThat(files()).containsExactly("result");
        Dataset<Row> result = session.read().parquet(folder.resolve("result").toString());
        Dataset<Row> input = session.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(WEEK);
        assertThat(result.select("date", "origin", "flight", "dep_delay", "sched_dep_time", "tailnum")
                        .exceptAll(input.select("date", "origin", "flight", "dep_delay", "sched_dep_time", "tailnum"))
                        .count())
                .isZero();
        assertThat(result.count()).isEqualTo(6546);
        // cancelled flights have no delay, so no rank; the others of their group have
        assertThat(result.filter("dep_delay IS NULL AND lateness_rank IS NULL").count())
                .isEqualTo(519);
        assertThat(result.filter("dep_delay IS NOT NULL AND lateness_rank IS NULL")
                        .count())
                .isZero();
        Row sums = result.groupBy("date", "origin")
                .sum("among_10_latest")
                .agg(Map.of("sum(among_10_latest)", "min"))
                .first();
        assertThat(sums.getDouble(0)).isBetween(9.999999, 10.000001);
    }

    @Test
    void partitionsDoNotMatter() {
        List<Row> once = null;
        for (int partitions : new int[] {1, 3, 8}) {
            String input = folder.resolve("input" + partitions + ".parquet").toString();
            session.read()
                    .option("header", "true")
                    .option("inferSchema", "true")
                    .csv(WEEK)
                    .repartition(partitions)
                    .write()
                    .parquet(input);
            assertThat(features(input, "--overwrite", "--group", GROUP, "--select", SELECT))
                    .as(err)
                    .isZero();
            Dataset<Row> result =
                    session.read().parquet(folder.resolve("result").toString());
            List<Row> rows = result.orderBy(
                            Stream.of(result.columns()).map(result::col).toArray(Column[]::new))
                    .collectAsList();
            if (once == null) once = rows;
            assertThat(rows).isEqualTo(once);
        }
    }

    @Test
    void otherFormats() throws IOException {
        String select = "soft_max(dep_delay, mode => 'hard') AS worst";
        assertThat(supple(
                        "features",
                        WEEK,
                        folder.resolve("out.csv").toString(),
                        "--group",
                        "origin",
                        "--select",
                        select))
                .as(err)
                .isZero();
        Dataset<Row> csv = session.read()
                .option("header", "true")
                .csv(folder.resolve("out.csv").toString());
        assertThat(csv.select("worst").distinct().count()).isEqualTo(3);
        assertThat(supple(
                        "features",
                        folder.resolve("out.csv").toString(),
                        folder.resolve("out.json").toString(),
                        "--group",
                        "carrier",
                        "--select",
                        "soft_sort(distance) AS d"))
                .as(err)
                .isZero();
        assertThat(session.read().json(folder.resolve("out.json").toString()).count())
                .isEqualTo(6546);
    }

    // ---- wrong input: a message to act on, the exit code, nothing half-written

    private void assertRefused(int code, int expected, String message) throws IOException {
        assertThat(err).contains(message).doesNotContain("\tat ");
        assertThat(code).as(err).isEqualTo(expected);
        assertThat(files()).doesNotContain("result").noneMatch(f -> f.contains("staging"));
    }

    @Test
    void missingFile() throws IOException {
        int code = features("no/such.csv", "--group", GROUP, "--select", SELECT);
        assertRefused(code, 2, "the input must be an existing file or folder, got 'no/such.csv'");
    }

    @Test
    void unknownFormat() throws IOException {
        assertRefused(features("data.xlsx", "--group", "g", "--select", "1"), 2, "must be known from its extension");
    }

    @Test
    void unknownColumn() throws IOException {
        assertRefused(features(WEEK, "--group", GROUP, "--select", "soft_rank(dep_dela) AS r"), 2, "`dep_dela`");
        assertThat(err).contains("`dep_delay`");
        assertRefused(
                features(WEEK, "--group", "date, orign", "--select", SELECT), 2, "got 'orign'; did you mean 'origin'?");
    }

    @Test
    void unknownFunction() throws IOException {
        assertRefused(
                features(WEEK, "--group", GROUP, "--select", "soft_rnak(dep_delay) AS r"),
                2,
                "did you mean 'soft_rank'?");
    }

    @Test
    void badParameters() throws IOException {
        assertRefused(
                features(WEEK, "--group", GROUP, "--select", "soft_rank(dep_delay, softness => 0) AS r"),
                2,
                "supple: soft_rank: softness must be > 0 and finite, got 0.0");
        assertRefused(
                features(WEEK, "--group", GROUP, "--select", "soft_topk_mask(dep_delay, k => 0) AS r"),
                2,
                "supple: soft_topk_mask: k must be a whole number >= 1, got 0");
        assertRefused(features(WEEK, "--group", GROUP, "--select", "soft_rank(dep_delay AS r"), 2, "Syntax error");
    }

    @Test
    void textColumn() throws IOException {
        assertRefused(
                features(WEEK, "--group", GROUP, "--select", "soft_rank(carrier) AS r"),
                2,
                "supple: soft_rank: x must be an array of numbers, got 'carrier' of type ARRAY<STRING>");
    }

    @Test
    void namesThatExist() throws IOException {
        assertRefused(
                features(WEEK, "--group", GROUP, "--select", "soft_rank(dep_delay) AS hour"),
                2,
                "got 'hour' which the input has");
    }

    @Test
    void resultsOfAnotherLength() throws IOException {
        assertRefused(
                features(WEEK, "--group", GROUP, "--select", "soft_topk(dep_delay, 3) AS t"),
                1,
                "'t' must be a single number or as long as the group");
    }

    @Test
    void outputThatExists() throws IOException {
        Path result = Files.createDirectory(folder.resolve("result"));
        Files.writeString(result.resolve("precious"), "mine");
        assertThat(features(WEEK, "--group", GROUP, "--select", SELECT)).isEqualTo(2);
        assertThat(err).contains("the output must not exist").contains("--overwrite");
        assertThat(result.resolve("precious")).hasContent("mine");
        // a failing job leaves the older output as it was
        assertThat(features(WEEK, "--overwrite", "--group", GROUP, "--select", "soft_topk(dep_delay, 3) AS t"))
                .isEqualTo(1);
        assertThat(result.resolve("precious")).hasContent("mine");
    }

    @Test
    void outputThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThat(supple("features", WEEK, file.resolve("out").toString(), "--group", GROUP, "--select", SELECT))
                .isEqualTo(1);
        assertThat(err).contains("cannot write").doesNotContain("\tat ");
        assertThat(file).hasContent("not a folder");
    }

    @Test
    void groupsWithNulls() throws IOException {
        Path input = folder.resolve("nulls.csv");
        Files.writeString(input, "g,x\na,1\n,2\na,3\n");
        String select = "soft_rank(x, mode => 'hard') AS r";
        assertRefused(
                features(input.toString(), "--group", "g", "--select", select),
                1,
                "column 'g' must have no NULL, got one");
        assertThat(err).contains("--null-groups skip");
        assertThat(features(input.toString(), "--null-groups", "skip", "--group", "g", "--select", select))
                .as(err)
                .isZero();
        assertThat(out).contains("rows     2");
        assertThat(features(
                        input.toString(), "--overwrite", "--null-groups", "keep", "--group", "g", "--select", select))
                .isZero();
        assertThat(out).contains("rows     3").contains("groups   2");
    }

    @Test
    void emptyInput() throws IOException {
        Path input = folder.resolve("empty.csv");
        Files.writeString(input, "g,x\n");
        assertRefused(
                features(input.toString(), "--group", "g", "--select", "soft_rank(x) AS r"),
                2,
                "the input must have rows, got none");
        Files.writeString(input, "");
        assertRefused(
                features(input.toString(), "--group", "g", "--select", "soft_rank(x) AS r"),
                2,
                "the input must have rows, got none");
    }

    @Test
    void usage() {
        assertThat(supple()).isEqualTo(2);
        assertThat(err).contains("features").contains("functions");
        assertThat(supple("features")).isEqualTo(2);
        assertThat(err)
                .contains("INPUT, OUTPUT, --group and --select must be given")
                .contains("'supple features --help'");
        assertThat(supple("featurs")).isEqualTo(2);
        assertThat(err).contains("there is no command 'featurs'; did you mean 'features'?");
        assertThat(supple("features", "--help")).isZero();
        assertThat(out).contains("--group").contains("--select").contains("exactly once");
    }

    @Test
    void functions() {
        assertThat(supple("functions")).isZero();
        assertThat(out).contains("ordering:").contains("sampling:");
        for (SqlFunction function : SqlFunction.all()) {
            boolean companion = function.vjp() || function.kind() == SqlFunction.Kind.OBJECTIVE;
            if (!companion) assertThat(out).contains("  " + function.name() + " ");
        }
        assertThat(supple("functions", "rank")).isZero();
        assertThat(out)
                .contains("soft_rank(x, descending => true")
                .contains("> SELECT soft_rank(array(3.0D, 1.0D, 2.0D));");
        assertThat(supple("functions", "soft_rnk")).isEqualTo(2);
        assertThat(err).contains("did you mean 'soft_rank'?");
    }

    @Test
    void sql() throws IOException {
        String output = folder.resolve("q.parquet").toString();
        assertThat(supple(
                        "sql",
                        "SELECT origin, soft_median(collect_list(dep_delay), mode => 'hard') AS m FROM f GROUP BY origin",
                        "--view",
                        "f=" + WEEK,
                        "--output",
                        output))
                .as(err)
                .isZero();
        assertThat(session.read().parquet(output).count()).isEqualTo(3);
        assertThat(supple("sql", "SELECT soft_rnk(array(1))")).isEqualTo(2);
        assertThat(err).contains("there is no function 'soft_rnk'; did you mean 'soft_rank'?");
        assertThat(supple("sql", "SELECT soft_max(array(1, 2)) AS m")).as(err).isZero();
    }

    @Test
    void whatCoreRefusesOfARowIsSaidOfTheFunction() {
        assertThat(supple("sql", "SELECT soft_ndcg(array(1D, 2D), array(1D, -1D))"))
                .isNotZero();
        assertThat(err).contains("supple: soft_ndcg: labels must be an array of numbers >= 0 and finite, got -1.0");
    }

    @Test
    void rankedListsHaveFeaturesAsColumns() throws IOException {
        Path lists = Files.writeString(
                folder.resolve("lists.txt"), "2 qid:a 1:5 2:1 # x\n1 qid:b 1:1 2:2\n0 qid:a 1:7 2:3\n0 qid:a 1:6\n");
        String select = "soft_rank(f1, mode => 'hard') AS f1_rank";
        String result = folder.resolve("result.letor").toString();
        assertThat(supple("features", lists.toString(), result, "--group", "qid", "--select", select))
                .as(err)
                .isZero();
        assertThat(out).contains("rows     4", "groups   2", "feature    1  f1", "feature    3  f1_rank");
        assertThat(session.read().format("letor").load(result).collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactlyInAnyOrder(
                        "2.0|a|[5.0,1.0,3.0]|x",
                        "1.0|b|[1.0,2.0,1.0]|null",
                        "0.0|a|[7.0,3.0,1.0]|null",
                        "0.0|a|[6.0,0.0,2.0]|null");
        String table = folder.resolve("result.parquet").toString();
        assertThat(supple("features", lists.toString(), table, "--group", "qid", "--select", select))
                .as(err)
                .isZero();
        assertThat(session.read().parquet(table).columns())
                .containsExactly("label", "qid", "f1", "f2", "comment", "f1_rank");
        assertThat(supple(
                        "features",
                        lists.toString(),
                        result + "2",
                        "--format",
                        "letor",
                        "--output-format",
                        "letor",
                        "--group",
                        "qid",
                        "--select",
                        "'text' AS note"))
                .isEqualTo(2);
        assertThat(err).contains("got column 'note' of string; choose another format");
    }
}
