// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Cutoffs;
import io.supple.Loss;
import io.supple.Method;
import io.supple.RankingLoss;
import io.supple.Scorer;
import io.supple.spark.optimize.Lbfgs;
import io.supple.spark.optimize.Minimum;
import io.supple.spark.optimize.Point;
import io.supple.spark.optimize.Stop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages of a fit, each from where the last one ended: a convex loss where one comes first, then the chosen loss, at
 * falling softness where that is asked for; lambdaLoss several times, since its weights are those of the scores before.
 */
final class Descent {

    /** Of its own name, below the ranker's: who is told of each iteration otherwise can leave these lines out alone. */
    private static final Logger LOG = LoggerFactory.getLogger(SoftRanker.class.getName() + ".iterations");

    /** How often lambdaLoss takes new places. */
    private static final int ROUNDS = 4;

    private final SoftRanker ranker;
    private final JavaRDD<Block> blocks;
    private final Blocks.Census census;
    private final Scorer scorer;
    private final Multiplier multiplier;
    private final RankDevice device;
    private final Cutoffs cutoffs;
    private final double[] ridge;
    private final double[] l1; // null without a 1-norm
    private final int patience;

    // histories of the chosen loss
    private final List<Double> objectives = new ArrayList<>();
    private final List<double[]> training = new ArrayList<>();
    private final List<double[]> validation = new ArrayList<>();
    private int iterations;
    private int evaluations;
    private double best = Double.NEGATIVE_INFINITY;
    private int chosen = -1;
    private double[] bestWeights;
    private Stop stop = Stop.ITERATIONS;

    Descent(
            SoftRanker ranker,
            JavaRDD<Block> blocks,
            Blocks.Census census,
            Scorer scorer,
            Multiplier multiplier,
            RankDevice device,
            Cutoffs cutoffs) {
        this.ranker = ranker;
        this.blocks = blocks;
        this.census = census;
        this.scorer = scorer;
        this.multiplier = multiplier;
        this.device = device;
        this.cutoffs = cutoffs;
        double skip = ranker.isSet(ranker.skipRegParam()) ? ranker.getSkipRegParam() : ranker.getRegParam();
        double[] penalties = scorer.penalties(ranker.getRegParam(), skip);
        double share = ranker.getElasticNetParam();
        ridge = scaled(1 - share, penalties);
        l1 = share > 0 ? scaled(share, penalties) : null;
        patience = ranker.getEarlyStoppingRounds();
    }

    private static double[] scaled(double f, double[] x) {
        return Arrays.stream(x).map(v -> f * v).toArray();
    }

    /** The weights that the stages end with. */
    double[] run() {
        RankingLoss loss = ranker.lossParams().chosen();
        device.tell(loss);
        double[] w = scorer.start(ranker.getSeed());
        Loss first = warmStart(loss, ranker.getWarmStart());
        if (first != null) w = stage(ranker.lossParams().chosen(first), w, null, false);
        for (double softness : softnesses()) {
            RankingLoss at = loss.withSoftness(softness);
            int rounds = loss.loss() == Loss.LAMBDA_LOSS ? ROUNDS : 1;
            for (int round = 0; round < rounds && stop != Stop.WATCH; round++) {
                w = stage(at, w, rounds > 1 ? w : null, true);
            }
        }
        if (bestWeights != null) return bestWeights;
        chosen = objectives.size() - 1;
        return w;
    }

    /** The loss that is fitted first; null for none. */
    static Loss warmStart(RankingLoss loss, String param) {
        if (param.equals(SolverParams.NONE)) return null;
        if (!param.equals(SolverParams.AUTO)) return Loss.of(param);
        boolean stuck =
                loss.loss().usesOrder() && (loss.method() == Method.SOFTSORT || loss.method() == Method.NEURALSORT);
        return stuck || loss.loss() == Loss.LAMBDA_LOSS ? Loss.GAIN_PAIRWISE : null;
    }

    private List<Double> softnesses() {
        List<Double> all = new ArrayList<>();
        double end = ranker.getSoftness();
        if (ranker.isSet(ranker.softnessStart())) {
            for (double at = ranker.getSoftnessStart(); at > end; at *= ranker.getSoftnessDecay()) all.add(at);
        }
        all.add(end);
        return all;
    }

    private double[] stage(RankingLoss loss, double[] start, double[] reference, boolean kept) {
        ListObjective objective =
                new ListObjective(blocks, census, scorer, multiplier, device, cutoffs, loss, ridge, reference);
        Lbfgs lbfgs = new Lbfgs(ranker.getMaxIter(), ranker.getTol());
        if (l1 != null) lbfgs = lbfgs.withL1(l1);
        Minimum minimum = lbfgs.minimize(
                objective, start, (iteration, at, step) -> goOn(loss.toString(), objective, iteration, at, kept));
        LOG.info(
                "{} ended after {} iterations: {}",
                loss,
                minimum.iterations(),
                minimum.stop().words());
        iterations += minimum.iterations();
        evaluations += minimum.evaluations();
        stop = minimum.stop();
        return minimum.point().w();
    }

    private boolean goOn(String stage, ListObjective objective, int iteration, Point at, boolean kept) {
        ListObjective.Metrics seen = objective.metrics(at.w());
        int last = cutoffs.count() - 1;
        double judged = seen.validation == null ? Double.NaN : seen.validation[last];
        Progress.Iteration now = new Progress.Iteration(
                stage,
                iteration,
                ranker.getMaxIter(),
                at.value(),
                at.slope(),
                ranker.getEvalAt()[last],
                seen.training[last],
                judged);
        LOG.info(
                "{} iteration {}: objective {}, gradient {}, NDCG@{} {}{}",
                stage,
                iteration,
                now.objective(),
                now.slope(),
                now.cutoff(),
                now.trainingNdcg(),
                seen.validation == null ? "" : ", validation " + judged);
        ranker.progress().after(now);
        if (!kept) return true;
        objectives.add(at.value());
        training.add(seen.training);
        if (seen.validation != null) validation.add(seen.validation);
        if (patience == 0) return true;
        if (judged > best) {
            best = judged;
            chosen = objectives.size() - 1;
            bestWeights = at.w().clone();
        }
        return objectives.size() - 1 - chosen < patience;
    }

    TrainingSummary summary() {
        double[] counts = new double[TrainingSummary.COUNTS];
        counts[TrainingSummary.LISTS] = census.used;
        counts[TrainingSummary.SKIPPED] = census.skipped;
        counts[TrainingSummary.ROWS] = census.rows;
        counts[TrainingSummary.VALIDATION_LISTS] = census.validationLists;
        counts[TrainingSummary.ITERATIONS] = iterations;
        counts[TrainingSummary.EVALUATIONS] = evaluations;
        counts[TrainingSummary.CHOSEN] = chosen;
        counts[TrainingSummary.BYTES] = census.bytes;
        String why = stop == Stop.WATCH ? "no better validation NDCG in " + patience + " iterations" : stop.words();
        return new TrainingSummary(
                why,
                ranker.getEvalAt(),
                counts,
                objectives.stream().mapToDouble(v -> v).toArray(),
                training.stream().flatMapToDouble(Arrays::stream).toArray(),
                validation.stream().flatMapToDouble(Arrays::stream).toArray());
    }
}
