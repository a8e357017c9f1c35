// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.SyntheticLists;
import io.supple.device.DeviceException;
import io.supple.device.Devices;
import io.supple.spark.DeviceCalls;
import io.supple.spark.ml.SoftQuantile;
import io.supple.spark.ml.SoftRank;
import io.supple.spark.rank.SoftRanker;
import io.supple.spark.rank.SoftRankerModel;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A program of its own, for class paths of different content: a pipeline of a ranker with a hidden layer and of soft stages on
 * its predictions, fitted and applied; prints its numbers. Takes an OpenCL device where there is one.
 */
public final class ThreeRuns {

    private static final StructType SCHEMA = new StructType()
            .add("group", DataTypes.LongType)
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());

    private ThreeRuns() {}

    /** Runs. */
    public static void main(String[] arguments) {
        SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 3)
                .getOrCreate();
        try {
            session.conf().set(DeviceCalls.DEVICE, device());
            Dataset<Row> rows = rows(session);
            PipelineModel model = new Pipeline().setStages(stages()).fit(rows);
            for (double w : ((SoftRankerModel) model.stages()[0]).coefficients().toArray()) number(w);
            for (Row row : model.transform(rows)
                    .orderBy("group", "prediction")
                    .select("prediction", "place", "slope", "p90")
                    .collectAsList()) {
                for (int i = 0; i < row.size(); i++) number(row.getDouble(i));
            }
        } finally {
            session.stop();
        }
    }

    private static void number(double value) {
        System.out.println("number " + value);
    }

    /** By name where there is one, since auto never takes a driver that computes on the CPU. */
    private static String device() {
        try {
            Devices.of("opencl", 0);
            return "opencl";
        } catch (DeviceException absent) {
            return Devices.AUTO;
        }
    }

    private static PipelineStage[] stages() {
        return new PipelineStage[] {
            new SoftRanker()
                    .setGroupCol("group")
                    .setHiddenLayers(8)
                    .setMaxIter(10)
                    .setLinearAlgebra("nd4j"),
            new SoftRank()
                    .setInputCol("prediction")
                    .setGroupCol("group")
                    .setMethod("softsort")
                    .setGradientCol("slope")
                    .setCotangentCol("label")
                    .setOutputCol("place"),
            new SoftQuantile()
                    .setQ(0.9)
                    .setInputCol("prediction")
                    .setGroupCol("group")
                    .setMethod("softsort")
                    .setOutputCol("p90"),
        };
    }

    private static Dataset<Row> rows(SparkSession session) {
        SyntheticLists truth = SyntheticLists.curved(7, 60);
        List<Row> rows = new ArrayList<>();
        for (int l = 0; l + 1 < truth.offsets().length; l++) {
            for (int i = truth.offsets()[l]; i < truth.offsets()[l + 1]; i++) {
                rows.add(RowFactory.create((long) l, truth.labels()[i], Vectors.dense(truth.features()[i])));
            }
        }
        return session.createDataFrame(rows, SCHEMA);
    }
}
