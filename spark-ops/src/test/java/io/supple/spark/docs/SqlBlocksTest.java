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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The SQL of the documents runs. A list or a number in a comment after a statement is its result, to as many digits as stand
 * there.
 */
class SqlBlocksTest {

    private static final SparkSession SESSION = Sessions.shared();

    private static final Pattern STATEMENT =
            Pattern.compile("(.*?)(?:;[ \\t]*(?:--([^\\n]*))?(?:\\n|$)|$)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.(\\d+))?");
    private static final Pattern RESULT = Pattern.compile("\\s*(\\[[^\\]a-z]*\\]|-?\\d[\\d.]*)(?=\\s|$).*");

    static List<String> documents() throws IOException {
        return DocumentCode.documents("sql");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void blocksRun(String document, @TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("train.txt"), "2 qid:1 1:0.5\n0 qid:1 1:0.25\n");
        SESSION.sql(
                "CREATE OR REPLACE TEMPORARY VIEW lists AS SELECT 1 AS id, array(3D, 1D, 2D) AS scores,"
                        + " array(2, 0, 1) AS labels, array(1D, 0D, 0D) AS upstream, array(3D, 1D, 2D) AS x, array(1D, 0D, 0D) AS g");
        for (String block : DocumentCode.blocks(document, "sql")) {
            Matcher matcher = STATEMENT.matcher(block);
            while (matcher.find()) {
                String statement = matcher.group(1).strip();
                if (statement.isEmpty()) continue;
                run(statement.replace("MSLR-WEB10K/Fold1", folder.toString()), matcher.group(2));
            }
        }
    }

    private static void run(String statement, String comment) {
        String sql = statement.replace("CREATE TEMPORARY VIEW", "CREATE OR REPLACE TEMPORARY VIEW");
        List<Row> rows = SESSION.sql(sql).collectAsList();
        Matcher result = RESULT.matcher(comment == null ? "" : comment);
        if (!result.matches()) return;
        String expected = result.group(1).replaceAll("\\s", "");
        Object value = rows.get(0).get(0);
        List<String> got = new ArrayList<>();
        List<?> values = value instanceof Row
                        || !rows.get(0)
                                .schema()
                                .fields()[0]
                                .dataType()
                                .typeName()
                                .equals("array")
                ? List.of(value)
                : rows.get(0).getList(0);
        List<String> wanted = List.of(expected.replaceAll("[\\[\\]]", "").split(","));
        for (int i = 0; i < values.size(); i++) {
            got.add(values.get(i) == null ? "NULL" : rounded(values.get(i), i < wanted.size() ? wanted.get(i) : ""));
        }
        assertThat(got).as(statement).isEqualTo(wanted);
    }

    /** A number to the digits that another one has. */
    private static String rounded(Object value, String like) {
        Matcher digits = NUMBER.matcher(like);
        int places =
                digits.matches() && digits.group(1) != null ? digits.group(1).length() : 0;
        return String.format(Locale.ROOT, "%." + places + "f", ((Number) value).doubleValue());
    }

    /** Results in comments are read, so that a wrong one would be seen. */
    @Test
    void resultsAreRead() {
        assertThat(RESULT.matcher(" [1.0, NULL, 2.0]   along elements").matches())
                .isTrue();
        assertThat(RESULT.matcher(" the loss").matches()).isFalse();
        Throwable wrong = org.assertj.core.api.Assertions.catchThrowable(
                () -> run("SELECT soft_rank(array(3, 1, 2))", " [1.047, 2.954, 2.0]"));
        assertThat(wrong).isInstanceOf(AssertionError.class);
    }
}
