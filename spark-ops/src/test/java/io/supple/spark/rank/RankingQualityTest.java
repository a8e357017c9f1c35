// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.supple.SyntheticLists;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Minima and test NDCGs that another implementation reached on the two synthetic sets. A linear scorer's minimum is a number
 * of the loss alone: it holds losses, gradients, scaling, penalty and optimiser together.
 */
class RankingQualityTest {

    private static final Map<String, Dataset<Row>> ROWS = new ConcurrentHashMap<>();

    private static Dataset<Row> rows(String set, long seed) {
        return ROWS.computeIfAbsent(set + seed, name -> {
            int lists = seed == 1 ? 200 : 400;
            return RankRows.of(
                            set.equals("topheavy")
                                    ? SyntheticLists.topheavy(seed, lists)
                                    : SyntheticLists.curved(seed, lists))
                    .cache();
        });
    }

    /** NDCG of scored rows at cut-offs, by the exact operator. */
    private static double ndcg(Dataset<Row> scored, int k) {
        return new SoftRankingEvaluator().setK(k).evaluate(scored);
    }

    @ParameterizedTest
    @CsvSource({
        "leastSquares, 0.01, topheavy, 0.72963339, .566, .627, .704, .002",
        "leastSquares, 0.01, curved,   0.71415165, .551, .645, .719, .002",
        "listNet,      0.01, topheavy, 2.82046355, .763, .763, .779, .002",
        "listNet,      0.01, curved,   2.71837855, .558, .646, .718, .002",
        "gainPairwise, 0.01, topheavy, 10.62511328, .649, .701, .750, .002",
        "gainPairwise, 0.01, curved,   9.45399183, .556, .645, .716, .002",
        "approxNDCG,  0.001, topheavy, 0.18614111, .828, .773, .775, .01",
        "approxNDCG,  0.001, curved,   0.28642710, .554, .645, .712, .01",
        "approxNDCG,   0.01, topheavy, 0.28470615, .816, .777, .778, .01",
        "approxNDCG,   0.01, curved,   0.39622200, .529, .637, .709, .01",
        "softSpearman, 0.001, topheavy, 0.10420087, .474, .562, .642, .01",
        "softSpearman, 0.001, curved,   0.12821380, .557, .642, .717, .01"
    })
    void minimaAndNdcg(
            String loss, double reg, String set, double minimum, double at1, double at5, double at10, double off) {
        SoftRankerModel model = new SoftRanker()
                .setLoss(loss)
                .setRegParam(reg)
                .setFeatureScaling("standard")
                .setMaxIter(300)
                .setTol(1e-10)
                .fit(rows(set, 1));
        assertThat(model.summary().objective()).isCloseTo(minimum, Percentage.withPercentage(1e-4));
        Dataset<Row> scored = model.transform(rows(set, 2)).cache();
        assertThat(ndcg(scored, 1)).as("NDCG@1").isCloseTo(at1, within(off));
        assertThat(ndcg(scored, 5)).as("NDCG@5").isCloseTo(at5, within(off));
        assertThat(ndcg(scored, 10)).as("NDCG@10").isCloseTo(at10, within(off));
        scored.unpersist();
    }

    /** What a linear model must choose: the top, or the rest. */
    @Test
    void approxNdcgChoosesTheTop() {
        SoftRankerModel model = new SoftRanker()
                .setRegParam(0.001)
                .setFeatureScaling("standard")
                .fit(rows("topheavy", 1));
        assertThat(ndcg(model.transform(rows("topheavy", 2)), 1)).isGreaterThanOrEqualTo(0.82);
    }

    @ParameterizedTest
    @CsvSource({"leastSquares, 0.01, 0.88", "approxNDCG, 0.001, 0.86"})
    void aHiddenLayerSeesWhatIsCurved(String loss, double reg, double least) {
        SoftRankerModel model = new SoftRanker()
                .setLoss(loss)
                .setRegParam(reg)
                .setFeatureScaling("listStandard")
                .setHiddenLayers(32)
                .setMaxIter(60)
                .setTol(0)
                .setSeed(1)
                .fit(rows("curved", 1));
        assertThat(ndcg(model.transform(rows("curved", 2)), 10)).isGreaterThanOrEqualTo(least);
    }
}
