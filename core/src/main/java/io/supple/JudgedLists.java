// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.Scratch;
import java.util.Arrays;

/**
 * The labels of many lists and what a {@link RankingLoss} reads of them, found once: orders, shares of the ideal, places. For
 * fits, which evaluate a loss of the same lists hundreds of times. Holds 8 to 24 bytes a row.
 * Immutable.
 *
 * <pre>{@code
 * JudgedLists lists = JudgedLists.of(loss, labels, offsets);
 * double value = loss.add(lists, 0, scores, scores, 1, gradient);
 * }</pre>
 */
public final class JudgedLists {

    private final RankingLoss loss;
    private final int[] offsets;
    private final ListLabels[] lists; // null where a list does not count

    private JudgedLists(RankingLoss loss, int[] offsets, ListLabels[] lists) {
        this.loss = loss;
        this.offsets = offsets;
        this.lists = lists;
    }

    /**
     * Lists one after the other.
     *
     * @param loss whose gains, target and truncation they are read by
     * @param labels of all rows
     * @param offsets where lists begin, and the number of rows last
     * @throws IllegalArgumentException if a label is below 0, NaN, infinite or without a gain
     */
    public static JudgedLists of(RankingLoss loss, double[] labels, int[] offsets) {
        ListLabels[] lists = new ListLabels[offsets.length - 1];
        String function = loss.loss().paramName();
        for (int l = 0; l < lists.length; l++) {
            int from = offsets[l];
            int to = offsets[l + 1];
            if (!loss.counts(labels, from, to)) continue;
            lists[l] = new ListLabels(loss, function, Arrays.copyOfRange(labels, from, to), Scratch.FRESH);
            lists[l].findAll();
        }
        return new JudgedLists(loss, offsets, lists);
    }

    /** Whether a loss reads labels as the one that these lists were made for; softness, mode and method may differ. */
    public boolean fit(RankingLoss other) {
        return loss.readsLabelsAs(other);
    }

    /** Whether a list counts: {@link RankingLoss#counts}. */
    public boolean counts(int list) {
        return lists[list] != null;
    }

    int from(int list) {
        return offsets[list];
    }

    int to(int list) {
        return offsets[list + 1];
    }

    ListLabels labels(int list) {
        return lists[list];
    }
}
