// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Cutoffs;
import io.supple.JudgedLists;
import io.supple.RankingLoss;
import io.supple.Scorer;
import io.supple.algebra.LinearAlgebra;
import io.supple.device.RowSession;
import io.supple.spark.optimize.Objective;
import java.io.Serializable;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * {@code sum_l omega_l L_l(s(w)) / sum_l omega_l + 1/2 sum_i c_i w_i^2} over lists that are elsewhere, with its gradient, and
 * the NDCG on the way. One evaluation is one pass over the cached blocks.
 */
final class ListObjective implements Objective {

    /** What a partition gives back. Sums: the loss, training NDCGs, validation NDCGs, then the gradient. */
    private static final class Share implements Serializable {
        private static final long serialVersionUID = 1L;
        private final Sums sums;
        private boolean finite = true;

        Share(int n) {
            sums = new Sums(n);
        }

        /** Adds the loss of a list and its gradient, whose sums begin at {@code head}. */
        void add(double weight, double loss, int head, double[] gradient) {
            sums.add(0, weight * loss);
            sums.add(head, weight, gradient);
        }

        Share plus(Share other) {
            sums.plus(other.sums);
            finite &= other.finite;
            return this;
        }
    }

    /** The NDCG of lists at each cut-off; null where there are none. */
    static final class Metrics {
        final double[] training;
        final double[] validation;

        Metrics(double[] training, double[] validation) {
            this.training = training;
            this.validation = validation;
        }
    }

    /** More than this many bytes of partial sums are added by the workers first. */
    private static final long MOST_AT_ONCE = 64L << 20;

    private final JavaRDD<Block> blocks;
    private final Blocks.Census census;
    private final Scorer scorer;
    private final Multiplier multiplier;
    private final RankDevice device;
    private final Cutoffs cutoffs;
    private final RankingLoss loss;
    private final double[] ridge;
    private final double[] reference; // weights whose scores say lambdaLoss's places; null for none
    private final IdentityHashMap<double[], Metrics> metrics = new IdentityHashMap<>();

    ListObjective(
            JavaRDD<Block> blocks,
            Blocks.Census census,
            Scorer scorer,
            Multiplier multiplier,
            RankDevice device,
            Cutoffs cutoffs,
            RankingLoss loss,
            double[] ridge,
            double[] reference) {
        this.blocks = blocks;
        this.census = census;
        this.scorer = scorer;
        this.multiplier = multiplier;
        this.device = device;
        this.cutoffs = cutoffs;
        this.loss = loss;
        this.ridge = ridge;
        this.reference = reference;
    }

    /** What was seen when the objective was evaluated at w; of other points no more is known. */
    Metrics metrics(double[] w) {
        Metrics seen = metrics.get(w);
        metrics.clear();
        if (seen != null) metrics.put(w, seen);
        return seen;
    }

    @Override
    public double value(double[] w, double[] gradient) {
        int k = cutoffs.count();
        int head = 1 + 2 * k;
        Share all = share(blocks, new Task(scorer, multiplier, device, cutoffs, loss, w, reference), head + w.length);
        double[] training = new double[k];
        double[] validation = new double[k];
        for (int c = 0; c < k; c++) {
            training[c] = all.sums.get(1 + c) / census.allWeight;
            validation[c] = all.sums.get(1 + k + c) / census.validationWeight;
        }
        metrics.put(w, new Metrics(training, census.validationWeight > 0 ? validation : null));
        if (!all.finite) {
            Arrays.fill(gradient, Double.NaN);
            return Double.NaN;
        }
        double value = all.sums.get(0) / census.weight;
        for (int i = 0; i < w.length; i++) {
            value += 0.5 * ridge[i] * w[i] * w[i];
            gradient[i] = all.sums.get(head + i) / census.weight + ridge[i] * w[i];
        }
        return value;
    }

    private static Share share(JavaRDD<Block> blocks, Task task, int n) {
        JavaRDD<Share> shares = blocks.mapPartitions(task::run);
        // in the order of partitions, so that the same partitions give the same bits
        long bytes = 16L * n * blocks.getNumPartitions();
        if (bytes > MOST_AT_ONCE) return shares.treeReduce(Share::plus);
        List<Share> collected = shares.collect();
        Share all = new Share(n);
        for (Share share : collected) all.plus(share);
        return all;
    }

