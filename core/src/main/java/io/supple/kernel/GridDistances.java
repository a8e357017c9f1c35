// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * {@link SoftDistances} of class SMOOTH by a grid of cells two softnesses wide, as in the fast multipole method: time
 * {@code O(n P)} and P^2 for each pair of cells within reach, memory O(n).
 *
 * <p>{@code d tanh(d / 2s)} is analytic for {@code |Im d| < pi s}. For keys x and y of two cells, in units of half a cell,
 * it is {@code sum_ab K_ab T_a(x) T_b(y)} with Chebyshev coefficients K that depend on the distance of the cells alone and
 * fall like 6.4^-a. So a cell is known by its P moments {@code sum_k T_a(x_k)}, and what it adds at another cell by the P
 * coefficients {@code sum_a K_ab moment_a}. The error is about 1e-15 n times the larger of the spread and s.
 */
final class GridDistances extends SoftDistances {

    /** Width of a cell in softnesses. */
    private static final double WIDTH = 2;

    /** Cells farther apart than this see each other's keys at plain distances: 38 softnesses or more. */
    private static final int NEAR = 19;

    private static final int P = Chebyshev.P;
    private static final int STRIDE = Chebyshev.STRIDE;

    private final double[] u; // place of each key within its cell, -1..1
    private final int[] first; // key of each cell, one more at the end
    private final long[] cell;
    private final int cells;
    private final double[] moments;
    private final double[] weightedMoments;

    GridDistances(double[] z, double s) {
        super(z, s);
        u = new double[n];
        int[] starts = new int[n + 1];
        long[] at = new long[n];
        double width = WIDTH * s;
        double origin = z.length == 0 ? 0 : z[0];
        long base = 0;
        int count = 0;
        for (int j = 0; j < n; j++) {
            // after a gap wider than the reach the grid begins anew, so that places keep their accuracy
            if (j > 0 && (z[j] - z[j - 1]) / width > NEAR + 2) {
                origin = z[j];
                base = at[count - 1] + NEAR + 2;
            }
            double place = (z[j] - origin) / width;
            double whole = Math.floor(place);
            u[j] = 2 * (place - whole) - 1;
            long here = base + (long) whole;
            if (count == 0 || here != at[count - 1]) {
                starts[count] = j;
                at[count++] = here;
            }
        }
        starts[count] = n;
        cells = count;
        first = Arrays.copyOf(starts, count + 1);
        cell = Arrays.copyOf(at, count);
        moments = new double[count * STRIDE];
        weightedMoments = new double[count * STRIDE];
        for (int b = 0; b < cells; b++) Lanes.USED.moments(u, null, first[b], first[b + 1], moments, b * STRIDE);
    }

    /** Cost in products of pairs: as many divisions take as long. */
    long products() {
        return 40L * n + (long) cells * Math.min(cells, 2 * NEAR + 1) * (P * P / 6);
    }

    @Override
    void sums(double[] a) {
        double[] coefficients = new double[STRIDE];
        int from = 0;
        int to = 0;
        for (int b = 0; b < cells; b++) {
            while (cell[b] - cell[from] > NEAR) from++;
            while (to < cells && cell[to] - cell[b] <= NEAR) to++;
            Arrays.fill(coefficients, 0);
            for (int o = from; o < to; o++) {
                int apart = (int) (cell[o] - cell[b]);
                double[] k = Kernels.VALUES[Math.abs(apart)];
                Lanes.USED.translate(apart > 0 ? k : Kernels.TRANSPOSED[-apart], moments, o * STRIDE, 1, coefficients);
            }
            Lanes.USED.values(u, first[b], first[b + 1], coefficients, a);
            boolean all = from == 0 && to == cells;
            for (int j = first[b]; j < first[b + 1]; j++) {
                a[j] *= s;
                if (!all) a[j] += beyond(j, first[from], first[to]);
            }
        }
    }

    @Override
    void slopes(double[] w, double[] count, double[] weighted) {
        double[] prefixes = prefixes(w);
        for (int b = 0; b < cells; b++) {
            Arrays.fill(weightedMoments, b * STRIDE, (b + 1) * STRIDE, 0);
            Lanes.USED.moments(u, w, first[b], first[b + 1], weightedMoments, b * STRIDE);
        }
        double[] counting = new double[STRIDE];
        double[] weighing = new double[STRIDE];
        int from = 0;
        int to = 0;
        for (int b = 0; b < cells; b++) {
            while (cell[b] - cell[from] > NEAR) from++;
            while (to < cells && cell[to] - cell[b] <= NEAR) to++;
            Arrays.fill(counting, 0);
            Arrays.fill(weighing, 0);
            for (int o = from; o < to; o++) {
                int apart = (int) (cell[o] - cell[b]);
                double sign = apart >= 0 ? 1 : -1; // the slope is odd
                double[] k = apart >= 0 ? Kernels.SLOPES[apart] : Kernels.SLOPES_TRANSPOSED[-apart];
                Lanes.USED.translate(k, moments, o * STRIDE, sign, counting);
                Lanes.USED.translate(k, weightedMoments, o * STRIDE, sign, weighing);
            }
            Lanes.USED.values(u, first[b], first[b + 1], counting, count);
            Lanes.USED.values(u, first[b], first[b + 1], weighing, weighted);
            int start = first[from];
            int end = first[to];
            if (start == 0 && end == n) continue;
            double sign = (n - end) - start;
            double far = (prefixes[n] - prefixes[end]) - prefixes[start];
            for (int j = first[b]; j < first[b + 1]; j++) {
                count[j] += sign;
                weighted[j] += far;
            }
        }
    }

    /** Chebyshev coefficients of the soft distance of two cells, and of its slope, for each distance of the cells. */
    private static final class Kernels {
        static final double[][] VALUES = new double[NEAR + 1][];
        static final double[][] TRANSPOSED = new double[NEAR + 1][];
        static final double[][] SLOPES = new double[NEAR + 1][];
        static final double[][] SLOPES_TRANSPOSED = new double[NEAR + 1][];

        static {
            double half = WIDTH / 2;
            for (int o = 0; o <= NEAR; o++) {
                double apart = o * WIDTH;
                VALUES[o] = Chebyshev.expansion((x, y) -> SoftAbs.value(Smoothness.SMOOTH, apart + half * (x - y), 1));
                SLOPES[o] = Chebyshev.expansion((x, y) -> SoftAbs.slope(Smoothness.SMOOTH, apart + half * (x - y), 1));
                TRANSPOSED[o] = Chebyshev.transposed(VALUES[o]);
                SLOPES_TRANSPOSED[o] = Chebyshev.transposed(SLOPES[o]);
            }
        }
    }
}
