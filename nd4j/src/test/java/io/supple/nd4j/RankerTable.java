// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.spark.rank.Progress;
import io.supple.spark.rank.SoftRanker;
import io.supple.spark.rank.SoftRankerModel;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.bytedeco.javacpp.Pointer;

/**
 * Prints what an evaluation of the objective takes in fits of 100,000 rows of 136 features, in lists of 120, with a hidden
 * layer of 64: whole evaluations, losses and Spark's tasks included. A program, not a test.
 */
final class RankerTable {

    private static final int ROWS = 100_000;
    private static final int FEATURES = 136;
    private static final int LIST = 120;

    private RankerTable() {}

    public static void main(String[] args) {
        SparkSession session = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double[] x = random.doubles(FEATURES, -1, 1).toArray();
            double label = Math.max(0, Math.rint(2 * x[0] * x[1] + x[2] + random.nextGaussian()));
            rows.add(RowFactory.create((long) (i / LIST), label, Vectors.dense(x)));
        }
        StructType schema = new StructType()
                .add("group", DataTypes.LongType)
                .add("label", DataTypes.DoubleType)
                .add("features", SQLDataTypes.VectorType());
        Dataset<Row> data = session.createDataFrame(rows, schema).cache();
        for (String algebra : args) fit(data, algebra, System.out);
        session.stop();
    }

    private static void fit(Dataset<Row> data, String algebra, PrintStream out) {
        long[] times = new long[2];
        Progress clock = now -> {
            if (times[0] == 0) times[0] = System.nanoTime();
            times[1] = System.nanoTime();
        };
        SoftRankerModel model = new SoftRanker()
                .setGroupCol("group")
                .setLoss("listNet")
                .setHiddenLayers(64)
                .setMaxIter(12)
                .setTol(0)
                .setLinearAlgebra(algebra)
                .setProgress(clock)
                .fit(data);
        double evaluations = model.summary().evaluations() - 1.0; // the first is before the first iteration
        out.println(String.format( // in one piece, beside the log
                Locale.ROOT,
                "| %s | %.0f ms an evaluation | %.0f evaluations | objective %.12f | process %.0f MB |",
                algebra,
                (times[1] - times[0]) / 1e6 / evaluations,
                evaluations,
                model.summary().objectiveHistory()[model.summary().objectiveHistory().length - 1],
                Pointer.physicalBytes() / 1e6));
    }
}
