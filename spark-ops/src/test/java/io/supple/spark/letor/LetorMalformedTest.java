// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.letor;

import static io.supple.spark.letor.Letor.file;
import static io.supple.spark.letor.Letor.ours;
import static io.supple.spark.letor.Letor.read;
import static io.supple.spark.letor.Letor.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a line, and where: file, line, column. */
class LetorMalformedTest {

    private static final String GOOD = "1 qid:1 1:1\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "x qid:1 1:1|1|label must be a finite number, got 'x'",
                "nan qid:1 1:1|1|label must be a finite number, got 'nan'",
                "1e999 qid:1|1|label must be a finite number, got '1e999'",
                "1 1:1|3|qid must stand after the label, as in 'qid:7', got '1:1'",
                "1|2|qid must stand after the label, as in 'qid:7', got nothing",
                "1 qid: 1:1|3|qid must not be empty",
                "1 qid:1 7|9|feature must be number:value, got '7'",
                "1 qid:1 x:7|9|feature number must be a whole number from 1, got 'x'",
                "1 qid:1 1.5:7|9|feature number must be a whole number from 1, got '1.5'",
                "1 qid:1 -1:7|9|feature number must be a whole number from 1, got '-1'",
                "1 qid:1 :7|9|feature number must be a whole number from 1, got nothing",
                "1 qid:1 99999999999:7|9|feature number must be a whole number from 1, got '99999999999'",
                "1 qid:1 0:7|9|feature number must be >= 1, got 0; option zeroBased lets numbers begin with 0",
                "1 qid:1 2:7 2:8|13|feature numbers must ascend, got 2 twice",
                "1 qid:1 2:7 1:8|13|feature numbers must ascend, got 1 after 2",
                "1 qid:1 1:7 4:8|13|feature number must be <= 3, since numFeatures is 3, got 4",
                "1 qid:1 1:|11|value of feature 1 must be a finite number, got nothing",
                "1 qid:1 1:NaN|11|value of feature 1 must be a finite number, got 'NaN'",
                "1 qid:1 1:Infinity|11|value of feature 1 must be a finite number, got 'Infinity'",
                "1 qid:1 1:0x10|11|value of feature 1 must be a finite number, got '0x10'",
                "1 qid:1 1:1d|11|value of feature 1 must be a finite number, got '1d'",
                "1 qid:\u00e9\u00e9 1:1 2:?|16|value of feature 2 must be a finite number, got '?'",
            })
    void everyKindIsNamed(String line, int column, String message) throws IOException {
        Path file = file(folder, "bad.txt", GOOD + "\n" + line + "\n" + GOOD);
        Throwable thrown = catchThrowable(() -> read(file, "numFeatures", "3").collectAsList());
        assertThat(ours(thrown)).hasMessage("letor: file:" + file + ":3:" + column + ": " + message);
        Path zip = Letor.zipped(folder, "bad.gz", GOOD + line);
        assertThat(ours(catchThrowable(() -> read(zip, "numFeatures", "3").collectAsList())))
                .hasMessage("letor: file:" + zip + ":2:" + column + ": " + message);
    }

    @Test
    void linesAreCountedFromTheBeginningOfTheFile() throws IOException {
        Path file = file(folder, "bad.txt", GOOD.repeat(500) + "\r\n" + "oops\r" + GOOD.repeat(300));
        Map<String, String> settings =
                Map.of("spark.sql.files.maxPartitionBytes", "100b", "spark.sql.files.openCostInBytes", "0");
        Throwable thrown = Letor.under(
                settings,
                () -> catchThrowable(() -> read(file, "numFeatures", "1").collectAsList()));
        assertThat(ours(thrown)).hasMessageStartingWith("letor: file:" + file + ":502:1: label must be");
    }

    @Test
    void aMalformedLineIsSeenWhateverColumnsAreWanted() throws IOException {
        Path file = file(folder, "bad.txt", GOOD + "2 qid:2 1:x\n");
        assertThat(ours(catchThrowable(() -> read(file).count()))).hasMessageContaining(":2:11: value of feature 1");
        assertThat(read(file, "mode", "DROPMALFORMED").count()).isEqualTo(1);
        assertThat(read(file, "mode", "PERMISSIVE").count()).isEqualTo(2);
    }

    @Test
    void measuringFailsAsReadingDoes() throws IOException {
        Path file = file(folder, "bad.txt", GOOD + "2 qid:2 1:x\n");
        assertThat(ours(catchThrowable(() -> read(file).select("features").collectAsList())))
                .hasMessageContaining("bad.txt:2:11: value of feature 1");
    }

    @Test
    void dropMalformedLeavesThemOut() throws IOException {
        Path file = file(folder, "bad.txt", GOOD + "oops\n1 qid:2 9:x\n" + GOOD);
        assertThat(rows(read(file, "mode", "dropMalformed"))).containsExactly("1.0|1|[1.0]|null", "1.0|1|[1.0]|null");
    }

    @Test
    void permissiveKeepsTheirText() throws IOException {
        Path file = file(folder, "bad.txt", GOOD + "1 qid:2 9:x # \u00e9\r\n" + GOOD);
        assertThat(read(file, "mode", "PERMISSIVE").collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactly(
                        "1.0|1|[1.0]|null|null", "null|null|null|null|1 qid:2 9:x # \u00e9", "1.0|1|[1.0]|null|null");
        Row bad = read(file, "mode", "PERMISSIVE", "columnNameOfCorruptRecord", "wrong")
                .where("wrong IS NOT NULL")
                .select("wrong")
                .first();
        assertThat(bad.getString(0)).isEqualTo("1 qid:2 9:x # \u00e9");
    }

    @Test
    void optionsAreChecked() throws IOException {
        Path file = file(folder, "good.txt", GOOD);
        assertThatThrownBy(() -> read(file, "mode", "fast"))
                .hasMessage("letor: mode must be one of FAILFAST, DROPMALFORMED, PERMISSIVE, got 'FAST'");
        assertThatThrownBy(() -> read(file, "numFeatures", "-1"))
                .hasMessage("letor: numFeatures must be a whole number >= 0, got '-1'");
        assertThatThrownBy(() -> read(file, "numFeatures", "ten"))
                .hasMessage("letor: numFeatures must be a whole number >= 0, got 'ten'");
        assertThatThrownBy(() -> read(file, "zeroBased", "yes"))
                .hasMessage("letor: zeroBased must be one of true, false, got 'yes'");
        assertThatThrownBy(() -> read(file, "groups", "all"))
                .hasMessage("letor: groups must be one of auto, none, got 'all'");
        assertThatThrownBy(() -> read(file, "mode", "PERMISSIVE", "columnNameOfCorruptRecord", "QID"))
                .hasMessage("letor: columnNameOfCorruptRecord must be a new name, got 'qid'");
    }

    @Test
    void aBrokenZipIsNamed() throws IOException {
        Path file = file(folder, "broken.gz", "this is no zip");
        assertThat(catchThrowable(() -> read(file, "numFeatures", "1").collectAsList()))
                .hasStackTraceContaining("broken.gz' cannot be read");
    }
}
