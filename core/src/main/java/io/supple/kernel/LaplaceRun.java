// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * SoftSort of class SMOOTH at a few neighbouring sorted places, without sorting: their soft values, with gradients.
 *
 * <p>The anchors of such places have nothing between them but each other. All other keys lie before the first or behind the
 * last, and {@code exp(-|a_r - z_j| / s) = exp(-|a_r - a| / s) exp(-|a - z_j| / s)} with the nearer of these two: one exponential
 * for each element, whatever the number of places. Time O(n + k^2), memory O(n).
 */
public final class LaplaceRun {

    private final double[] x;
    private final double[] z; // keys
    private final double s;
    private final int n;
    private final int k;
    private final Moments moments; // null for keys that are not squashed
    private final int[] element; // at each place of the run
    private final double[] near; // of each element, exp(-distance to the nearer end of the run / s); 0 in the run
    private final double[] step; // from each place to the next, exp(-distance / s)
    private final double first;
    private final double last;
    private final double[] mass;
    private final double[] mean;
    private double smallest = Double.POSITIVE_INFINITY; // of the keys, once gradients flow to them
    private double largest = Double.NEGATIVE_INFINITY;

    /**
     * One list.
     *
     * @param x the list, finite
     * @param squash whether keys are the list squashed
     * @param s softness
     * @param descending whether the largest is at place 0
     * @param place the first place that is read
     * @param count how many are read, at least 1
     * @param scratch where arrays come from; those of a thread, if nobody asks for gradients
     */
    public LaplaceRun(double[] x, boolean squash, double s, boolean descending, int place, int count, Scratch scratch) {
        this.x = x;
        this.s = s;
        n = x.length;
        k = count;
        moments = squash ? new Moments(x, 0, n) : null;
        if (squash) {
            z = scratch.doubles(n);
            Squash.forward(moments, x, z, 0, n, scratch);
        } else {
            z = x;
        }
        element = Sorting.run(z, place, k, descending, scratch);
        first = z[element[0]];
        last = z[element[k - 1]];
        near = scratch.doubles(n);
        double[] gaps = scratch.doubles(n);
        for (int j = 0; j < n; j++) gaps[j] = -Math.min(Math.abs(z[j] - first), Math.abs(z[j] - last)) / s;
        Exponential.of(gaps, near, 0, n);
        for (int e : element) near[e] = 0;
        step = new double[k];
        double[] steps = new double[k];
        for (int r = 0; r + 1 < k; r++) steps[r] = -Math.abs(z[element[r + 1]] - z[element[r]]) / s;
        Exponential.of(steps, step, 0, k);
        mass = new double[k];
        mean = new double[k];
        read();
    }

    /** Whether the run does better than sorting the list, by measurement. */
    public static boolean pays(int n, int count) {
        return n >= 24 && count * 8 <= n && count <= 32;
    }

    private boolean ascending() {
        return first <= last;
    }

    /** Whether an element that is not in the run lies before it. */
    private boolean before(double key) {
        return ascending() ? key <= first : key >= first;
    }

    /** The soft values; {@code y[to..to+count)} is written. */
    public void values(double[] y, int to) {
        System.arraycopy(mean, 0, y, to, k);
    }

    private void read() {
        double massBefore = 0;
        double massBehind = 0;
        double sumBefore = 0;
        double sumBehind = 0;
        for (int j = 0; j < n; j++) {
            double w = near[j];
            double lead = before(z[j]) ? w : 0;
            massBefore += lead;
            sumBefore += lead * x[j];
            massBehind += w - lead;
            sumBehind += (w - lead) * x[j];
        }
        for (int r = 0; r < k; r++) {
            massBefore += 1;
            sumBefore += x[element[r]];
            mass[r] = massBefore;
            mean[r] = sumBefore;
            massBefore *= step[r];
            sumBefore *= step[r];
        }
        for (int r = k - 1; r >= 0; r--) {
            mass[r] += massBehind;
            mean[r] = (mean[r] + sumBehind) / mass[r];
            if (r == 0) break;
            massBehind = step[r - 1] * (1 + massBehind);
            sumBehind = step[r - 1] * (x[element[r]] + sumBehind);
        }
    }

