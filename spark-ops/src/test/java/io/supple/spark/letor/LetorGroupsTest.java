// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import static io.supple.spark.letor.Letor.file;
import static io.supple.spark.letor.Letor.ours;
import static io.supple.spark.letor.Letor.read;
import static io.supple.spark.letor.Letor.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beside the data that count the rows of queries. */
class LetorGroupsTest {

    private static final String DATA = "# head\n1 1:1\n2 1:2\n\n3 1:3\n4 1:4\n";

    @TempDir
    private Path folder;

    private void check(Path path) {
        assertThat(read(path).select("qid", "label").collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactly("train:1|1.0", "train:1|2.0", "train:1|3.0", "train:3|4.0");
    }

    @Test
    void countsGiveQueries() throws IOException {
        Path file = file(folder, "train", DATA);
        file(folder, "train.query", "3\n0\n1\n");
        Map<String, String> settings =
                Map.of("spark.sql.files.maxPartitionBytes", "5", "spark.sql.files.openCostInBytes", "0");
        Letor.under(settings, () -> {
            check(file);
            check(folder);
            return null;
        });
    }

    @Test
    void countsMayBeNamedGroup() throws IOException {
        file(folder, "train", DATA);
        file(folder, "train.group", "3\r\n0\r\n1");
        check(folder);
    }

    @Test
    void countsBesideZips() throws IOException {
        Path zip = Letor.zipped(folder, "train.gz", DATA);
        file(folder, "train.query", "4\n");
        assertThat(rows(read(zip))).hasSize(4).allMatch(row -> row.contains("|train.gz:1|"));
        assertThat(read(folder).count()).isEqualTo(4);
    }

    @Test
    void countsThatDoNotAddUpAreRefused() throws IOException {
        Path file = file(folder, "train", DATA);
        Path counts = file(folder, "train.query", "1\n1\n");
        String all = "letor: 'file:" + counts + "' must count all rows of 'file:" + file + "', got counts of ";
        assertThat(ours(catchThrowable(() -> read(file).collectAsList())))
                .hasMessage(all + "2 rows in all and at least 3 rows");
        file(folder, "train.query", "3\n3\n2\n");
        assertThat(ours(catchThrowable(() -> read(file).collectAsList()))).hasMessage(all + "8 rows in all and 4 rows");
        file(folder, "train.query", "3\n-1\n");
        assertThat(ours(catchThrowable(() -> read(file).collectAsList())))
                .hasMessage("letor: file:" + counts + ":2: count must be a whole number >= 0, got '-1'");
    }

    @Test
    void linesHaveQidsOrCounts() throws IOException {
        Path file = file(folder, "train", "1 qid:a 1:1\n");
        Path counts = file(folder, "train.query", "1\n");
        assertThat(ours(catchThrowable(() -> read(file).collectAsList())))
                .hasMessage("letor: file:" + file + ":1:3: line must have no qid, since 'file:" + counts
                        + "' counts queries; option groups = none ignores it");
        assertThat(rows(read(file, "groups", "none"))).containsExactly("1.0|a|[1.0]|null");
    }

    @Test
    void malformedLinesCount() throws IOException {
        Path file = file(folder, "train", "1 1:1\noops\n3 1:3\n");
        file(folder, "train.query", "1\n2\n");
        assertThat(rows(read(file, "mode", "DROPMALFORMED")))
                .containsExactly("1.0|train:1|[1.0]|null", "3.0|train:2|[3.0]|null");
    }
}
