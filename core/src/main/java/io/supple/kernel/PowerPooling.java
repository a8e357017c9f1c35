// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Blocks of the p-norm classes, {@code y = phi(u - gamma)} with the odd powers {@code phi(t) = t |t|} (C1) and
 * {@code t^3} (C2), where gamma is the root of the monotone equation {@code sum phi(u - gamma) = sum w}.
 *
 * <p>With the mean and the central moments of u in a block the equation of C2 is a cubic, and so is O(1) per merge. That
 * of C1 is a quadratic when all of the block lies on one side of gamma, which is so whenever w has one sign; else the
 * sums on either side come from {@link RangeMoments}, O(log n) per Newton step.
 */
final class PowerPooling extends BlockPooling {

    private static final int STEPS = 100; // bisection alone would need no more than about 60
    private static final double PRECISION = 0x1p-51;

    private final boolean cubic;
    private final double[] mean; // of u below the block's first
    private final double[] m2; // central sums of squares and of cubes
    private final double[] m3;
    private final double[] meanW;
    private final double[] level; // relative to the block's first u
    private RangeMoments moments; // made when a block first needs it

    PowerPooling(boolean cubic, double[] z, double[] w, double up, double s) {
        super(z, w, up, s);
        this.cubic = cubic;
        int n = z.length;
        this.mean = new double[n];
        this.m2 = new double[n];
        this.m3 = new double[n];
        this.meanW = new double[n];
        this.level = new double[n];
    }

    @Override
    void pool() {
        int n = z.length;
        int count = 0;
        for (int i = 0; i < n; i++) {
            start[count] = i;
            start[count + 1] = i + 1;
            single(count++);
            while (count > 1 && (same(start[count - 2], i) || violates(count - 2))) {
                merge(count - 2);
                start[count - 1] = start[count];
                count--;
            }
        }
        close(count);
    }

    private void single(int b) {
        mean[b] = 0;
        m2[b] = 0;
        m3[b] = 0;
        meanW[b] = w[start[b]];
        level[b] = -root(meanW[b]);
    }

    /** Whether block b has a smaller level than block b + 1. */
    private boolean violates(int b) {
        return fall(start[b], start[b + 1]) + level[b] < level[b + 1];
    }

    /** Block b takes block b + 1 in, whose bounds are still there. */
    private void merge(int b) {
        double fall = fall(start[b], start[b + 1]);
        double p = start[b + 1] - start[b];
        double q = start[b + 2] - start[b + 1];
        double n = p + q;
        double apart = mean[b + 1] - fall - mean[b]; // Pebay 2008, SAND2008-6212, eqs. (1.2) to (1.4)
        m3[b] += m3[b + 1]
                + apart * apart * apart * p * q * (p - q) / (n * n)
                + 3 * apart * (p * m2[b + 1] - q * m2[b]) / n;
        m2[b] += m2[b + 1] + apart * apart * p * q / n;
        mean[b] += apart * q / n;
        meanW[b] = meanW[b] * (p / n) + meanW[b + 1] * (q / n);
        double above = level[b + 1] - fall;
        level[b] = cubic ? mean[b] - cubicRoot(m2[b] / n, meanW[b] - m3[b] / n) : quadraticLevel(b, n, above);
    }

    private double phi(double t) {
        return cubic ? t * t * t : t * Math.abs(t);
    }

    private double slope(double t) {
        return cubic ? 3 * t * t : 2 * Math.abs(t);
    }

    private double root(double y) {
        return cubic ? Math.cbrt(y) : Math.copySign(Math.sqrt(Math.abs(y)), y);
    }

