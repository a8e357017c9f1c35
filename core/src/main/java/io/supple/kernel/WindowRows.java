// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

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
    private final int[] groupStart; // places where groups of tied keys begin, and n at the end
    private final int groups;
    private final int[] lo; // window of each group; empty if its rows are not read
    private final int[] hi;
    private final double[] theta;
    private final double[] p; // the row at hand, from 0 for column lo; then weights of its Jacobian
    private final double[] h;

    WindowRows(Smoothness c, double[] t, boolean descending, double s, int[] read) {
        super(t, descending, s);
        this.c = c;
        int count = 0;
        for (int i = 0; i < n; i++) if (i == 0 || t[i] != t[i - 1]) count++;
        groups = count;
        groupStart = new int[groups + 1];
        groupStart[groups] = n;
        for (int i = n - 1; i >= 0; i--) if (i == 0 || t[i] != t[i - 1]) groupStart[--count] = i;
        lo = new int[groups];
        hi = new int[groups];
        theta = new double[groups];
        int widest = 0;
        boolean[] wanted = wanted(read);
        SupportThreshold support = new SupportThreshold(c);
        for (int k = 0; k < groups; k++) {
            if (wanted == null || wanted[k]) grow(k, support);
            widest = Math.max(widest, hi[k] - lo[k]);
        }
        p = new double[widest];
        h = new double[widest];
    }

    private boolean[] wanted(int[] read) {
        if (read == null) return null;
        boolean[] place = new boolean[n];
        for (int i : read) place[i] = true;
        boolean[] wanted = new boolean[groups];
        for (int k = 0; k < groups; k++) {
            for (int i = groupStart[k]; i < groupStart[k + 1]; i++) wanted[k] |= place[i];
        }
        return wanted;
    }

    private double logit(double anchor, int j) {
        return -Math.abs(anchor - t[j]) / s;
    }

    private void grow(int k, SupportThreshold support) {
        double anchor = t[groupStart[k]];
        int from = groupStart[k];
        int to = groupStart[k + 1];
        support.clear();
        for (int i = from; i < to; i++) support.take(0); // -0.0 or 0.0: the entries of the tied keys themselves
        boolean taken = true;
        while (taken) {
            double before = from > 0 ? logit(anchor, from - 1) : Double.NEGATIVE_INFINITY;
            double behind = to < n ? logit(anchor, to) : Double.NEGATIVE_INFINITY;
            double next = Math.max(before, behind);
            taken = next > -1 && support.take(next);
            if (taken && before >= behind) {
                from--;
            } else if (taken) {
                to++;
            }
        }
        double threshold = support.theta();
        // keys that rounding refused and whose entry is positive all the same
        while (from > 0 && logit(anchor, from - 1) > threshold) from--;
        while (to < n && logit(anchor, to) > threshold) to++;
        theta[k] = threshold;
        lo[k] = from;
        hi[k] = to;
    }

    /** Writes row k to p. */
    private void project(int k) {
        double anchor = t[groupStart[k]];
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
        double anchor = t[groupStart[k]];
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

    /** Writes J x to h, where p holds the weights of J and x is read from {@code from} on. */
    private void jacobianTimes(double[] x, int from, int m, double mass) {
        double dot = 0;
        for (int j = 0; j < m; j++) dot += p[j] * x[from + j];
        double mean = dot / mass;
        for (int j = 0; j < m; j++) h[j] = p[j] * (x[from + j] - mean);
    }

    /** The side of column j as seen from group k: 1 before, -1 behind, ties as their group has it. */
    private int side(int k, int j) {
        if (j < groupStart[k]) return 1;
        return j >= groupStart[k + 1] ? -1 : tieSide(j);
    }

    private static double sum(double[] w, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += w[i];
        return sum;
    }

    @Override
    double[] times(double[] x) {
        double[] y = new double[n];
        for (int k = 0; k < groups; k++) {
            project(k);
            double sum = 0;
            for (int j = lo[k]; j < hi[k]; j++) sum += p[j - lo[k]] * x[j];
            for (int i = groupStart[k]; i < groupStart[k + 1]; i++) y[i] = sum;
        }
        return y;
    }

    @Override
    void addTransposed(double[] w, double[] y) {
        for (int k = 0; k < groups; k++) {
            double weight = sum(w, groupStart[k], groupStart[k + 1]);
            project(k);
            for (int j = lo[k]; j < hi[k]; j++) y[j] += weight * p[j - lo[k]];
        }
    }

    @Override
    void addPull(double[] x, double[] g, double[] gt) {
        for (int k = 0; k < groups; k++) {
            double weight = slope * sum(g, groupStart[k], groupStart[k + 1]);
            jacobianTimes(x, lo[k], hi[k] - lo[k], weigh(k));
            double towards = 0;
            for (int j = lo[k]; j < hi[k]; j++) {
                double signed = side(k, j) * h[j - lo[k]];
                gt[j] += weight * signed;
                towards += signed;
            }
            for (int i = groupStart[k]; i < groupStart[k + 1]; i++) {
                if (tieSide(i) == 0) gt[i] -= slope * g[i] * towards;
            }
        }
    }

    @Override
    void addPush(double[] tDot, double[] x, double[] y) {
        double[] a = anchorTangents(tDot);
        for (int k = 0; k < groups; k++) {
            jacobianTimes(x, lo[k], hi[k] - lo[k], weigh(k));
            double moved = 0;
            double towards = 0;
            for (int j = lo[k]; j < hi[k]; j++) {
                double signed = side(k, j) * h[j - lo[k]];
                moved += signed * tDot[j];
                towards += signed;
            }
            for (int i = groupStart[k]; i < groupStart[k + 1]; i++) y[i] += slope * (moved - a[i] * towards);
        }
    }

    @Override
    void addPushTransposed(double[] tDot, double[] w, double[] y) {
        double[] a = anchorTangents(tDot);
        double[] v = new double[p.length];
        for (int k = 0; k < groups; k++) {
            double weight = 0;
            double weightTangent = 0;
            for (int i = groupStart[k]; i < groupStart[k + 1]; i++) {
                weight += w[i];
                weightTangent += w[i] * a[i];
            }
            int m = hi[k] - lo[k];
            for (int j = 0; j < m; j++) v[j] = side(k, lo[k] + j) * (tDot[lo[k] + j] * weight - weightTangent);
            jacobianTimes(v, 0, m, weigh(k));
            for (int j = 0; j < m; j++) y[lo[k] + j] += slope * h[j];
        }
    }
}
