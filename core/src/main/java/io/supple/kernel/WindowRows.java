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
    private final double perS;
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
        perS = Math.min(1 / s, Double.MAX_VALUE); // 0 times infinity would not be 0
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
        SlidingSupport support = new SlidingSupport(c, t, perS);
        for (int k = 0; k < groups; k++) {
            support.next(start[k], end[k]);
            theta[k] = -support.radius();
            trim(k, support.lo(), support.hi());
            widest = Math.max(widest, hi[k] - lo[k]);
        }
        p = new double[widest];
        h = new double[widest];
    }

    /** How far the entry of column j is above the threshold of row k. */
    private double above(int k, int j) {
        return -Math.abs(t[start[k]] - t[j]) * perS - theta[k];
    }

    /** Of the keys at the ends of the window those whose entry is positive, whatever rounding made of the threshold. */
    private void trim(int k, int from, int to) {
        while (from < start[k] && !(above(k, from) > 0)) from++;
        while (to > end[k] && !(above(k, to - 1) > 0)) to--;
        while (from > 0 && above(k, from - 1) > 0) from--;
        while (to < n && above(k, to) > 0) to++;
        lo[k] = from;
        hi[k] = to;
    }

    /** Writes to p how far the entries of row k are above its threshold. */
    private int above(int k) {
        double anchor = t[start[k]];
        double threshold = theta[k];
        int from = lo[k];
        int m = hi[k] - from;
        for (int j = 0; j < m; j++) p[j] = -Math.abs(anchor - t[from + j]) * perS - threshold;
        return m;
    }

    /** Writes row k to p, but for the factor that is given back. */
    private double project(int k) {
        int m = above(k);
        switch (c) {
            case C1, C1_PNORM -> {
                for (int j = 0; j < m; j++) p[j] *= p[j];
            }
            case C2, C2_PNORM -> {
                for (int j = 0; j < m; j++) p[j] *= p[j] * p[j];
            }
            default -> {}
        }
        return 1 / Sums.of(p, 0, m);
    }

    /** {@code <P_i, x>} for row k, in one pass. Two sums side by side: one would wait for each of its additions. */
    private double mean(int k, double[] x) {
        double anchor = t[start[k]];
        double threshold = theta[k];
        int to = hi[k];
        int j = lo[k];
        double b = 0;
        double massB = 0;
        int odd = to - j & 1;
        double massA = odd * SimplexProjection.power(c, above(k, j));
        double a = odd == 0 ? 0 : massA * x[j]; // 0 times infinity would not be 0
        j += odd;
        switch (c) {
            case C1, C1_PNORM -> {
                for (; j < to; j += 2) {
                    double u = -Math.abs(anchor - t[j]) * perS - threshold;
                    double v = -Math.abs(anchor - t[j + 1]) * perS - threshold;
                    massA += u * u;
                    massB += v * v;
                    a += u * u * x[j];
                    b += v * v * x[j + 1];
                }
            }
            case C2, C2_PNORM -> {
                for (; j < to; j += 2) {
                    double u = -Math.abs(anchor - t[j]) * perS - threshold;
                    double v = -Math.abs(anchor - t[j + 1]) * perS - threshold;
                    massA += u * u * u;
                    massB += v * v * v;
                    a += u * u * u * x[j];
                    b += v * v * v * x[j + 1];
                }
            }
            default -> {
                for (; j < to; j += 2) {
                    double u = -Math.abs(anchor - t[j]) * perS - threshold;
                    double v = -Math.abs(anchor - t[j + 1]) * perS - threshold;
                    massA += u;
                    massB += v;
                    a += u * x[j];
                    b += v * x[j + 1];
                }
            }
        }
        return (a + b) / (massA + massB);
    }

    /** Writes the weights of the Jacobian of row k to p and their sum is given back. */
    private double weigh(int k) {
        int m = above(k);
        double total = 0;
        double scale;
        switch (c) {
            case C1, C1_PNORM -> {
                for (int j = 0; j < m; j++) total += p[j] * p[j];
                scale = SimplexProjection.slopeScale(c, total);
                for (int j = 0; j < m; j++) p[j] *= 2 * scale;
            }
            case C2, C2_PNORM -> {
                for (int j = 0; j < m; j++) total += p[j] * p[j] * p[j];
                scale = SimplexProjection.slopeScale(c, total);
                for (int j = 0; j < m; j++) p[j] *= 3 * scale * p[j];
            }
            default -> Arrays.fill(p, 0, m, 1);
        }
        return Sums.of(p, 0, m);
    }

    /** As {@link Sums#dot}, of {@code p_j (x_j - shift)}, x from {@code from} on. */
    private static double dot(double[] p, double[] x, int from, double shift, int m) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j < m - 3; j += 4) {
            a += p[j] * (x[from + j] - shift);
            b += p[j + 1] * (x[from + j + 1] - shift);
            c += p[j + 2] * (x[from + j + 2] - shift);
            d += p[j + 3] * (x[from + j + 3] - shift);
        }
        for (; j < m; j++) a += p[j] * (x[from + j] - shift);
        return (a + b) + (c + d);
    }

    /**
     * Writes J x to h, where p holds the weights of J and x is read from {@code from} on. J takes constants to 0, so a
     * shift changes nothing but the rounding: that of the anchor's own number leaves 0 where equal ones are tied.
     */
    private void jacobianTimes(double[] x, int from, double shift, int m, double mass) {
        double mean = dot(p, x, from, shift, m) / mass;
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
            double sum = mean(k, x);
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
            double weight = sum(w, start[k], end[k]) * project(k);
            int from = lo[k];
            int m = hi[k] - from;
            for (int j = 0; j < m; j++) y[from + j] += weight * p[j];
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
