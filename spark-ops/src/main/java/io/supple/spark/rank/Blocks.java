// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.Cutoffs;
import io.supple.RankingLoss;
import io.supple.spark.ml.Refusal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Lists of rows made into blocks: read, checked, scaled, judged once. */
final class Blocks implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A block has so many numbers, or one list. */
    private static final int NUMBERS = 1 << 17;

    private static final int ROWS = 4096;

    private final ListReader reader;
    private final int d;
    private final FeatureScaling scaling;
    private final double[] means; // of STANDARD
    private final double[] factors;
    private final RankingLoss loss;
    private final Cutoffs cutoffs;

    /**
     * How blocks are made.
     *
     * @param means what is taken off each feature, and the factors it is multiplied by; null unless scaling is standard
     */
    Blocks(
            ListReader reader,
            int d,
            FeatureScaling scaling,
            double[] means,
            double[] factors,
            RankingLoss loss,
            Cutoffs cutoffs) {
        this.reader = reader;
        this.d = d;
        this.scaling = scaling;
        this.means = means;
        this.factors = factors;
        this.loss = loss;
        this.cutoffs = cutoffs;
    }

    /** Scales the features of a whole list in place. */
    static void scale(double[] x, int n, int d, FeatureScaling scaling, double[] means, double[] factors) {
        scaling.list(x, n, d);
        if (scaling != FeatureScaling.STANDARD) return;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) x[i * d + j] = (x[i * d + j] - means[j]) * factors[j];
        }
    }

    /** Sums of features and of their squares over the rows for training; the last is how many rows there are. */
    Sums moments(Iterator<Row> rows) {
        Sums sums = new Sums(2 * d + 1);
        for (Runs runs = new Runs(rows, ListReader.GROUP); runs.hasNext(); ) {
            ListReader.RankList list = reader.list(runs.next());
            if (list.validation) continue;
            for (int i = 0; i < list.n; i++) {
                for (int j = 0; j < d; j++) {
                    sums.add(j, list.x[i * d + j]);
                    sums.addSquare(d + j, list.x[i * d + j]);
                }
            }
            sums.add(2 * d, list.n);
        }
        return sums;
    }

    /** The blocks of a partition, made as they are asked for. */
    Iterator<Block> of(Iterator<Row> rows) {
        return new Making(new Runs(rows, ListReader.GROUP));
    }

    private final class Making implements Iterator<Block> {
        private final Runs runs;
        private ListReader.RankList held; // begins the next block

        Making(Runs runs) {
            this.runs = runs;
            held = next(runs);
        }

        private ListReader.RankList next(Runs from) {
            return from.hasNext() ? reader.list(from.next()) : null;
        }

        @Override
        public boolean hasNext() {
            return held != null;
        }

        @Override
        public Block next() {
            if (held == null) throw new NoSuchElementException();
            List<ListReader.RankList> lists = new ArrayList<>();
            boolean validation = held.validation;
            int rows = 0;
            while (held != null
                    && held.validation == validation
                    && (rows == 0 || (rows + held.n <= ROWS && (long) (rows + held.n) * d <= NUMBERS))) {
                rows += held.n;
                lists.add(held);
                held = next(runs);
            }
            return block(lists, rows, validation);
        }
    }

    private Block block(List<ListReader.RankList> lists, int rows, boolean validation) {
        double[] x = new double[Math.multiplyExact(rows, d)];
        double[] labels = new double[rows];
        double[] gains = new double[rows];
        int[] offsets = new int[lists.size() + 1];
        double[] weights = new double[lists.size()];
        double[] ideals = new double[lists.size() * cutoffs.count()];
        for (int l = 0; l < lists.size(); l++) {
            ListReader.RankList list = lists.get(l);
            int from = offsets[l];
            scale(list.x, list.n, d, scaling, means, factors);
            System.arraycopy(list.x, 0, x, from * d, list.n * d);
            System.arraycopy(list.labels, 0, labels, from, list.n);
            for (int i = 0; i < list.n; i++) gains[from + i] = gain(list, i);
            offsets[l + 1] = from + list.n;
            weights[l] = list.weight;
            cutoffs.ideals(gains, from, from + list.n, ideals, l * cutoffs.count());
        }
        return new Block(d, x, labels, gains, offsets, weights, ideals, validation);
    }

    private double gain(ListReader.RankList list, int i) {
        try {
            return loss.gain(list.labels[i]);
        } catch (IllegalArgumentException refused) {
            throw Refusal.in("SoftRanker", refused, ", in group '" + list.group + "'");
        }
    }

    /** What there is to train on. */
    static final class Census implements Serializable {
        private static final long serialVersionUID = 1L;

        long used; // lists that count for the loss
        long skipped;
        long rows; // of lists that are used
        long validationLists;
        long relevant; // rows with a label above 0
        long longest; // list that is used
        long bytes;
        double weight; // of lists that are used
        double allWeight;
        double validationWeight;

        static Census of(Iterator<Block> blocks, RankingLoss loss) {
            Census census = new Census();
            Sums weights = new Sums(3);
            while (blocks.hasNext()) {
                Block block = blocks.next();
                census.bytes += 8L * (block.x.length + 2L * block.rows());
                for (int l = 0; l < block.lists(); l++) {
                    int from = block.offsets[l];
                    int to = block.offsets[l + 1];
                    weights.add(block.validation ? 2 : 1, block.weights[l]);
                    if (block.validation) {
                        census.validationLists++;
                        continue;
                    }
                    census.relevant += Arrays.stream(block.labels, from, to)
                            .filter(y -> y > 0)
                            .count();
                    if (!loss.counts(block.labels, from, to) || block.weights[l] == 0) {
                        census.skipped++;
                        continue;
                    }
                    census.used++;
                    census.rows += to - from;
                    census.longest = Math.max(census.longest, to - from);
                    weights.add(0, block.weights[l]);
                }
            }
            census.weight = weights.get(0);
            census.allWeight = weights.get(1);
            census.validationWeight = weights.get(2);
            return census;
        }

        Census plus(Census other) {
            used += other.used;
            skipped += other.skipped;
            rows += other.rows;
            validationLists += other.validationLists;
            relevant += other.relevant;
            longest = Math.max(longest, other.longest);
            bytes += other.bytes;
            weight += other.weight;
            allWeight += other.allWeight;
            validationWeight += other.validationWeight;
            return this;
        }
    }
}
