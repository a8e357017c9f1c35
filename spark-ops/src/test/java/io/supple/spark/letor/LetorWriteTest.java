// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import static io.supple.spark.letor.Letor.ours;
import static io.supple.spark.letor.Letor.read;
import static io.supple.spark.letor.Letor.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.supple.spark.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back to the bit, in order, or is refused. */
class LetorWriteTest {

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void place() {
        out = folder.resolve("out");
    }

    private static Dataset<Row> table(Row... rows) {
        return Sessions.shared()
                .createDataFrame(List.of(rows), LetorTable.schema(LetorTable.options(Sessions.shared(), Map.of())));
    }

    private static Row row(Object label, Object qid, Object comment, double... features) {
        return RowFactory.create(label, qid, Vectors.dense(features), comment);
    }

    private void save(Dataset<Row> table, String... options) {
        var writer = table.write().format("letor");
        for (int i = 0; i < options.length; i += 2) writer.option(options[i], options[i + 1]);
        writer.save(out.toString());
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    @Test
    void linesAreShort() throws IOException {
        save(table(row(2.0, "7", null, 0, 1.5, 0, 0), row(0.5, "b", "x y", 1e300, -0.0, 0, 3))
                .coalesce(1));
        assertThat(lines()).containsExactly("2 qid:7 2:1.5 4:0", "0.5 qid:b 1:1.0E300 2:-0.0 4:3 # x y");
    }

    @Test
    void roundTripToTheBit() {
        Random random = new Random(11);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double[] features = new double[20];
            for (int j = 0; j < 20; j++) {
                if (random.nextInt(3) > 0) continue;
                double any = Double.longBitsToDouble(random.nextLong());
                features[j] = Double.isFinite(any) ? any : random.nextInt(100);
            }
            String comment = i % 3 == 0 ? null : i % 3 == 1 ? "" : "  spaces # and hashes ";
            Vector vector = i % 2 == 0
                    ? Vectors.dense(features)
                    : Vectors.dense(features).toSparse();
            rows.add(RowFactory.create((double) (i % 5), "q" + i / 7, vector, comment));
        }
        Dataset<Row> table = table(rows.toArray(Row[]::new));
        save(table);
        List<Row> again = read(out).collectAsList();
        assertThat(again).hasSize(300);
        for (int i = 0; i < 300; i++) {
            assertThat(again.get(i).get(3)).isEqualTo(rows.get(i).get(3));
            assertThat(again.get(i).get(1)).isEqualTo(rows.get(i).get(1));
            assertThat(Letor.features(again.get(i)).toArray())
                    .containsExactly(((Vector) rows.get(i).get(2)).toArray());
        }
    }

    @Test
    void zerosAtTheEndKeepTheirNumber() {
        save(table(row(1.0, "1", null, 0, 0, 0)));
        assertThat(Letor.features(read(out).first()).size()).isEqualTo(3);
    }

    @Test
    void otherTypesAndOptions() throws IOException {
        Dataset<Row> table = Sessions.shared().sql("SELECT 3 AS label, 12L AS qid, array(1, 2) AS features");
        save(table, "zeroBased", "true", "compression", "gzip");
        assertThat(rows(read(out, "zeroBased", "true"))).containsExactly("3.0|12|[1.0,2.0]|null");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.filter(f -> f.toString().endsWith(".gz"))).hasSize(1);
        }
    }

    @Test
    void modesAreSparksOwn() {
        Dataset<Row> table = table(row(1.0, "1", null, 1));
        save(table);
        assertThatThrownBy(() -> save(table)).hasMessageContaining("already exists");
        table.write().format("letor").mode(SaveMode.Append).save(out.toString());
        assertThat(read(out).count()).isEqualTo(2);
        table.write().format("letor").mode(SaveMode.Ignore).save(out.toString());
        assertThat(read(out).count()).isEqualTo(2);
        table.write().format("letor").mode(SaveMode.Overwrite).save(out.toString());
        assertThat(read(out).count()).isEqualTo(1);
    }

    @Test
    void whatLinesCannotHoldIsRefused() {
        refused(
                table(row(1.0, "7", null, 1, Double.NaN)),
                "feature 2 must be finite, got NaN; replace it before (qid '7')");
        refused(table(row(null, "7", null, 1)), "label must not be NULL, got NULL (qid '7')");
        refused(table(row(Double.NaN, "7", null, 1)), "label must be finite, got NaN (qid '7')");
        refused(table(row(1.0, null, null, 1)), "qid must not be NULL, got NULL");
        refused(
                table(row(1.0, "a b", null, 1)),
                "qid must be text without blanks, control characters and #, got 'a b' (qid 'a b')");
        refused(
                table(row(1.0, "", null, 1)),
                "qid must be text without blanks, control characters and #, got '' (qid '')");
        refused(table(row(1.0, "7", "a\nb", 1)), "comment must have no line end, got one (qid '7')");
        refused(table(RowFactory.create(1.0, "7", null, null)), "features must not be NULL, got NULL (qid '7')");
        refused(
                table(row(1.0, "7", null, 1), row(1.0, "8", null, 1, 2)).coalesce(1),
                "features must be as many in every row, 1, got 2 (qid '8')");
    }

    @Test
    void nullInAnArrayIsNoZero() {
        refused(
                Sessions.shared().sql("SELECT 3 AS label, '7' AS qid, array(1, NULL) AS features"),
                "feature 2 must not be NULL, got NULL (qid '7')");
    }

    @Test
    void whatIsNoColumnOfListsIsRefused() {
        Dataset<Row> table = table(row(1.0, "7", null, 1));
        refused(
                table.drop("qid"),
                "columns must be label, qid, features and perhaps comment, got no 'qid' among label, features, comment");
        refused(
                table.withColumnRenamed("comment", "note"),
                "columns must be label, qid, features and perhaps comment, got 'note' too, which no line can hold; drop it");
        refused(table.selectExpr("'x' AS label", "qid", "features"), "column label must be of numbers, got string");
        refused(
                table.selectExpr("label", "qid", "1 AS features"),
                "column features must be of vectors or arrays of numbers, got int");
        assertThatThrownBy(
                        () -> table.write().format("letor").partitionBy("qid").save(out.toString()))
                .hasMessageContaining("letor: partitionBy must not be given");
    }

    private void refused(Dataset<Row> table, String message) {
        assertThat(ours(catchThrowable(() -> save(table)))).hasMessage("letor: " + message);
        assertThat(out.resolve("_SUCCESS")).doesNotExist();
        assertThat(catchThrowable(() -> FileUtils.deleteDirectory(out.toFile())))
                .isNull();
    }

    /** The longest vector that there is has a last number that is read again. */
    @Test
    void theLargestNumberOfFeatures() {
        for (String zeroBased : List.of("false", "true")) {
            int[] at = {0, Integer.MAX_VALUE - 1};
            Vector widest = Vectors.sparse(Integer.MAX_VALUE, at, new double[] {1, 2});
            Row row = RowFactory.create(1.0, "1", widest, null);
            String path = folder.resolve("widest" + zeroBased).toString();
            table(row).write().format("letor").option("zeroBased", zeroBased).save(path);
            Dataset<Row> again = read(path, "zeroBased", zeroBased);
            assertThat(Letor.features(again.first())).isEqualTo(widest);
        }
    }
}
