// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * {@link SortedRows} of class SMOOTH: {@code P_ij = exp(-|t_i - t_j| / s) / Z_i}, by {@link LaplaceSums} in O(n).
 *
 * <p>With S the sums over all keys, D the sums over the keys before less those behind, {@code q = g / Z} and
 * {@code y = P x}, the cotangents of the keys under {@code <g, P x>} are
 * {@code (D(q y) - x D(q) - q (D(x) - y D(1))) / s}: the first two terms from the columns, the others from the anchors.
 */
final class LaplaceRows extends SortedRows {

    /** Payloads above this are scaled down, so that sums of n of them stay finite. */
    private static final double LARGE = 0x1p900;

    private static final double SHRINK = 0x1p-200;

    private final LaplaceSums sums;
    private final double[] mass;

    LaplaceRows(double[] t, boolean descending, double s) {
        super(t, descending, s);
        sums = new LaplaceSums(t, s);
        mass = sums.masses();
    }

    @Override
    double[] times(double[] x) {
        Centred payload = new Centred(x);
        double[] y = means(payload.x);
        if (payload.unchanged()) return y;
        for (int i = 0; i < n; i++) y[i] = payload.shift + y[i] / payload.unit;
        return y;
    }

    private double[] means(double[] x) {
        double[] y = new double[n];
        sums.addTotals(x, y);
        for (int i = 0; i < n; i++) y[i] /= mass[i];
        return y;
    }

    @Override
    void addTransposed(double[] w, double[] y) {
        sums.addTotals(perMass(w), y);
    }

    @Override
    void addPull(double[] payload, double[] g, double[] gt) {
        Centred centred = new Centred(payload);
        double[] x = centred.x;
        double[] y = means(x);
        double[] q = perMass(g);
        double[] qy = new double[n];
        for (int i = 0; i < n; i++) qy[i] = q[i] * y[i];
        double[] dq = sums.differences(q);
        double[] dqy = sums.differences(qy);
        double[] dx = sums.differences(x);
        double[] d1 = sums.differences(ones());
        double scale = slope / centred.unit;
        for (int i = 0; i < n; i++) {
            double fromColumn = dqy[i] - x[i] * dq[i];
            double fromAnchor = q[i] * (dx[i] - y[i] * d1[i]);
            gt[i] += scale * (tieSide(i) == 0 ? fromColumn - fromAnchor : fromColumn);
        }
        addTied(0, firstEnd, -scale, x, y, q, gt);
        addTied(lastStart, n, scale, x, y, q, gt);
    }

    /** Adds what tied rows do to their own columns; y is the same for all of them, so that equal payloads give 0. */
    private static void addTied(int from, int to, double scale, double[] x, double[] y, double[] q, double[] out) {
        double sum = scale * sum(q, from, to);
        for (int i = from; i < to; i++) out[i] += sum * (x[i] - y[from]);
    }

    @Override
    void addPush(double[] tDot, double[] payload, double[] out) {
        Centred centred = new Centred(payload);
        double[] x = centred.x;
        double[] y = means(x);
        double[] a = anchorTangents(tDot);
        double[] xt = new double[n];
        for (int i = 0; i < n; i++) xt[i] = x[i] * tDot[i];
        double[] dxt = sums.differences(xt);
        double[] dt = sums.differences(tDot);
        double[] dx = sums.differences(x);
        double[] d1 = sums.differences(ones());
        addTied(xt, dxt);
        addTied(tDot, dt);
        double scale = slope / centred.unit;
        for (int i = 0; i < n; i++) {
            double moved = dxt[i] - y[i] * dt[i] - a[i] * (dx[i] - y[i] * d1[i]);
            out[i] += scale * moved / mass[i];
        }
    }

    @Override
    void addPushTransposed(double[] tDot, double[] w, double[] out) {
        double[] a = anchorTangents(tDot);
        double[] q = perMass(w);
        double[] qa = new double[n];
        for (int i = 0; i < n; i++) qa[i] = q[i] * a[i];
        double[] dt = sums.differences(tDot);
        double[] d1 = sums.differences(ones());
        addTied(tDot, dt);
        double[] qMean = new double[n];
        for (int i = 0; i < n; i++) qMean[i] = -q[i] * slope * (dt[i] - a[i] * d1[i]) / mass[i];
        sums.addTotals(qMean, out);
        double[] dq = sums.differences(q);
        double[] dqa = sums.differences(qa);
        for (int i = 0; i < n; i++) out[i] += slope * (dqa[i] - tDot[i] * dq[i]);
        addTied(0, firstEnd, -slope, tDot, a, q, out);
        addTied(lastStart, n, slope, tDot, a, q, out);
    }

    /** Adds to differences d what the ties of the first and of the last key count for. */
    private void addTied(double[] w, double[] d) {
        double first = sum(w, 0, firstEnd);
        for (int i = 0; i < firstEnd; i++) d[i] -= first;
        double last = sum(w, lastStart, n);
        for (int i = lastStart; i < n; i++) d[i] += last;
    }

    private double[] perMass(double[] w) {
        double[] q = new double[n];
        for (int i = 0; i < n; i++) q[i] = w[i] / mass[i];
        return q;
    }

    private double[] ones() {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /**
     * A payload {@code (x - shift) unit}. The shift is 0 unless all numbers are within a factor 2 of each other; then it is
     * exact (Sterbenz) and leaves differences that do not cancel. A mean would be wrong: beside one huge number it would
     * swallow the others.
     */
    private static final class Centred {
        final double[] x;
        final double shift;
        final double unit;

        Centred(double[] payload) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (double value : payload) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            if (least > 0 && most / 2 <= least) {
                shift = least;
            } else if (most < 0 && least / 2 >= most) {
                shift = most;
            } else {
                shift = 0;
            }
            unit = Math.max(Math.abs(least), Math.abs(most)) > LARGE ? SHRINK : 1;
            if (unchanged()) {
                x = payload;
            } else {
                x = new double[payload.length];
                for (int i = 0; i < x.length; i++) x[i] = (payload[i] - shift) * unit;
            }
        }

        boolean unchanged() {
            return shift == 0 && unit == 1;
        }
    }
}
