// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.rank;

import io.supple.JudgedLists;
import io.supple.RankingLoss;
import io.supple.ScoredLists;
import io.supple.device.RowSession;
import java.util.ArrayList;
import java.util.List;

/** Lists of several blocks of a partition, whose losses are computed at once: those of one block are few for a device. */
final class Gathered {

    /** Who takes losses, in the order in which lists were added. */
    interface Taker {
        /**
         * The loss of a list.
         *
         * @param from its first row in the block
         * @param v the gradient for its scores from there on; to be used before the next call
         */
        void take(Block block, int list, int from, double loss, double[] v);
    }

    /** Features that are held at most, however few their rows: blocks that were on the disk are in memory for them alone. */
    private static final long FEATURES = 16L << 20;

    private final ScoredLists lists;
    private final RowSession session;
    private final int numbers;
    private final Taker taker;
    private final List<Block> blocks = new ArrayList<>(); // of each list
    private final List<Integer> places = new ArrayList<>(); // of each list in its block
    private long features;

    /**
     * Room for lists.
     *
     * @param numbers scores that make a batch
     */
    Gathered(RankingLoss loss, RowSession session, int numbers, Taker taker) {
        lists = new ScoredLists(loss);
        this.session = session;
        this.numbers = numbers;
        this.taker = taker;
    }

    /** Takes a list with the scores of its block. */
    void add(Block block, int list, JudgedLists judged, double[] scores) {
        lists.add(judged, list, scores);
        if (blocks.isEmpty() || blocks.get(blocks.size() - 1) != block) features += block.x.length;
        blocks.add(block);
        places.add(list);
    }

    /** Whether there are enough lists; asked between blocks, since the taker may go back to earlier ones. */
    boolean enough() {
        return lists.size() >= numbers || features >= FEATURES;
    }

    /** Computes the lists that wait. */
    void compute() {
        lists.compute(session);
        double[] v = {};
        for (int i = 0; i < places.size(); i++) {
            Block block = blocks.get(i);
            int from = block.offsets[places.get(i)];
            if (i == 0 || blocks.get(i - 1) != block) v = new double[block.rows()];
            lists.addGradient(i, v, from);
            taker.take(block, places.get(i), from, lists.loss(i), v);
        }
        lists.clear();
        blocks.clear();
        places.clear();
        features = 0;
    }
}
