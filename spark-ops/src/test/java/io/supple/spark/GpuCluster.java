// SPDX-License-Identifier: Apache-2.0
package io.supple.spark;

import io.supple.spark.ml.SoftRank;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A program of its own: a cluster of one worker with two devices, of which tasks get a part each, computes ranks on them. Its
 * arguments are the script that discovers the devices, how much of one a task gets, the executors' class path, and the file
 * that they write to.
 */
public final class GpuCluster {

    private GpuCluster() {}

    /** Runs. */
    public static void main(String[] arguments) {
        SparkSession session = SparkSession.builder()
                .master("local-cluster[1,4,1024]")
                .appName("gpu cluster")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.worker.resource.gpu.amount", "2")
                .config("spark.worker.resource.gpu.discoveryScript", arguments[0])
                .config("spark.executor.resource.gpu.amount", "2")
                .config("spark.executor.resource.gpu.discoveryScript", arguments[0])
                .config("spark.task.resource.gpu.amount", arguments[1])
                .config("spark.executor.extraClassPath", arguments[2])
                .config("spark.executor.extraJavaOptions", "-D" + StandIn.LOG + "=" + arguments[3])
                .config(DeviceCalls.BATCH, "30")
                .getOrCreate();
        try {
            Dataset<Row> rows =
                    session.sql("SELECT id, array(1D * (id % 7), 2D, 0.1D * id) AS x FROM range(0, 480, 1, 16)");
            SoftRank stage =
                    new SoftRank().setInputCol("x").setMethod("softsort").setOutputCol("r");
            List<Row> expected = stage.setDevice("cpu").transform(rows).collectAsList();
            List<Row> got = stage.setDevice("counting").transform(rows).collectAsList();
            if (!got.equals(expected)) throw new IllegalStateException(got + " is not " + expected);
            System.out.println("480 rows are the same on Spark " + session.version());
        } finally {
            session.stop();
        }
    }
}
