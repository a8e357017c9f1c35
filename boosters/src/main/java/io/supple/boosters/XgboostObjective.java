// SPDX-License-Identifier: Apache-2.0
package io.supple.boosters;

import io.supple.RankingLoss;
import io.supple.SoftRankingObjective;
import java.util.Arrays;
import java.util.Objects;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.DMatrix;
import ml.dmlc.xgboost4j.scala.ObjectiveTrait;
import scala.collection.immutable.List;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A soft ranking loss as the objective of XGBoost4J-Spark:
 *
 * <pre>{@code
 * XGBoostRanker ranker = new XGBoostRanker();
 * ranker.setGroupCol("qid");
 * ranker.setMinChildWeight(0);
 * ranker.setCustomObj(new XgboostObjective(RankingLoss.of(Loss.GAIN_PAIRWISE)));
 * }</pre>
 *
 * <p>In each round it gives every row the gradient and the positive diagonal Hessian of {@link SoftRankingObjective}, for the
 * lists that XGBoost's {@code groupCol} makes. Both are small, since losses are normalised for each list: leave
 * {@code minChildWeight} at 0, or no leaf will ever be heavy enough. Weights are those of lists, as XGBoost has them.
 *
 * <p>{@code gainPairwise} is the one to begin with. {@code approxNDCG} and {@code neuralNDCG} are flat where all scores are
 * equal, and trees start there.
 */
public final class XgboostObjective implements ObjectiveTrait {
    private static final long serialVersionUID = 1;

    private final RankingLoss loss;

    /**
     * The objective of a loss.
     *
     * @param loss with its method, mode and softness, which is in units of scores
     */
    public XgboostObjective(RankingLoss loss) {
        this.loss = Objects.requireNonNull(loss, "loss");
    }

    @Override
    public List<float[]> getGradient(float[][] margins, DMatrix data) {
        try {
            float[] labels = data.getLabel();
            int[] offsets = data.getGroup();
            if (offsets == null || offsets.length < 2 || offsets[offsets.length - 1] != labels.length) {
                throw new IllegalStateException("XgboostObjective: the rows must come in groups, got "
                        + Arrays.toString(offsets) + " for " + labels.length
                        + " rows; train an XGBoostRanker and set its groupCol");
            }
            double[] scores = new double[labels.length];
            for (int i = 0; i < scores.length; i++) scores[i] = margins[i][0];
            SoftRankingObjective.Round round = SoftRankingObjective.of(loss)
                    .gradient(scores, doubles(labels), offsets, weights(data.getWeight(), offsets));
            return CollectionConverters.asScala(java.util.List.of(floats(round.gradient()), floats(round.hessian())))
                    .toList();
        } catch (XGBoostError e) {
            throw new IllegalStateException("XgboostObjective: XGBoost does not give its data: " + e.getMessage(), e);
        }
    }

    /** One for each list; none if XGBoost has none. */
    private static double[] weights(float[] weights, int[] offsets) {
        return weights == null || weights.length != offsets.length - 1 ? null : doubles(weights);
    }

    private static double[] doubles(float[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) y[i] = x[i];
        return y;
    }

    private static float[] floats(double[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) y[i] = (float) x[i];
        return y;
    }
}