    /** One partition's part of an evaluation. */
    private static final class Task implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Scorer scorer;
        private final Multiplier multiplier;
        private final RankDevice device;
        private final Cutoffs cutoffs;
        private final RankingLoss loss;
        private final double[] w;
        private final double[] reference;

        Task(
                Scorer scorer,
                Multiplier multiplier,
                RankDevice device,
                Cutoffs cutoffs,
                RankingLoss loss,
                double[] w,
                double[] reference) {
            this.scorer = scorer;
            this.multiplier = multiplier;
            this.device = device;
            this.cutoffs = cutoffs;
            this.loss = loss;
            this.w = w;
            this.reference = reference;
        }

        Iterator<Share> run(Iterator<Block> blocks) {
            Share share = new Share(1 + 2 * cutoffs.count() + w.length);
            LinearAlgebra algebra = multiplier.here();
            try (Scorer.Pass pass = scorer.pass(w, algebra);
                    Scorer.Pass before = reference == null ? null : scorer.pass(reference, algebra)) {
                RowSession session = device.session(loss);
                Gathered gathered = session == null
                        ? null
                        : new Gathered(loss, session, device.batch(), pulling(pass, algebra, share));
                while (blocks.hasNext()) {
                    Block block = blocks.next();
                    pass.enter(block.x, () -> block.loaded(algebra));
                    if (before != null) before.enter(block.x, () -> block.loaded(algebra));
                    add(block, pass, before, gathered, share);
                    if (gathered != null && gathered.enough()) gathered.compute();
                }
                if (gathered != null) gathered.compute();
            }
            return List.of(share).iterator();
        }

        /** From losses that come later to weights: of each list again the scores, which the way back takes. */
        private Gathered.Taker pulling(Scorer.Pass pass, LinearAlgebra algebra, Share share) {
            double[] g = new double[w.length];
            return (block, l, from, value, v) -> {
                int n = block.offsets[l + 1] - from;
                if (pass.remembers()) {
                    pass.enter(block.x, () -> block.loaded(algebra));
                    pass.scores(block.x, from, n, new double[n], 0);
                }
                Arrays.fill(g, 0);
                pass.pull(block.x, from, n, v, from, g);
                share.add(block.weights[l], value, 1 + 2 * cutoffs.count(), g);
            };
        }

        private void add(Block block, Scorer.Pass pass, Scorer.Pass before, Gathered gathered, Share share) {
            int k = cutoffs.count();
            double[] s = new double[block.rows()];
            double[] r = before == null ? s : new double[block.rows()];
            double[] v = new double[block.rows()];
            double[] g = new double[w.length];
            double[] dcg = new double[k];
            JudgedLists judged = block.validation ? null : block.judged(loss);
            for (int l = 0; l < block.lists(); l++) {
                int from = block.offsets[l];
                int to = block.offsets[l + 1];
                double weight = block.weights[l];
                pass.scores(block.x, from, to - from, s, from);
                if (!finite(s, from, to)) {
                    share.finite = false;
                    return;
                }
                cutoffs.dcg(s, block.gains, from, to, dcg, 0);
                for (int c = 0; c < k; c++) {
                    double ideal = block.ideals[l * k + c];
                    share.sums.add(1 + (block.validation ? k : 0) + c, weight * (ideal == 0 ? 1 : dcg[c] / ideal));
                }
                if (judged == null || weight == 0 || !judged.counts(l)) continue;
                if (gathered != null) {
                    gathered.add(block, l, judged, s);
                    continue;
                }
                if (before != null) before.scores(block.x, from, to - from, r, from);
                double value = loss.add(judged, l, s, r, 1, v);
                Arrays.fill(g, 0);
                pass.pull(block.x, from, to - from, v, from, g);
                share.add(weight, value, 1 + 2 * k, g);
            }
        }

        private static boolean finite(double[] s, int from, int to) {
            for (int i = from; i < to; i++) if (!Double.isFinite(s[i])) return false;
            return true;
        }
    }
}