    /**
     * Adds the vjp of {@link #values} to gx.
     *
     * @param keys whether gradients flow through the order too, not only to the values
     */
    public void valuesVjp(double[] g, int from, boolean keys, double[] gx) {
        double[] q = new double[k];
        for (int r = 0; r < k; r++) q[r] = g[from + r] / mass[r];
        double[] qFirst = new double[k]; // as seen from the first place
        double[] qLast = new double[k];
        double decay = 1;
        for (int r = 0; r < k; r++) {
            qFirst[r] = q[r] * decay;
            decay *= step[r];
        }
        decay = 1;
        for (int r = k - 1; r >= 0; r--) {
            qLast[r] = q[r] * decay;
            if (r > 0) decay *= step[r - 1];
        }
        double before = LaplaceRows.sum(qFirst, 0, k);
        double behind = LaplaceRows.sum(qLast, 0, k);
        for (int j = 0; j < n; j++) gx[j] += near[j] * (before(z[j]) ? before : behind);
        double[] gz = keys ? new double[n] : null;
        if (keys) {
            findEnds();
            pullOutside(qFirst, qLast, gz);
        }
        pullInside(q, gx, gz);
        if (!keys) return;
        for (int j = 0; j < n; j++) gz[j] /= s;
        if (moments == null) {
            for (int j = 0; j < n; j++) gx[j] += gz[j];
        } else {
            Squash.vjp(moments, x, z, gz, gx, 0, n);
        }
    }

    private void findEnds() {
        for (double key : z) {
            smallest = Math.min(smallest, key);
            largest = Math.max(largest, key);
        }
    }

    /** The sign of the keys' side of a row whose ties count as on one side, 0 for others; see {@link SoftSort}. */
    private double tieSign(double key) {
        if (key == largest) return 1;
        return key == smallest ? -1 : 0;
    }

    /** What flows to the keys outside the run, and from them to the anchors; all times s. */
    private void pullOutside(double[] qFirst, double[] qLast, double[] gz) {
        double up = ascending() ? 1 : -1;
        Side lead = new Side(qFirst, first, up, tieSign(first));
        Side tail = new Side(qLast, last, -up, tieSign(last));
        for (int j = 0; j < n; j++) {
            if (near[j] > 0) gz[j] += (before(z[j]) ? lead : tail).pull(j);
        }
        for (int r = 0; r < k; r++) {
            double key = z[element[r]];
            if (key != largest && key != smallest) gz[element[r]] -= lead.held(r) + tail.held(r);
        }
    }

    /** The elements on one side of the run: what the rows say to their keys, and what they say to the anchors. */
    private final class Side {
        private final double end; // key of the nearest place
        private final double[] q; // cotangent over mass of each row, as seen from the end
        private final double sign; // of the movement of keys
        private final double q1; // sums for keys that are not tied with the end
        private final double qy;
        private final double tied1; // sums for keys that are
        private final double tiedY;
        private double strict1; // sums over the elements
        private double strictX;
        private double equal1;
        private double equalX;

        Side(double[] q, double end, double sign, double tieSign) {
            this.q = q;
            this.end = end;
            this.sign = sign;
            double all = 0;
            double allY = 0;
            double ties = 0;
            double tiesY = 0;
            for (int r = 0; r < k; r++) {
                double y = q[r] * mean[r];
                double own = z[element[r]] == end ? tieSign : sign;
                all += sign * q[r];
                allY += sign * y;
                ties += own * q[r];
                tiesY += own * y;
            }
            q1 = all;
            qy = allY;
            tied1 = ties;
            tiedY = tiesY;
        }

        double pull(int j) {
            double w = near[j];
            if (z[j] == end) {
                equal1 += w;
                equalX += w * x[j];
                return w * (x[j] * tied1 - tiedY);
            }
            strict1 += w;
            strictX += w * x[j];
            return w * (x[j] * q1 - qy);
        }

        /** What row r says to all keys of the side that move against its anchor. */
        double held(int r) {
            boolean ties = z[element[r]] != end;
            double one = ties ? strict1 + equal1 : strict1;
            double sum = ties ? strictX + equalX : strictX;
            return sign * q[r] * (sum - mean[r] * one);
        }
    }

    /** What flows from the rows of the run to its own elements; keys times s, null if nobody wants them. */
    private void pullInside(double[] q, double[] gx, double[] gz) {
        for (int r = 0; r < k; r++) {
            double anchor = z[element[r]];
            double tieSign = tieSign(anchor);
            double held = 0;
            for (int direction = -1; direction <= 1; direction += 2) {
                double w = q[r];
                for (int c = direction < 0 ? r - 1 : r; c >= 0 && c < k; c += direction) {
                    if (c != r) w *= step[Math.min(c, c - direction)];
                    int e = element[c];
                    gx[e] += w;
                    if (gz == null) continue;
                    double towards = w * (x[e] - mean[r]);
                    double sign = tieSign != 0 ? tieSign : Math.signum(anchor - z[e]);
                    gz[e] += sign * towards;
                    if (tieSign == 0) held += sign * towards;
                }
            }
            if (gz != null) gz[element[r]] -= held;
        }
    }
}
