// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.supple.spark.Near;
import io.supple.spark.Sessions;
import io.supple.spark.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code features --device} and {@code train --device}. */
class DeviceOptionTest {

    private static final String[] SELECT = {
        "soft_rank(x, method => 'softsort') AS r, 1 + soft_median(x) AS m,"
                + " soft_sort_vjp(x, x, method => 'softsort').grad_x AS slope"
    };

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        Sessions.shared();
    }

    private List<Row> written(Calls calls, String device) {
        String[] call = {
            "features", "@in.parquet", "@" + device, "--group", "g", "--select", SELECT[0], "--device", device
        };
        assertThat(calls.supple(call)).as(calls.err()).isZero();
        Dataset<Row> table =
                Sessions.shared().read().parquet(folder.resolve(device).toString());
        return table.orderBy("x", "g").collectAsList();
    }

    @Test
    void whereDoesNotMatter() throws IOException, InterruptedException {
        Sessions.shared()
                .sql("SELECT id % 5 AS g, (id * id) % 17 + id * 0.01D AS x FROM range(60)")
                .write()
                .parquet(folder.resolve("in.parquet").toString());
        Calls calls = new Calls(folder);
        List<Row> expected = written(calls, "cpu");
        StandIn.ROWS.set(0);
        Near.assertSame(written(calls, "counting"), expected);
        assertThat(StandIn.ROWS).as("three calls on five groups").hasValue(15);
        StandIn.awaitClosed();
        calls.supple("features", "@in.parquet", "@out", "--group", "g", "--select", SELECT[0], "--device", "none");
        assertThat(calls.err())
                .contains("soft_rank: device: 'none' must be there, got none: 'none' is not on the class path");
        assertThat(calls.files()).doesNotContain("out");
    }

    @Test
    void trainingToo() throws IOException, InterruptedException {
        Sessions.shared()
                .sql("SELECT id % 5 AS query, (id * id) % 17 % 3 AS label, (id * id) % 17 + id * 0.01D AS x,"
                        + " (id * 7) % 11 * 0.1D AS y FROM range(60)")
                .write()
                .parquet(folder.resolve("lists.parquet").toString());
        Calls calls = new Calls(folder);
        StandIn.ROWS.set(0);
        for (String device : List.of("cpu", "counting")) {
            String[] call = {
                "train", "@lists.parquet", "@" + device, "--group", "query", "--max-iter", "2", "--device", device
            };
            assertThat(calls.supple(call)).as(calls.err()).isZero();
            if (device.equals("cpu")) assertThat(StandIn.ROWS).hasValue(0);
        }
        assertThat(StandIn.ROWS.get()).as("five lists in three evaluations").isGreaterThanOrEqualTo(15);
        StandIn.awaitClosed();
        calls.refuses(
                1,
                "train @lists.parquet @none --group query --device none",
                "supple: SoftRanker: device: 'none' must be there, got none: 'none' is not on the class path");
    }
}
