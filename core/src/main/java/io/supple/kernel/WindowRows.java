// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * {@link SortedRows} of the sparse classes: row i is the projection of {@code -|t_i - t_j| / s}, whose support lies around
 * i without a gap.
 *
 * <p>The window grows from the anchor to both sides by distance, as long as {@link SupportThreshold} takes the next key.
 * Tied anchors share a row. Time is the sum of the supports of the rows that are read, O(n) memory: rows keep their windows
 * and thresholds and are made again when they are needed.
 *
 * <p>With h = J x for the symmetric Jacobian J of the projection, {@link SimplexProjection#vjp}, the key of column j has the
 * cotangent {@code g sgn_ij h_j} under {@code g <P_i, x>} and the anchor the negative sum of these; a row moves
 * {@code <P_i, x>} by {@code <h, vDot_i>}.
 */
final class WindowRows extends SortedRows {

    private final Smoothness c;
    private final int groups; // of tied keys, whose rows are read
    private final int[] start; // places of each group
    private final int[] end;
    private final int[] lo; // its window
    private final int[] hi;
    private final double[] theta;
    private final double[] p; // the row at hand, from 0 for column lo; or the weights of its Jacobian
    private final double[] h;

    WindowRows(Smoothness c, double[] t, boolean descending, double s, int[] read) {
        super(t, descending, s);
        this.c = c;
        boolean[] wanted = new boolean[n];
        if (read == null) Arrays.fill(wanted, true);
        else for (int i : read) wanted[i] = true;
        int[] starts = new int[n];
        int[] ends = new int[n];
        int count = 0;
        for (int from = 0, to; from < n; from = to) {
            boolean any = false;
            for (to = from; to < n && t[to] == t[from]; to++) any |= wanted[to];
            if (any) {
                starts[count] = from;
                ends[count++] = to;
            }
        }
        groups = count;
        start = starts;
        end = ends;
        lo = new int[groups];
        hi = new int[groups];
        theta = new double[groups];
        int widest = 0;
        SupportThreshold support = new SupportThreshold(c);
        for (int k = 0; k < groups; k++) {
            grow(k, support);
            widest = Math.max(widest, hi[k] - lo[k]);
        }
        p = new double[widest];
        h = new double[widest];
    }

    private double logit(double anchor, int j) {
        return -Math.abs(anchor - t[j]) / s;
    }

    private void grow(int k, SupportThreshold support) {
        double anchor = t[start[k]];
        int from = start[k];
        int to = end[k];
        support.clear();
        for (int i = from; i < to; i++) support.take(0); // the entries of the tied keys themselves
        double before = before(anchor, from);
        double behind = behind(anchor, to);
        while (Math.max(before, behind) > -1) { // no entry of a row exceeds 1
            if (before >= behind) {
                if (!support.take(before)) break;
                before = before(anchor, --from);
            } else {
                if (!support.take(behind)) break;
                behind = behind(anchor, ++to);
            }
        }
        theta[k] = support.theta();
        // keys that rounding refused and whose entry is positive all the same
        while (before(anchor, from) > theta[k]) from--;
        while (behind(anchor, to) > theta[k]) to++;
        lo[k] = from;
        hi[k] = to;
    }

    private double before(double anchor, int from) {
        return from > 0 ? logit(anchor, from - 1) : Double.NEGATIVE_INFINITY;
    }

    private double behind(double anchor, int to) {
        return to < n ? logit(anchor, to) : Double.NEGATIVE_INFINITY;
    }

    /** Writes row k to p. */
    private void project(int k) {
        double anchor = t[start[k]];
        double total = 0;
        int m = hi[k] - lo[k];
        for (int j = 0; j < m; j++) {
            p[j] = SimplexProjection.power(c, Math.max(logit(anchor, lo[k] + j) - theta[k], 0));
            total += p[j];
        }
        for (int j = 0; j < m; j++) p[j] /= total;
    }

    /** Writes the weights of the Jacobian of row k to p and their sum is given back. */
    private double weigh(int k) {
        double anchor = t[start[k]];
        int m = hi[k] - lo[k];
        double total = 0;
        double lowered = 0;
        for (int j = 0; j < m; j++) {
            double above = Math.max(logit(anchor, lo[k] + j) - theta[k], 0);
            double weight = SimplexProjection.slope(c, above);
            total += SimplexProjection.power(c, above);
            p[j] = weight;
            lowered += weight;
        }
        double scale = SimplexProjection.slopeScale(c, total);
        for (int j = 0; j < m; j++) p[j] *= scale;
        return lowered * scale;
    }

    /**
     * Writes J x to h, where p holds the weights of J and x is read from {@code from} on. J takes constants to 0, so a
     * shift changes nothing but the rounding: that of the anchor's own number leaves 0 where equal ones are tied.
     */
    private void jacobianTimes(double[] x, int from, double shift, int m, double mass) {
        double dot = 0;
        for (int j = 0; j < m; j++) dot += p[j] * (x[from + j] - shift);
        double mean = dot / mass;
        for (int j = 0; j < m; j++) h[j] = p[j] * (x[from + j] - shift - mean);
    }

    /** The side of column j as seen from group k: 1 before, -1 behind, ties as their group has it. */
    private int side(int k, int j) {
        if (j < start[k]) return 1;
        return j >= end[k] ? -1 : tieSide(j);
    }

    @Override
    double[] times(double[] x) {
        double[] y = new double[n];
        int[] infinite = infiniteBefore(x);
        for (int k = 0; k < groups; k++) {
            project(k);
            double sum = 0;
            for (int j = lo[k]; j < hi[k]; j++) sum += p[j - lo[k]] * x[j];
            if (infinite != null && infinite[n] > infinite[hi[k]] - infinite[lo[k]]) sum = Double.NaN;
            for (int i = start[k]; i < end[k]; i++) y[i] = sum;
        }
        return y;
    }

    /** How many numbers before each place are not finite, null if none is: 0 times such a number is NaN. */
    private int[] infiniteBefore(double[] x) {
        int[] before = new int[n + 1];
        for (int i = 0; i < n; i++) before[i + 1] = before[i] + (Double.isFinite(x[i]) ? 0 : 1);
        return before[n] == 0 ? null : before;
    }

    @Override
    void addTransposed(double[] w, double[] y) {
        for (int k = 0; k < groups; k++) {
            double weight = sum(w, start[k], end[k]);
            project(k);
            for (int j = lo[k]; j < hi[k]; j++) y[j] += weight * p[j - lo[k]];
        }
    }

    @Override
    void addPull(double[] x, double[] g, double[] gt) {
        if (infiniteBefore(x) != null) Arrays.fill(gt, Double.NaN);
        for (int k = 0; k < groups; k++) {
            double weight = slope * sum(g, start[k], end[k]);
            jacobianTimes(x, lo[k], x[start[k]], hi[k] - lo[k], weigh(k));
            double towards = 0;
            for (int j = lo[k]; j < hi[k]; j++) {
                double signed = side(k, j) * h[j - lo[k]];
                gt[j] += weight * signed;
                towards += signed;
            }
            for (int i = start[k]; i < end[k]; i++) {
                if (tieSide(i) == 0) gt[i] -= slope * g[i] * towards;
            }
        }
    }

    @Override
    void addPush(double[] tDot, double[] x, double[] y) {
        if (infiniteBefore(x) != null) Arrays.fill(y, Double.NaN);
        double[] a = anchorTangents(tDot);
        for (int k = 0; k < groups; k++) {
            jacobianTimes(x, lo[k], x[start[k]], hi[k] - lo[k], weigh(k));
            double moved = 0;
            double towards = 0;
            for (int j = lo[k]; j < hi[k]; j++) {
                double signed = side(k, j) * h[j - lo[k]];
                moved += signed * tDot[j];
                towards += signed;
            }
            for (int i = start[k]; i < end[k]; i++) y[i] += slope * (moved - a[i] * towards);
        }
    }

    @Override
    void addPushTransposed(double[] tDot, double[] w, double[] y) {
        double[] a = anchorTangents(tDot);
        double[] v = new double[p.length];
        for (int k = 0; k < groups; k++) {
            double weight = 0;
            double weightTangent = 0;
            for (int i = start[k]; i < end[k]; i++) {
                weight += w[i];
                weightTangent += w[i] * a[i];
            }
            int m = hi[k] - lo[k];
            for (int j = 0; j < m; j++) v[j] = side(k, lo[k] + j) * (tDot[lo[k] + j] * weight - weightTangent);
            jacobianTimes(v, 0, 0, m, weigh(k));
            for (int j = 0; j < m; j++) y[lo[k] + j] += slope * h[j];
        }
    }
}
