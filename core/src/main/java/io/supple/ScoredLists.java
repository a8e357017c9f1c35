// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.device.RowFunction;
import io.supple.device.RowSession;
import io.supple.device.Rows;
import io.supple.kernel.ListLoss;
import io.supple.kernel.Scratch;
import io.supple.kernel.Standardized;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lists of scores gathered for a device, and their losses with gradients: {@link RankingLoss#add} of many lists at once. The
 * device computes the soft ranks R of all lists and takes cotangents back to scores; in between the JVM makes the loss
 * L(R) and {@code dL/dR} of each, in O(n).
 *
 * <pre>{@code
 * ScoredLists batch = new ScoredLists(loss);
 * for (int list = 0; list < lists.count(); list++) if (lists.counts(list)) batch.add(lists, list, scores);
 * batch.compute(session);
 * double value = batch.loss(0);
 * batch.addGradient(0, gradient, 0);
 * }</pre>
 *
 * <p>For losses that read nothing of the scores but ranks, by a method that {@link RowSession}s know: {@link #takes}. Memory is 40
 * bytes a row. Not thread-safe.
 */
public final class ScoredLists {

    private static final int INITIAL = 1024;

    /** One list. */
    private static final class Entry {
        final ListLabels labels;
        final Standardized standard; // null where scores are as they are
        double loss;

        Entry(ListLabels labels, Standardized standard) {
            this.labels = labels;
            this.standard = standard;
        }
    }

    private final RankingLoss loss;
    private final RowFunction ranks;
    private final List<Entry> entries = new ArrayList<>();
    private int[] offsets = new int[INITIAL];
    private double[] keys = new double[INITIAL];
    private double[] gradients;

    /**
     * Room for lists.
     *
     * @throws IllegalArgumentException if the loss is not {@link #takes taken}
     */
    public ScoredLists(RankingLoss loss) {
        this.loss = loss;
        ranks = ranks(loss);
        if (ranks == null) {
            throw new IllegalArgumentException(
                    loss.loss().paramName() + ": loss must be one of ranks that devices know, got " + loss);
        }
    }

    /** Whether a loss is one of ranks that a device may compute; others are made list by list, by the JVM. */
    public static boolean takes(RankingLoss loss) {
        return ranks(loss) != null;
    }

    /** The ranks that a loss reads, as the operator that computes the same; null where there is none. */
    private static RowFunction ranks(RankingLoss loss) {
        boolean ofRanks = loss.loss() == Loss.APPROX_NDCG || loss.loss() == Loss.SOFT_SPEARMAN;
        // the operator's neuralsort is by soft distances
        if (!ofRanks || loss.method() == Method.NEURALSORT) return null;
        RowFunction made = RowOperator.of(Ordering.RANK, loss.choice().withStandardize(false));
        return made.kernel() == null ? null : made;
    }

    /** How many lists there are. */
    public int count() {
        return entries.size();
    }

    /** How many scores they have. */
    public int size() {
        return offsets[entries.size()];
    }

    /**
     * Takes a list.
     *
     * @param lists made for a loss that reads labels as this one
     * @param list one of them that {@link JudgedLists#counts counts}
     * @param scores of all of these lists; they are copied
     * @throws IllegalArgumentException if a score is NaN or infinite, or the lists were made for another loss
     */
    public void add(JudgedLists lists, int list, double[] scores) {
        loss.fitting(lists);
        int at = lists.from(list);
        int n = lists.to(list) - at;
        loss.finite("scores", scores, at, at + n);
        double[] x = Arrays.copyOfRange(scores, at, at + n);
        Standardized standard = loss.standardize() ? new Standardized(x, Scratch.FRESH) : null;
        if (standard != null) x = standard.values();
        int from = size();
        int to = Math.addExact(from, n);
        if (to > keys.length) keys = Arrays.copyOf(keys, Math.max(to, 2 * keys.length));
        for (int i = 0; i < n; i++) keys[from + i] = x[i] / width(n);
        entries.add(new Entry(lists.labels(list), standard));
        if (entries.size() == offsets.length) offsets = Arrays.copyOf(offsets, 2 * offsets.length);
        offsets[entries.size()] = to;
    }

    /** By what scores of a list are divided: one softness serves lists of all lengths. */
    private double width(int n) {
        return OrderLosses.softness(loss, n) / loss.softness();
    }

    /**
     * Computes all lists.
     *
     * @throws io.supple.device.DeviceException if the device failed; nothing is changed
     */
    public void compute(RowSession session) {
        Rows rows = new Rows(Arrays.copyOf(offsets, count() + 1), keys);
        double[] r = new double[size()];
        double[] g = new double[size()];
        gradients = new double[size()];
        if (count() == 0) return;
        session.forward(ranks, rows, r);
        for (int i = 0; i < count(); i++) {
            double[] own = Arrays.copyOfRange(r, offsets[i], offsets[i + 1]);
            double[] cotangent = new double[own.length];
            entries.get(i).loss = ofRanks(entries.get(i).labels, own, cotangent);
            System.arraycopy(cotangent, 0, g, offsets[i], cotangent.length);
        }
        session.backward(ranks, rows, g, new double[][] {gradients});
        if (loss.method() != Method.SOFTSORT) return;
        for (int i = 0; i < count(); i++) {
            if (HeldTies.hold(keys, offsets[i], offsets[i + 1])) Arrays.fill(gradients, offsets[i], offsets[i + 1], 0);
        }
    }

    /** The loss of the ranks of a list; its gradient is added to g. */
    private double ofRanks(ListLabels labels, double[] r, double[] g) {
        ListLoss of = new ListLosses(loss, labels, Scratch.FRESH).ofRanks();
        if (loss.loss() != Loss.APPROX_NDCG || loss.method() == Method.PAIRWISE) {
            return Math.min(of.add(r, g), Double.MAX_VALUE);
        }
        double[] places = new double[r.length];
        for (int i = 0; i < r.length; i++) places[i] = SoftPlaces.value(r[i]);
        double value = of.add(places, g);
        for (int i = 0; i < r.length; i++) g[i] *= SoftPlaces.slope(r[i]);
        return Math.min(value, Double.MAX_VALUE);
    }

    /** The loss of the i-th list that was added. */
    public double loss(int i) {
        return entries.get(i).loss;
    }

    /** Adds the gradient for the scores of the i-th list to {@code gradient[at..at+n)}. */
    public void addGradient(int i, double[] gradient, int at) {
        int from = offsets[i];
        int n = offsets[i + 1] - from;
        double[] g = new double[n];
        for (int j = 0; j < n; j++) g[j] = gradients[from + j] / width(n);
        Standardized standard = entries.get(i).standard;
        if (standard != null) {
            standard.product(g, 0, gradient, at);
        } else {
            for (int j = 0; j < n; j++) gradient[at + j] += g[j];
        }
    }

    /** Forgets all lists; there is room for as many. */
    public void clear() {
        entries.clear();
        gradients = null;
    }
}
