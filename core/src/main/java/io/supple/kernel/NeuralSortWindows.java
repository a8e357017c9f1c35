// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * Where the rows of NeuralSort are above a cut: for the place p of a run of places the window {@code [lo, hi)} of the
 * sorted keys outside which the logits are below the largest of the row by more than the cut.
 *
 * <p>The logits of sorted keys are supermodular, {@code v_(p+1)j - v_pj = 2 z_j / s} rises with j, whatever A is. So if
 * key j is below the cut of place p, and left of a key m that is above it, it stays below the cut of m in every later
 * place: the ends of the windows never move left as the place rises. Two pointers find them, one for the left ends
 * upwards, one for the right ends downwards, in O(n) for all places together, without a bound on the shape of A.
 *
 * <p>The cut is taken from a key m that is found by climbing: if it is not the highest of its row, the window is wider.
 * What rounding errors can lift is added to the cut.
 */
final class NeuralSortWindows {

    private static final double EPSILON = Math.ulp(1.0);

    private final double[] z;
    private final double[] a;
    private final double rounding;
    private final double depth;

    /**
     * The windows of one list.
     *
     * @param z sorted keys
     * @param a their sums of distances
     * @param depth the cut times the softness
     */
    NeuralSortWindows(double[] z, double[] a, double depth) {
        this.z = z;
        this.a = a;
        double size = 0;
        for (int j = 0; j < z.length; j++) size = Math.max(size, z.length * Math.abs(z[j]) + a[j]);
        rounding = EPSILON * size;
        this.depth = depth + 4 * rounding;
    }

    /** The largest rounding error of a logit times s. */
    double rounding() {
        return rounding;
    }

    /**
     * Writes the windows of {@code count} places from first on, {@code stride} apart, to {@code lo} and {@code hi}, from
     * {@code at} on: one for so many neighbouring places together. Places outside 0..n-1 have windows too.
     *
     * @param from what is known to be at or before all windows
     * @param to what is known to be at or behind the ends of all windows
     */
    void find(int first, int stride, int count, int together, int from, int to, int[] lo, int[] hi, int at) {
        int m = to - 1;
        int last = to - 1;
        for (int end = count; end > 0; ) {
            int place = first + stride * (end - 1);
            double c = coefficient(place);
            m = climb(c, m, place);
            double cut = height(c, m) - depth;
            last = Math.max(last, m); // only where all is rounding errors
            while (height(c, last) < cut) last--;
            int begin = (end - 1) / together * together;
            for (; end > begin; end--) hi[at + end - 1] = last + 1;
        }
        m = from;
        int start = from;
        for (int i = 0; i < count; ) {
            int place = first + stride * i;
            double c = coefficient(place);
            m = climb(c, m, place);
            double cut = height(c, m) - depth;
            start = Math.min(start, m);
            while (height(c, start) < cut) start++;
            int end = Math.min(i + together, count);
            for (; i < end; i++) lo[at + i] = Math.min(start, hi[at + i] - 1);
        }
    }

    private double coefficient(int place) {
        return z.length - 1 - 2.0 * place;
    }

    /** Logits times s, but for the constant of a row. */
    private double height(double c, int j) {
        return -(c * z[j] + a[j]);
    }

    private int climb(double c, int m, int place) {
        int near = Math.max(0, Math.min(z.length - 1, place));
        int at = height(c, m) >= height(c, near) ? m : near;
        double top = height(c, at);
        while (at + 1 < z.length && height(c, at + 1) > top) top = height(c, ++at);
        while (at > 0 && height(c, at - 1) > top) top = height(c, --at);
        return at;
    }
}
