// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import static io.supple.spark.letor.Letor.file;
import static io.supple.spark.letor.Letor.read;
import static io.supple.spark.letor.Letor.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line is a row, once, wherever files are split, and means what the format says. */
class LetorReadTest {

    private static final String TWO = "2 qid:a 1:0.5 3:-2e-1 # docid = G1\n0 qid:b 2:1\n";
    private static final List<String> TWO_ROWS = List.of("2.0|a|[0.5,0.0,-0.2]|docid = G1", "0.0|b|[0.0,1.0,0.0]|null");

    @TempDir
    private Path folder;

    @Test
    void columnsAreLabelQidFeaturesComment() throws IOException {
        Dataset<Row> rows = read(file(folder, "two.txt", TWO));
        assertThat(rows.schema().simpleString())
                .isEqualTo("struct<label:double,qid:string,features:vector,comment:string>");
        assertThat(rows.schema().apply("features").dataType()).isEqualTo(SQLDataTypes.VectorType());
        assertThat(rows.schema().apply("features").metadata().getLong(LetorSource.FIRST_NUMBER))
                .isEqualTo(1);
        String parquet = folder.resolve("two.parquet").toString();
        rows.write().parquet(parquet);
        assertThat(rows.sparkSession()
                        .read()
                        .parquet(parquet)
                        .schema()
                        .apply("features")
                        .metadata())
                .isEqualTo(rows.schema().apply("features").metadata());
        assertThat(rows(rows)).isEqualTo(TWO_ROWS);
    }

    @Test
    void linesMayEndAnyWay() throws IOException {
        String mixed = "\n# head\r\n1 qid:1 1:1\r2 qid:1 1:2\r\n\r\n  3\tqid:1\t1:3  \n4 qid:2 1:4";
        assertThat(rows(read(file(folder, "mixed.txt", mixed))))
                .containsExactly("1.0|1|[1.0]|null", "2.0|1|[2.0]|null", "3.0|1|[3.0]|null", "4.0|2|[4.0]|null");
    }

    @Test
    void linesMayBeOddButRight() throws IOException {
        String odd = "\uFEFF-1.5 qid:q:7 1:+3 2:.5 3:5. 4:1E3 #\n1 qid:\u00e9\n0 qid:1 1:-0.0 4:1#c # d\n";
        assertThat(rows(read(file(folder, "odd.txt", odd))))
                .containsExactly(
                        "-1.5|q:7|[3.0,0.5,5.0,1000.0]|",
                        "1.0|\u00e9|(4,[],[])|null",
                        "0.0|1|[-0.0,0.0,0.0,1.0]|c # d");
    }

    @Test
    void numFeaturesAndZeroBased() throws IOException {
        Path file = file(folder, "zero.txt", "1 qid:1 0:7 2:8\n");
        assertThat(rows(read(file, "zeroBased", "true"))).containsExactly("1.0|1|[7.0,0.0,8.0]|null");
        assertThat(read(file, "zeroBased", "true")
                        .schema()
                        .apply("features")
                        .metadata()
                        .getLong(LetorSource.FIRST_NUMBER))
                .isZero();
        assertThat(rows(read(file, "ZEROBASED", "true", "numfeatures", "5")))
                .containsExactly("1.0|1|(5,[0,2],[7.0,8.0])|null");
    }

    @Test
    void fewOfManyFeaturesAreSparse() throws IOException {
        Row row = read(file(folder, "sparse.txt", "1 qid:1 3:1 700:2\n")).first();
        assertThat(Letor.features(row)).isInstanceOf(SparseVector.class);
        assertThat(Letor.features(row).size()).isEqualTo(700);
    }