    /** The root of {@code t^3 + 3 m t = c}, m at least 0: hyperbolic Cardano, then Newton for its last digits. */
    private static double cubicRoot(double m, double c) {
        double r = Math.sqrt(m);
        double x = Math.abs(c) / (2 * r * r * r);
        double t = x < 1e15 // else m does not count, or is 0
                ? 2 * r * Math.sinh(Math.log(x + Math.sqrt(x * x + 1)) / 3)
                : Math.cbrt(Math.abs(c));
        for (int step = 0; step < 2; step++) {
            double slope = 3 * (t * t + m);
            if (slope > 0) t -= (t * (t * t + 3 * m) - Math.abs(c)) / slope;
        }
        return Math.copySign(t, c);
    }

    /** C1: the level of block b joined with the next, between its own old one and {@code above}, that of the next. */
    private double quadraticLevel(int b, double n, double above) {
        int from = start[b];
        int to = start[b + 2];
        double spread = m2[b] / n;
        double right = mean[b] - Math.sqrt(Math.max(meanW[b] - spread, 0)); // all of the block above gamma
        if (meanW[b] >= spread && right <= -fall(from, to - 1)) return right;
        double left = mean[b] + Math.sqrt(Math.max(-meanW[b] - spread, 0)); // all below
        if (-meanW[b] >= spread && left >= 0) return left;
        if (moments == null) moments = new RangeMoments(this, z.length);
        double low = Math.min(level[b], above);
        double high = Math.max(level[b], above);
        double gamma = low + (high - low) / 2;
        for (int step = 0; step < STEPS; step++) {
            int split = firstBelow(from, to, gamma);
            RangeMoments.Sums upper = moments.of(from, from, split);
            RangeMoments.Sums lower = moments.of(from, split, to);
            double up = upper.mean() - gamma;
            double down = gamma - lower.mean();
            double excess =
                    upper.count() * up * up + upper.m2() - lower.count() * down * down - lower.m2() - n * meanW[b];
            double slope = 2 * (upper.count() * up + lower.count() * down);
            if (excess > 0) low = gamma;
            else high = gamma;
            double next = gamma + excess / slope;
            if (!(next >= low && next <= high)) next = low + (high - low) / 2; // also where 0 / 0
            boolean done = Math.abs(next - gamma) <= PRECISION * Math.max(Math.abs(gamma), high - low);
            gamma = next;
            if (done) break;
        }
        return gamma;
    }

    /** The first element of {@code [from, to)} whose u, relative to that of from, is below gamma. */
    private int firstBelow(int from, int to, double gamma) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (-fall(from, middle) < gamma) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    @Override
    void values(int block, double[] y) {
        int from = start[block];
        int to = start[block + 1];
        level[block] = refine(from, to, level[block]);
        for (int i = from; i < to; i++) y[i] = phi(-fall(from, i) - level[block]);
    }

    @Override
    void derivatives(int block, double[] d, double[] a, double[] e, double[] b) {
        int from = start[block];
        int to = start[block + 1];
        double largest = 0;
        for (int i = from; i < to; i++) {
            double t = -fall(from, i) - level[block];
            d[i] = slope(t);
            a[i] = t;
            largest = Math.max(largest, Math.abs(t));
        }
        double mass = 0;
        for (int i = from; i < to; i++) {
            // relative to the largest, as squares of small t vanish; where all t are 0, z is tied and y = mean(w)
            a[i] = largest > 0 ? slope(a[i] / largest) : 1;
            mass += a[i];
        }
        for (int i = from; i < to; i++) {
            a[i] /= mass;
            e[i] = a[i];
            b[i] = 1;
        }
    }

    /** One Newton step summed over the elements: no rounding from the order of the merges is left. */
    private double refine(int from, int to, double gamma) {
        double excess = 0;
        double slope = 0;
        for (int i = from; i < to; i++) {
            double t = -fall(from, i) - gamma;
            excess += phi(t) - w[i];
            slope += slope(t);
        }
        double step = excess / slope;
        // a long step would be one on which the equation is not linear: near a root of higher order
        return Math.abs(step) <= 1e-6 * Math.max(Math.abs(gamma), fall(from, to - 1)) ? gamma + step : gamma;
    }
}
