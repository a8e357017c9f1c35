// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.supple.SyntheticLists;
import io.supple.spark.rank.SoftRanker;
import io.supple.spark.rank.SoftRankerModel;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A ranker with a hidden layer is the same whoever multiplies. */
class RankerTest implements NeedsBackend {

    private static final StructType SCHEMA = new StructType()
            .add("group", DataTypes.LongType)
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());

    private static SparkSession session;

    @BeforeAll
    static void start() {
        session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 3)
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        if (session != null) session.stop();
    }

    private static Dataset<Row> rows(int lists) {
        SyntheticLists truth = SyntheticLists.curved(7, lists);
        List<Row> rows = new ArrayList<>();
        for (int l = 0; l + 1 < truth.offsets().length; l++) {
            for (int i = truth.offsets()[l]; i < truth.offsets()[l + 1]; i++) {
                rows.add(RowFactory.create((long) l, truth.labels()[i], Vectors.dense(truth.features()[i])));
            }
        }
        return session.createDataFrame(rows, SCHEMA);
    }

    private static double[] fitted(String linearAlgebra, Dataset<Row> rows) {
        return new SoftRanker()
                .setGroupCol("group")
                .setHiddenLayers(8)
                .setMaxIter(15)
                .setLinearAlgebra(linearAlgebra)
                .fit(rows)
                .coefficients()
                .toArray();
    }

    @Test
    void theModelIsTheSame() {
        Dataset<Row> rows = rows(60);
        double[] plain = fitted("plain", rows);
        for (String other : List.of("blas", "nd4j", "auto")) {
            assertThat(fitted(other, rows)).as(other).containsExactly(plain, within(1e-9));
        }
    }

    /** All features while a fit lasts, nothing after it. */
    @Test
    void memoryIsGivenBack() {
        Dataset<Row> rows = rows(60);
        List<Long> held = new ArrayList<>();
        SoftRankerModel model = new SoftRanker()
                .setGroupCol("group")
                .setHiddenLayers(4)
                .setMaxIter(3)
                .setLinearAlgebra("nd4j")
                .setProgress(now -> held.add(Nd4jAlgebra.heldBytes()))
                .fit(rows);
        int features = ((Vector) rows.first().get(2)).size();
        assertThat(held).hasSizeGreaterThan(2).containsOnly(8L * features * rows.count());
        assertThat(Nd4jAlgebra.heldBytes()).isZero();
        assertThat(model.summary().evaluations()).isGreaterThan(2);
    }
}
