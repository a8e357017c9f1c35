// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.DocumentCode;
import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of the documents compiles and runs, given what each says that it has. */
class JavaBlocksTest {

    private static final String IMPORTS = """
            import static io.supple.Mode.SMOOTH;
            import static org.apache.spark.sql.functions.col;
            import io.supple.*;
            import io.supple.device.*;
            import io.supple.spark.*;
            import io.supple.spark.ml.*;
            import io.supple.spark.rank.*;
            import io.supple.tensor.*;
            import java.util.*;
            import java.util.function.UnaryOperator;
            import org.apache.spark.sql.*;
            """;

    private static final String SPARK = "SparkSession spark = io.supple.spark.Sessions.shared();\n";

    private static final String RANKED = """
            Dataset<Row> rows = spark.read().format("letor").load("FOLDER/train.txt").withColumnRenamed("qid", "query");
            Dataset<Row> more = rows;
            """;

    /** What the blocks of each document use without saying where it comes from. */
    private static final Map<String, String> GIVEN = Map.of(
            "README.md",
            SPARK + """
                    Dataset<Row> lists = spark.sql("SELECT array(3D, 1D, 2D) AS scores");
                    Dataset<Row> flights = spark.read().option("header", true).option("inferSchema", true)
                            .csv("../datasets/flights/flights-week.csv").limit(200);
                    Tensor cost = Tensor.of(new int[] {2, 2}, new double[] {0, 1, 1, 0});
                    Tensor mu = Tensor.of(0.5, 0.5);
                    Tensor nu = Tensor.of(0.25, 0.75);
                    """,
            "docs/gpu.md",
            """
                    int[] offsets = {0, 2, 5};
                    double[] values = {1, 2, 3, 5, 4};
                    double[] ranks = new double[5];
                    double[] cotangents = {1, 0, 0, 1, 0};
                    double[] gradients = new double[5];
                    """,
            "docs/letor.md",
            SPARK + RANKED + "Dataset<Row> dataset = rows.withColumnRenamed(\"query\", \"qid\");\n",
            "docs/ranking-losses.md",
            """
                    double[] scores = {3, 1, 2};
                    double[] labels = {0, 1, 2};
                    int from = 0;
                    int to = 3;
                    double weight = 1;
                    int[] offsets = {0, 3};
                    double[] weights = {1};
                    interface Booster { void boost(double[] gradient, double[] hessian); }
                    Booster booster = (g, h) -> {};
                    """,
            "docs/soft-ranker.md",
            SPARK + RANKED);

    /** Documents of optional artifacts, which their own tests run. */
    private static final List<String> ELSEWHERE = List.of("docs/boosters.md", "docs/nd4j.md");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void files() throws IOException {
        Sessions.shared();
        List<String> lines = new ArrayList<>();
        for (int query = 0; query < 6; query++) {
            for (int row = 0; row < 5; row++) {
                lines.add(row % 3 + " qid:" + query + " 1:" + (row * row % 7) + " 2:" + (query - row));
            }
        }
        Files.write(folder.resolve("train.txt"), lines);
        Files.write(
                folder.resolve("rank.train"),
                lines.stream().map(line -> line.replaceAll(" qid:\\d+", "")).toList());
        Files.writeString(folder.resolve("rank.train.query"), "5\n".repeat(6));
    }

    @Test
    void noDocumentIsNamedInVain() throws IOException {
        assertThat(DocumentCode.documents("java")).containsAll(GIVEN.keySet()).containsAll(ELSEWHERE);
    }

    /** Those above, and those that need nothing. */
    static List<String> documents() throws IOException {
        TreeSet<String> all = new TreeSet<>(GIVEN.keySet());
        for (String document : DocumentCode.documents("java")) if (!ELSEWHERE.contains(document)) all.add(document);
        return List.copyOf(all);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void blocksRun(String document, @TempDir Path classes) throws Exception {
        List<String> blocks = new ArrayList<>();
        for (String block : DocumentCode.blocks(document, "java")) blocks.add(here(block));
        DocumentCode.run(IMPORTS, here(GIVEN.getOrDefault(document, "")), blocks, classes);
    }

    /** With files where tests may have them. */
    private static String here(String code) {
        return code.replace("FOLDER", folder.toString())
                .replace("MSLR-WEB10K/Fold1", folder.toString())
                .replace("\"rank.train\"", "\"" + folder.resolve("rank.train") + "\"")
                .replace("\"lists\"", "\"" + folder.resolve("lists") + "\"");
    }
}
