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
        this.depth = depth + 4 * EPSILON * size;
    }

    /**
     * Writes the windows of the places {@code [first, first + count)} to {@code lo} and {@code hi}, from {@code at} on: one
     * for so many neighbouring places together.
     */
    void find(int first, int count, int together, int[] lo, int[] hi, int at) {
        int n = z.length;
        int m = first + count - 1;
        int last = n - 1;
        for (int end = count; end > 0; ) {
            int i = end - 1;
            double c = n - 1 - 2.0 * (first + i);
            m = climb(c, m, first + i);
            double cut = height(c, m) - depth;
            last = Math.max(last, m); // only where all is rounding errors
            while (height(c, last) < cut) last--;
            int from = i / together * together;
            for (; end > from; end--) hi[at + end - 1] = last + 1;
        }
        m = first;
        int start = 0;
        for (int i = 0; i < count; ) {
            double c = n - 1 - 2.0 * (first + i);
            m = climb(c, m, first + i);
            double cut = height(c, m) - depth;
            start = Math.min(start, m);
            while (height(c, start) < cut) start++;
            int to = Math.min(i + together, count);
            for (; i < to; i++) lo[at + i] = Math.min(start, hi[at + i] - 1);
        }
    }

    /** Logits times s, but for the constant of a row. */
    private double height(double c, int j) {
        return -(c * z[j] + a[j]);
    }

    private int climb(double c, int m, int place) {
        int at = height(c, m) >= height(c, place) ? m : place;
        double top = height(c, at);
        while (at + 1 < z.length && height(c, at + 1) > top) top = height(c, ++at);
        while (at > 0 && height(c, at - 1) > top) top = height(c, --at);
        return at;
    }
}
