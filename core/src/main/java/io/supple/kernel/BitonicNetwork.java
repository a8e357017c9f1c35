// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * The relaxed bitonic sorting network of one list: where a comparator would swap, it mixes.
 *
 * <p>Layers {@code (p, j)}, {@code 0 <= j <= p < log2 N}, pair position i with {@code i XOR 2^(p-j)}; blocks of length
 * {@code 2^(p+1)} are ascending and descending in turn. The pair (a, b), to be ascending, becomes
 * {@code ((1-m) a + m b, (1-m) b + m a)} with {@code m = S(a - b; s)}, the {@link Sigmoidal soft step}; to be descending,
 * {@code m = S(b - a; s)}. The permutation matrix is the product of the 2 x 2 mixes of all layers.
 *
 * <p>Batcher 1968, "Sorting networks and their applications"; relaxed by Petersen, Borgelt, Kuehne and Deussen 2021,
 * <a href="https://arxiv.org/abs/2105.04019">arXiv:2105.04019</a>, sec. 3, and 2022,
 * <a href="https://arxiv.org/abs/2203.09630">arXiv:2203.09630</a>.
 *
 * <p>N is the power of two at or above n, and at least 2; places n..N-1 start with the pad, a constant in every
 * derivative. The pad is as soft as any element: where it is near the largest ones it raises them, and the rows of the
 * matrix, cut to the n elements, are divided by what is left of them. The soft minimum {@code a - (a - b) S(a - b)} is not
 * monotone in a (no class of step here makes it so, see the second paper), so soft sorted values may be slightly out of
 * order. The result may depend on the order of the list, as pairs meet by position. A NaN or an infinity in the list makes
 * everything NaN.
 *
 * <p>With {@code L = log2 N (log2 N + 1) / 2} layers: values take O(N L) time and O(N) memory, their vjp O(N L) memory.
 * Columns of the matrix pass the network one by one, so matrix and vjp take O(n N L) time and O(N L) memory.
 */
public final class BitonicNetwork {

    private static final double ROW_FLOOR = 1e-10;

    private final Smoothness c;
    private final double s;
    private final int n;
    private final double[] start;
    private final int[] distances;
    private final int[] blocks;

    /**
     * The network of one list.
     *
     * @param c class of the step
     * @param z list
     * @param pad value of the added places, at or above the largest element
     * @param s softness
     */
    public BitonicNetwork(Smoothness c, double[] z, double pad, double s) {
        this.c = c;
        this.s = s;
        n = z.length;
        int width = Math.max(2, Integer.highestOneBit(Math.max(1, n - 1)) << 1);
        start = Arrays.copyOf(z, width);
        Arrays.fill(start, n, width, Math.min(pad, Double.MAX_VALUE)); // an infinite pad would make 0 * infinity
        int phases = Integer.numberOfTrailingZeros(width);
        distances = new int[phases * (phases + 1) / 2];
        blocks = new int[distances.length];
        int layer = 0;
        for (int p = 0; p < phases; p++) {
            for (int j = 0; j <= p; j++) {
                distances[layer] = 1 << (p - j);
                blocks[layer++] = 2 << p;
            }
        }
    }

    /** Soft sorted values, ascending; {@code y[to..to+n)} is written. */
    public void values(double[] y, int to) {
        double[] x = start.clone();
        double[] m = new double[x.length / 2];
        for (int layer = 0; layer < distances.length; layer++) {
            mixes(layer, x, m);
            mix(layer, m, x);
        }
        System.arraycopy(x, 0, y, to, n);
    }

    /** Adds the vjp of {@link #values} to {@code gz}. */
    public void valuesVjp(double[] g, int from, double[] gz) {
        double[] gx = new double[start.length];
        System.arraycopy(g, from, gx, 0, n);
        double[][] m = new double[distances.length][];
        backward(trace(m), m, null, gx, gz);
    }

    /** Writes the jvp of {@link #values} to {@code yDot[0..n)}. */
    public void valuesJvp(double[] zDot, double[] yDot) {
        double[] x = tangents(zDot, new double[distances.length][], new double[distances.length][]);
        System.arraycopy(x, 0, yDot, 0, n);
    }

