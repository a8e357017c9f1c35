// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The supports of the rows of a sparse soft permutation, one after the other: the window of sorted keys about an anchor and
 * the radius r with {@code sum_j (r - d_j)+^q = 1}, {@code d_j = |anchor - t_j| / s}, q = 1, 2, 3.
 *
 * <p>As the anchor moves by delta the radius changes by at most that, so both ends of the window only move forward. The
 * window of the row before is taken over with its power sums of distances, apart for the two sides: a shift of the anchor
 * changes them by the binomial formula, keys come and go one by one. The key at distance D belongs to the support if
 * {@code sum (D - d_j)^q < 1} over those that are nearer, so that a test is O(1), and all rows together take O(n).
 *
 * <p>Sums are made afresh every {@link #REFRESHED} rows and when the window has lost half of its keys; so what rounding
 * leaves in them stays near that of the sums themselves. Anchors that are further apart than the radius have windows grown
 * from nothing, by {@link SupportThreshold}.
 */
final class SlidingSupport {

    /** Rows that use the same sums. */
    private static final int REFRESHED = 32;

    private static final int NEWTON_STEPS = 50;

    private final double[] t;
    private final int n;
    private final double perS;
    private final int q;
    private final SupportThreshold support;

    private int start; // the group of tied keys at the anchor
    private int end;
    private int lo; // the window
    private int hi;
    private double radius;
    private int sinceRefreshed;
    private int largest; // size of the window since then

    private double l1; // sums of powers of the distances of the keys before the group
    private double l2;
    private double l3;
    private double r1; // and behind it
    private double r2;
    private double r3;

    /** Sorted keys and the inverse of the softness. */
    SlidingSupport(Smoothness c, double[] t, double perS) {
        this.t = t;
        n = t.length;
        this.perS = perS;
        q = SupportThreshold.power(c);
        support = new SupportThreshold(c);
    }

    int lo() {
        return lo;
    }

    int hi() {
        return hi;
    }

    double radius() {
        return radius;
    }

    /** Goes on to the group {@code [from, to)} of tied keys, which is behind the one before. */
    void next(int from, int to) {
        double moved = end == 0 ? Double.POSITIVE_INFINITY : Math.abs(t[from] - t[start]) * perS;
        if (moved < radius) slide(from, to, moved);
        else grow(from, to);
    }

    private double distance(int j) {
        return Math.abs(t[start] - t[j]) * perS;
    }

    private double before() {
        return lo > 0 ? distance(lo - 1) : Double.POSITIVE_INFINITY;
    }

    private double behind() {
        return hi < n ? distance(hi) : Double.POSITIVE_INFINITY;
    }

    private void grow(int from, int to) {
        start = from;
        end = to;
        lo = from;
        hi = to;
        support.clear();
        for (int i = from; i < to; i++) support.take(0); // the entries of the tied keys themselves
        double before = before();
        double behind = behind();
        while (Math.min(before, behind) < 1) { // no entry of a row exceeds 1
            if (before <= behind) {
                if (!support.take(-before)) break;
                lo--;
                before = before();
            } else {
                if (!support.take(-behind)) break;
                hi++;
                behind = behind();
            }
        }
        radius = -support.theta();
        sinceRefreshed = REFRESHED;
    }

    private void slide(int from, int to, double moved) {
        if (++sinceRefreshed < REFRESHED) shift(from, to, moved);
        start = from;
        end = to;
        if (hi < end) hi = end;
        if (sinceRefreshed >= REFRESHED) refresh();
        if (q == 1) {
            settleLinear();
        } else {
            settle();
            radius = q == 2 ? quadratic(hi - lo) : cubic(hi - lo, radius + moved);
        }
        int size = hi - lo;
        largest = Math.max(largest, size);
        if (2 * size < largest) sinceRefreshed = REFRESHED;
    }

    private void refresh() {
        l1 = 0;
        l2 = 0;
        l3 = 0;
        r1 = 0;
        r2 = 0;
        r3 = 0;
        for (int j = lo; j < start; j++) addLeft(distance(j), 1);
        for (int j = end; j < hi; j++) addRight(distance(j), 1);
        sinceRefreshed = 0;
        largest = 0;
    }

    /** The sums as seen from the next anchor. */
    private void shift(int from, int to, double moved) {
        for (int j = end; j < Math.min(to, hi); j++) addRight(distance(j), -1);
        int left = end - lo;
        int right = Math.max(hi - to, 0);
        double square = moved * moved;
        if (q > 2) {
            l3 += 3 * moved * l2 + 3 * square * l1 + left * square * moved;
            r3 += -3 * moved * r2 + 3 * square * r1 - right * square * moved;
        }
        if (q > 1) {
            l2 += 2 * moved * l1 + left * square;
            r2 += -2 * moved * r1 + right * square;
        }
        l1 += left * moved;
        r1 -= right * moved;
        if (right == 0) {
            r1 = 0;
            r2 = 0;
            r3 = 0;
        }
        int old = end;
        start = from;
        for (int j = old; j < from; j++) addLeft(distance(j), 1);
    }

    private void addLeft(double d, int sign) {
        double signed = sign * d;
        l1 += signed;
        if (q > 1) l2 += signed * d;
        if (q > 2) l3 += signed * d * d;
    }

    private void addRight(double d, int sign) {
        double signed = sign * d;
        r1 += signed;
        if (q > 1) r2 += signed * d;
        if (q > 2) r3 += signed * d * d;
    }

    /**
     * C0: the radius for any set of keys is at least that for the support, as {@code sum (r - d_j)} over a set is at most
     * {@code sum (r - d_j)+} over all. So keys within it are taken, then those beyond it dropped, and it falls to the root.
     */
    private void settleLinear() {
        double anchor = t[start];
        double left = l1;
        double right = r1;
        int from = lo;
        int to = hi;
        double size = to - from; // the radius is (1 + left + right) / size
        while (to < n) {
            double d = Math.abs(anchor - t[to]) * perS;
            if (!(d * size < 1 + left + right)) break;
            right += d;
            size++;
            to++;
        }
        while (true) {
            double mass = 1 + left + right;
            double d = Math.abs(anchor - t[from]) * perS;
            if (d * size >= mass && from < start) {
                left -= d;
                from++;
            } else {
                d = Math.abs(anchor - t[to - 1]) * perS;
                if (d * size < mass || to == end) break;
                right -= d;
                to--;
            }
            size--;
        }
        lo = from;
        hi = to;
        l1 = left;
        r1 = right;
        radius = (1 + left + right) / size;
    }

    /**
     * C1 and C2: drops the furthest keys and takes the nearest ones until the window is the support. The key at distance D
     * belongs to it if {@code sum (D - d_j)^q < 1} over the window, of which no key may be further than D.
     */
    private void settle() {
        double left1 = l1;
        double left2 = l2;
        double left3 = l3;
        double right1 = r1;
        double right2 = r2;
        double right3 = r3;
        double first = distance(lo);
        double last = distance(hi - 1);
        double next = behind();
        while (true) {
            double furthest = Math.max(first, last);
            if (furthest > 0 && !belongs(furthest, left1 + right1, left2 + right2, left3 + right3)) {
                if (first >= last) {
                    left1 -= first;
                    left2 -= first * first;
                    left3 -= first * first * first;
                    first = distance(++lo);
                } else {
                    right1 -= last;
                    right2 -= last * last;
                    right3 -= last * last * last;
                    next = last;
                    last = distance(--hi - 1);
                }
                continue;
            }
            // a key that is nearer than one in the support is in it; then that one is tested again
            boolean nearer = next < furthest;
            if (!nearer && !(next < 1 && belongs(next, left1 + right1, left2 + right2, left3 + right3))) break;
            right1 += next;
            right2 += next * next;
            right3 += next * next * next;
            last = next;
            hi++;
            next = behind();
        }
        l1 = left1;
        l2 = left2;
        l3 = left3;
        r1 = right1;
        r2 = right2;
        r3 = right3;
    }

    private boolean belongs(double d, double s1, double s2, double s3) {
        int size = hi - lo;
        return q == 2 ? s2 + d * (size * d - 2 * s1) < 1 : d * (3 * s2 + d * (size * d - 3 * s1)) - s3 < 1;
    }

    private double quadratic(int size) {
        double s1 = l1 + r1;
        return (s1 + Math.sqrt(Math.max(s1 * s1 - size * (l2 + r2 - 1), 0))) / size;
    }

    /** From above, where the sum of cubes is convex, Newton's steps fall to the root. */
    private double cubic(int size, double bound) {
        double mean = (l1 + r1) / size; // about the mean there is no term of degree 2
        double p = 3 * ((l2 + r2) / size - mean * mean);
        double m3 = (l3 + r3) / size - mean * (p + mean * mean);
        double w = bound - mean;
        double c = m3 + 1.0 / size;
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double next = w - (w * (w * w + p) - c) / (3 * w * w + p);
            boolean done = !(w - next > 1e-9 * w);
            w = next;
            if (done) break;
        }
        return mean + w;
    }
}