    @Test
    void filesFoldersPatternsAndZips() throws IOException {
        file(folder, "in/b c.txt", "1 qid:2 1:1\n");
        file(folder, "in/a.txt", "1 qid:1 1:1\n");
        Letor.zipped(folder, "in/z.txt.gz", "1 qid:3 1:1\r\n1 qid:3 2:1\n");
        file(folder, "in/_SUCCESS", "");
        file(folder, "in/.hidden", "nothing");
        file(folder, "in/empty.txt", "");
        assertThat(rows(read(folder.resolve("in"))))
                .containsExactly(
                        "1.0|1|[1.0,0.0]|null", "1.0|2|[1.0,0.0]|null", "1.0|3|[1.0,0.0]|null", "1.0|3|[0.0,1.0]|null");
        assertThat(read(folder.resolve("in/b c.txt")).count()).isEqualTo(1);
        assertThat(read(folder + "/in/*.gz").count()).isEqualTo(2);
        assertThat(read(folder.resolve("in"), "pathGlobFilter", "?.txt").count())
                .isEqualTo(1);
        assertThat(Sessions.shared()
                        .read()
                        .format("letor")
                        .load(folder + "/in/a.txt", folder + "/in/b c.txt")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void foldersInFoldersAreNotPassedOver() throws IOException {
        file(folder, "in/fold1/a.txt", "1 qid:1 1:1\n");
        assertThatThrownBy(() -> read(folder.resolve("in")))
                .hasMessageContaining("letor: path must be a folder of files, got ")
                .hasMessageContaining("fold1' inside; give option recursiveFileLookup = true, or a pattern");
        assertThat(read(folder.resolve("in"), "recursiveFileLookup", "true").count())
                .isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsRefusedAtOnce() {
        assertThatThrownBy(() -> read(folder.resolve("none.txt")))
                .hasMessage("letor: path must be an existing file, folder or pattern, got '" + folder + "/none.txt'");
        assertThatThrownBy(() -> Sessions.shared().read().format("letor").load())
                .hasMessage("letor: path must be given, got none; use load(path)");
    }

    @Test
    void noRows() throws IOException {
        assertThat(read(file(folder, "empty.txt", "")).collectAsList()).isEmpty();
        assertThat(read(file(folder, "comments.txt", "# nothing\n\n")).collectAsList())
                .isEmpty();
        assertThat(read(Files.createDirectory(folder.resolve("nothing"))).collectAsList())
                .isEmpty();
    }

    @Test
    void everyRowOnceHoweverFilesAreSplit() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        String[] ends = {"\n", "\r\n", "\r"};
        for (int i = 0; i < 200; i++) {
            String comment = "c".repeat(random.nextInt(40));
            text.append(i).append(" qid:q 1:1 # ").append(comment).append(ends[random.nextInt(3)]);
            expected.add(i + ".0|q|[1.0]|" + comment);
        }
        Path file = file(folder, "split.txt", text.toString());
        for (int bytes : new int[] {29, 100, 4096}) {
            Map<String, String> settings =
                    Map.of("spark.sql.files.maxPartitionBytes", bytes + "b", "spark.sql.files.openCostInBytes", "0");
            assertThat(Letor.under(settings, () -> rows(read(file, "numFeatures", "1"))))
                    .as("%d bytes each", bytes)
                    .isEqualTo(expected);
        }
    }

    @Test
    void splitsOfSingleBytes() throws IOException {
        String text = "1 qid:1\r\n\r\n2 qid:1\r3 qid:1\n\n4 qid:2";
        Path file = file(folder, "bytes.txt", text);
        Map<String, String> settings =
                Map.of("spark.sql.files.maxPartitionBytes", "1", "spark.sql.files.openCostInBytes", "0");
        assertThat(Letor.under(settings, () -> rows(read(file))))
                .containsExactly("1.0|1|[]|null", "2.0|1|[]|null", "3.0|1|[]|null", "4.0|2|[]|null");
    }

    @Test
    void aLineOfTenMegabytes() throws IOException {
        StringBuilder line = new StringBuilder("1 qid:long");
        int features = 0;
        while (line.length() < 10_000_000) line.append(' ').append(++features).append(":0.125");
        Path file = file(folder, "long.txt", line + "\n2 qid:short 1:1\n");
        Map<String, String> settings = Map.of("spark.sql.files.maxPartitionBytes", "1MB");
        List<Row> rows = Letor.under(settings, () -> read(file).collectAsList());
        assertThat(rows).hasSize(2);
        assertThat(Letor.features(rows.get(0)).size()).isEqualTo(features);
        assertThat(IntStream.of(0, features / 2, features - 1))
                .allSatisfy(
                        i -> assertThat(Letor.features(rows.get(0)).apply(i)).isEqualTo(0.125));
    }

    @Test
    void onlyColumnsThatAreWantedAreMade() throws IOException {
        Dataset<Row> rows = read(file(folder, "two.txt", TWO));
        assertThat(rows.groupBy("qid").count().count()).isEqualTo(2);
        Dataset<Row> labels = rows.select("label");
        assertThat(labels.queryExecution().executedPlan().toString())
                .contains("label")
                .doesNotContain("features");
        assertThat(rows.select("comment", "label").collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactly("docid = G1|2.0", "null|0.0");
    }

    @Test
    void featuresAreCountedAgainWhenFilesChange() throws IOException {
        Path file = file(folder, "grows.txt", "1 qid:1 1:1\n");
        Dataset<Row> rows = read(file);
        assertThat(rows(rows)).containsExactly("1.0|1|[1.0]|null");
        file(folder, "grows.txt", "1 qid:1 1:1\n1 qid:1 2:1\n");
        assertThat(rows(read(file))).containsExactly("1.0|1|[1.0,0.0]|null", "1.0|1|[0.0,1.0]|null");
    }

    @Test
    void sqlReadsItToo() throws IOException {
        Path file = file(folder, "two.txt", TWO);
        Sessions.shared().sql("CREATE OR REPLACE TEMPORARY VIEW ranked USING letor OPTIONS (path '" + file + "')");
        assertThat(rows(Sessions.shared().table("ranked"))).isEqualTo(TWO_ROWS);
    }

    @Test
    void aSchemaMayOnlyBeThis() throws IOException {
        Path file = file(folder, "two.txt", TWO);
        var reader = Sessions.shared().read().format("letor");
        assertThat(reader.schema("label DOUBLE, qid STRING")
                        .load(file.toString())
                        .collectAsList())
                .hasSize(2);
        assertThatThrownBy(() ->
                        reader.schema("label STRING").load(file.toString()).collectAsList())
                .hasMessageContaining("letor: schema must have columns of struct<label:double,qid:string,")
                .hasMessageContaining("got label:string");
    }
}