    /**
     * The permutation matrix, a row for each ascending place; {@code p[to..to + n n)} is written.
     *
     * <p>{@code p_ij / max(sum_k p_ik, 1e-10)}, the sum over the n elements of the list.
     */
    public void matrix(double[] p, int to) {
        double[][] m = new double[distances.length][];
        trace(m);
        double[] sums = rowSums(m);
        for (int j = 0; j < n; j++) {
            double[] column = unit(j);
            for (int layer = 0; layer < m.length; layer++) mix(layer, m[layer], column);
            for (int i = 0; i < n; i++) p[to + i * n + j] = column[i] / Math.max(sums[i], ROW_FLOOR);
        }
    }

    /** Adds the vjp of {@link #matrix} to {@code gz}. */
    public void matrixVjp(double[] g, int from, double[] gz) {
        double[][] m = new double[distances.length][];
        double[][] x = trace(m);
        double[] sums = rowSums(m);
        double[][] gm = new double[m.length][start.length / 2];
        double[] gSums = new double[start.length];
        double[][] columns = new double[m.length][start.length];
        double[] cotangent = new double[start.length];
        for (int j = 0; j < n; j++) {
            double[] end = columnTrace(unit(j), m, columns);
            Arrays.fill(cotangent, 0);
            for (int i = 0; i < n; i++) {
                double r = Math.max(sums[i], ROW_FLOOR);
                cotangent[i] = g[from + i * n + j] / r;
                if (sums[i] >= ROW_FLOOR) gSums[i] -= cotangent[i] * end[i] / r;
            }
            columnBackward(columns, m, cotangent, gm);
        }
        if (n < start.length) {
            columnTrace(ones(), m, columns);
            columnBackward(columns, m, gSums, gm);
        }
        backward(x, m, gm, new double[start.length], gz);
    }

    /** Writes the jvp of {@link #matrix} to {@code pDot[0..n n)}. */
    public void matrixJvp(double[] zDot, double[] pDot) {
        double[][] m = new double[distances.length][];
        double[][] mDot = new double[distances.length][];
        tangents(zDot, m, mDot);
        double[] sums = ones();
        double[] sumsDot = new double[start.length];
        columnTangents(m, mDot, sums, sumsDot);
        for (int j = 0; j < n; j++) {
            double[] column = unit(j);
            double[] dot = new double[start.length];
            columnTangents(m, mDot, column, dot);
            for (int i = 0; i < n; i++) {
                double r = Math.max(sums[i], ROW_FLOOR);
                double rDot = sums[i] >= ROW_FLOOR && n < start.length ? sumsDot[i] : 0;
                pDot[i * n + j] = (dot[i] - column[i] / r * rDot) / r;
            }
        }
    }

    /** The place of the k-th pair's lower member; the upper one is {@code distance} further. */
    private static int lower(int k, int distance) {
        return (k & -distance) + k; // a zero bit put in at the distance
    }

    /** Difference that the step of this pair is taken of: own order first if ascending. */
    private static double excess(double[] x, int i, int distance, int block) {
        return (i & block) == 0 ? x[i] - x[i + distance] : x[i + distance] - x[i];
    }

    private void mixes(int layer, double[] x, double[] m) {
        int distance = distances[layer];
        for (int k = 0; k < m.length; k++)
            m[k] = Sigmoidal.value(c, excess(x, lower(k, distance), distance, blocks[layer]), s);
    }

    /** One layer in place. Both products, not a step from a towards b, whose difference may overflow. */
    private void mix(int layer, double[] m, double[] x) {
        int distance = distances[layer];
        for (int k = 0; k < m.length; k++) {
            int i = lower(k, distance);
            double a = x[i];
            double b = x[i + distance];
            x[i] = (1 - m[k]) * a + m[k] * b;
            x[i + distance] = (1 - m[k]) * b + m[k] * a;
        }
    }

    /** Runs the list through; returns what enters each layer and writes the mixes of each. */
    private double[][] trace(double[][] m) {
        double[][] x = new double[distances.length][];
        double[] now = start.clone();
        for (int layer = 0; layer < x.length; layer++) {
            x[layer] = now.clone();
            m[layer] = new double[now.length / 2];
            mixes(layer, now, m[layer]);
            mix(layer, m[layer], now);
        }
        return x;
    }

