// SPDX-License-Identifier: Apache-2.0
package io.supple.boosters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.supple.Loss;
import io.supple.Mode;
import io.supple.RankingLoss;
import io.supple.Soft;
import io.supple.SyntheticLists;
import io.supple.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.scala.DMatrix;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRanker;
import org.apache.spark.ml.linalg.SQLDataTypes;
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

/** XGBoost4J-Spark grows trees on our gradients: as good as on its own, by the exact NDCG of lists that it has not seen. */
class XgboostObjectiveTest {

    private static final StructType SCHEMA = new StructType()
            .add("qid", DataTypes.IntegerType)
            .add("at", DataTypes.IntegerType)
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void treesOnThePairwiseGradientAreAsGoodAsTheirOwn() {
        double own = ndcg(null);
        double pairwise = ndcg(Loss.GAIN_PAIRWISE);
        assertThat(pairwise).isGreaterThan(0.88).isGreaterThan(own - 0.015);
    }

    @Test
    void treesOnSoftSpearmanLearn() {
        assertThat(ndcg(Loss.SOFT_SPEARMAN)).isGreaterThan(0.80); // a random order has 0.376
    }

    @Test
    void dataWithoutGroupsIsRefused() throws Exception {
        DMatrix ungrouped = new DMatrix(new float[] {1, 2, 3}, 3, 1, Float.NaN);
        ungrouped.setLabel(new float[] {0, 1, 2});
        XgboostObjective objective = new XgboostObjective(RankingLoss.of(Loss.GAIN_PAIRWISE));
        assertThatThrownBy(() -> objective.getGradient(new float[3][1], ungrouped))
                .hasMessageContaining("must come in groups")
                .hasMessageContaining("groupCol");
    }

    /** Mean NDCG@10 on the test lists of trees that are grown on a loss; without one, on XGBoost's own lambdarank. */
    private static double ndcg(Loss loss) {
        XGBoostRanker ranker = new XGBoostRanker();
        ranker.setGroupCol("qid");
        ranker.setLabelCol("label");
        ranker.setFeaturesCol("features");
        ranker.setNumRound(100);
        ranker.setEta(0.1);
        ranker.setMaxDepth(5);
        ranker.setMinChildWeight(0);
        ranker.setNumWorkers(1);
        ranker.setMissing(Float.NaN);
        ranker.setObjective("rank:ndcg");
        if (loss != null) ranker.setCustomObj(new XgboostObjective(RankingLoss.of(loss)));
        SyntheticLists test = SyntheticLists.topheavy(2, 400);
        List<Row> rows = ranker.train(rows(SyntheticLists.topheavy(1, 200)))
                .transform(rows(test))
                .orderBy("at")
                .select("prediction")
                .collectAsList();
        int[] offsets = test.offsets();
        double sum = 0;
        for (int list = 0; list + 1 < offsets.length; list++) {
            int from = offsets[list];
            int to = offsets[list + 1];
            double[] scores = new double[to - from];
            for (int i = from; i < to; i++) scores[i - from] = rows.get(i).getDouble(0);
            double[] labels = Arrays.copyOfRange(test.labels(), from, to);
            sum += Soft.smooth(1)
                    .with(Mode.HARD)
                    .ndcg(Tensor.of(scores), Tensor.of(labels), 10)
                    .item();
        }
        return sum / (offsets.length - 1);
    }

    private static Dataset<Row> rows(SyntheticLists lists) {
        int[] offsets = lists.offsets();
        List<Row> rows = new ArrayList<>();
        for (int list = 0; list + 1 < offsets.length; list++) {
            for (int i = offsets[list]; i < offsets[list + 1]; i++) {
                rows.add(RowFactory.create(list, i, lists.labels()[i], Vectors.dense(lists.features()[i])));
            }
        }
        return spark.createDataFrame(rows, SCHEMA);
    }
}
