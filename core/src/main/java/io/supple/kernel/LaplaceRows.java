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

    private final Scratch scratch;
    private final LaplaceSums sums;
    private double[] mass; // null until it is asked for

    LaplaceRows(double[] t, boolean descending, double s) {
        this(t, descending, s, Scratch.FRESH);
    }

    LaplaceRows(double[] t, boolean descending, double s, Scratch scratch) {
        super(t, descending, s);
        this.scratch = scratch;
        sums = new LaplaceSums(t, s, scratch);
    }

    private double[] mass() {
        if (mass == null) mass = sums.masses();
        return mass;
    }

    @Override
    double[] times(double[] x) {
        Centred payload = Centred.of(x);
        return payload.restored(means(payload));
    }

    /** The means of a payload under each row, in its own units. */
    double[] means(Centred payload) {
        double[] y = scratch.zeros(n);
        if (mass == null) {
            mass = scratch.zeros(n);
            sums.means(payload.x, mass, y);
        } else {
            sums.addTotals(payload.x, y);
            for (int i = 0; i < n; i++) y[i] /= mass[i];
        }
        return y;
    }

    @Override
    void addTransposed(double[] w, double[] y) {
        sums.addTotals(perMass(w), y);
    }

    @Override
    void addPull(double[] payload, double[] g, double[] gt) {
        Centred centred = Centred.of(payload);
        double[] y = means(centred);
        addPull(centred, y, perMass(g), null, gt);
    }

    /**
     * Adds the cotangents of the keys to gt, and those of the payload to gx.
     *
     * @param payload what was averaged
     * @param y its {@link #means}
     * @param q cotangents of the means over the masses
     * @param gx null if nobody wants them
     */
    void addPull(Centred payload, double[] y, double[] q, double[] gx, double[] gt) {
        double scale = slope / payload.unit;
        if (tied()) {
            if (gx != null) sums.addTotals(q, gx);
            addTiedPull(payload.x, y, q, scale, gt);
        } else {
            double[] moved = new double[n];
            sums.addPull(payload.x, y, q, gx, moved);
            for (int i = 0; i < n; i++) gt[i] += scale * moved[i];
        }
        addTied(0, firstEnd, -scale, payload.x, y, q, gt);
        addTied(lastStart, n, scale, payload.x, y, q, gt);
    }

    private void addTiedPull(double[] x, double[] y, double[] q, double scale, double[] gt) {
        double[] qy = new double[n];
        for (int i = 0; i < n; i++) qy[i] = q[i] * y[i];
        double[] dq = sums.differences(q);
        double[] dqy = sums.differences(qy);
        double[] dx = sums.differences(x);
        double[] d1 = sums.differences(ones());
        for (int i = 0; i < n; i++) {
            double fromColumn = dqy[i] - x[i] * dq[i];
            double fromAnchor = q[i] * (dx[i] - y[i] * d1[i]);
            gt[i] += scale * (tieSide(i) == 0 ? fromColumn - fromAnchor : fromColumn);
        }
    }

    /** Adds what tied rows do to their own columns; y is the same for all of them, so that equal payloads give 0. */
    private static void addTied(int from, int to, double scale, double[] x, double[] y, double[] q, double[] out) {
        double sum = scale * sum(q, from, to);
        for (int i = from; i < to; i++) out[i] += sum * (x[i] - y[from]);
    }

    @Override
    void addPush(double[] tDot, double[] payload, double[] out) {
        Centred centred = Centred.of(payload);
        double[] x = centred.x;
        double[] y = means(centred);
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
            out[i] += scale * moved / mass()[i];
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
        for (int i = 0; i < n; i++) qMean[i] = -q[i] * slope * (dt[i] - a[i] * d1[i]) / mass()[i];
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

    /** {@code w / Z}. */
    double[] perMass(double[] w) {
        double[] q = new double[n];
        double[] z = mass();
        for (int i = 0; i < n; i++) q[i] = w[i] / z[i];
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
    static final class Centred {
        final double[] x;
        final double shift;
        final double unit;

        /** A payload in any order. */
        static Centred of(double[] payload) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (double value : payload) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            return new Centred(payload, least, most);
        }

        /** A payload in ascending or descending order. */
        static Centred ofSorted(double[] payload) {
            int n = payload.length;
            if (n == 0) return of(payload);
            double first = payload[0];
            double last = payload[n - 1];
            return new Centred(payload, Math.min(first, last), Math.max(first, last));
        }

        private Centred(double[] payload, double least, double most) {
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

        /** Means of x as those of the payload. */
        double[] restored(double[] y) {
            if (unchanged()) return y;
            double[] means = new double[y.length];
            for (int i = 0; i < y.length; i++) means[i] = shift + y[i] / unit;
            return means;
        }

        boolean unchanged() {
            return shift == 0 && unit == 1;
        }
    }
}