    /** Runs list and tangent through; returns the tangent, writes the mixes of each layer and their tangents. */
    private double[] tangents(double[] zDot, double[][] m, double[][] mDot) {
        double[] x = start.clone();
        double[] dot = Arrays.copyOf(zDot, start.length);
        for (int layer = 0; layer < m.length; layer++) {
            int distance = distances[layer];
            double[] mixes = new double[x.length / 2];
            double[] slopes = new double[x.length / 2];
            mixes(layer, x, mixes);
            for (int k = 0; k < mixes.length; k++) {
                int i = lower(k, distance);
                double slope = Sigmoidal.slope(c, excess(x, i, distance, blocks[layer]), s);
                slopes[k] = slope * excess(dot, i, distance, blocks[layer]);
            }
            mixTangents(layer, mixes, slopes, x, dot);
            m[layer] = mixes;
            mDot[layer] = slopes;
        }
        return dot;
    }

    private void columnTangents(double[][] m, double[][] mDot, double[] column, double[] dot) {
        for (int layer = 0; layer < m.length; layer++) mixTangents(layer, m[layer], mDot[layer], column, dot);
    }

    /** One layer in place, of x and of its tangent. */
    private void mixTangents(int layer, double[] m, double[] mDot, double[] x, double[] dot) {
        int distance = distances[layer];
        for (int k = 0; k < m.length; k++) {
            int i = lower(k, distance);
            double turn = timesDifference(mDot[k], x, i, distance);
            double a = dot[i];
            double b = dot[i + distance];
            dot[i] = (1 - m[k]) * a + m[k] * b + turn;
            dot[i + distance] = (1 - m[k]) * b + m[k] * a - turn;
        }
        mix(layer, m, x);
    }

    /** A flat step meets differences beyond the largest double: 0, not 0 times infinity. */
    private static double timesDifference(double factor, double[] x, int i, int distance) {
        return factor == 0 ? 0 : factor * (x[i + distance] - x[i]);
    }

    /** From the cotangent gx of the end and gm of the mixes (null for none) back to the list. */
    private void backward(double[][] x, double[][] m, double[][] gm, double[] gx, double[] gz) {
        for (int layer = m.length - 1; layer >= 0; layer--) {
            int distance = distances[layer];
            for (int k = 0; k < m[layer].length; k++) {
                int i = lower(k, distance);
                double mix = m[layer][k];
                double a = gx[i];
                double b = gx[i + distance];
                double slope = Sigmoidal.slope(c, excess(x[layer], i, distance, blocks[layer]), s);
                double turn = timesDifference(slope, x[layer], i, distance) * (a - b);
                if (gm != null) turn += slope * gm[layer][k];
                if ((i & blocks[layer]) != 0) turn = -turn;
                gx[i] = (1 - mix) * a + mix * b + turn;
                gx[i + distance] = (1 - mix) * b + mix * a - turn;
            }
        }
        for (int i = 0; i < n; i++) gz[i] += gx[i];
    }

    private double[] columnTrace(double[] column, double[][] m, double[][] columns) {
        for (int layer = 0; layer < m.length; layer++) {
            System.arraycopy(column, 0, columns[layer], 0, column.length);
            mix(layer, m[layer], column);
        }
        return column;
    }

    /** Takes the cotangent of a column's end back, adding to the cotangents of the mixes. */
    private void columnBackward(double[][] columns, double[][] m, double[] cotangent, double[][] gm) {
        for (int layer = m.length - 1; layer >= 0; layer--) {
            int distance = distances[layer];
            double[] p = columns[layer];
            for (int k = 0; k < m[layer].length; k++) {
                int i = lower(k, distance);
                gm[layer][k] += (cotangent[i] - cotangent[i + distance]) * (p[i + distance] - p[i]);
            }
            mix(layer, m[layer], cotangent); // the mixes are symmetric
        }
    }

    /** Sums of the rows over the n elements, without the matrix. */
    private double[] rowSums(double[][] m) {
        double[] sums = ones();
        for (int layer = 0; layer < m.length; layer++) mix(layer, m[layer], sums);
        return sums;
    }

    private double[] ones() {
        double[] ones = new double[start.length];
        Arrays.fill(ones, 0, n, 1);
        return ones;
    }

    private double[] unit(int j) {
        double[] unit = new double[start.length];
        unit[j] = 1;
        return unit;
    }
}
