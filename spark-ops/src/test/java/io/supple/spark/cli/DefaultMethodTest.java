// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Sessions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where groups are longer than the default method suits, and it was not chosen, that is said. */
class DefaultMethodTest {

    private static final String CHOSEN =
            "soft_median(x, method => 'neuralsort') AS a, soft_rank(x, softness => 0.01) AS b,"
                    + " soft_max(x, mode => 'hard') AS c, soft_sort(x, standardize => false) AS d, soft_relu(x[0]) AS e";

    @TempDir
    private Path folder;

    private String said(int longest, String select) {
        Sessions.shared()
                .sql("SELECT 'long' AS g, CAST(id AS DOUBLE) AS x FROM range(" + longest + ")"
                        + " UNION ALL SELECT 'short', 1.5D")
                .write()
                .mode("overwrite")
                .parquet(folder.resolve("in.parquet").toString());
        Calls calls = new Calls(folder);
        int code = calls.supple("features", "@in.parquet", "@out", "--overwrite", "--group", "g", "--select", select);
        assertThat(code).as(calls::err).isZero();
        return calls.err();
    }

    @Test
    void itIsSaidOnceForAllFunctions() {
        assertThat(said(51, CHOSEN + ", 2 * soft_median(x) AS f, soft_rank(x) AS r, reverse(soft_rank(x)) AS s"))
                .contains(
                        "note: the longest group has 51 rows, and soft_median, soft_rank took the default method"
                                + " 'neuralsort', for lists of up to 50: results may be far off; give method => 'fast_soft_sort'");
    }

    @Test
    void nothingIsSaidOfAChoiceOrOfShortLists() {
        assertThat(said(51, CHOSEN)).doesNotContain("note:");
        assertThat(said(50, "soft_median(x) AS f")).doesNotContain("note:");
    }
}
