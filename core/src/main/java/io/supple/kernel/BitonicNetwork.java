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
 * <p>With {@code L = log2 N (log2 N + 1) / 2} layers: values and products {@code P x} with the matrix take O(N L) time and
 * O(N) memory, products {@code P'w} and all vjps O(N sqrt(L)) memory ({@link NetworkSweep}). Columns of the matrix itself
 * pass the network one by one, so matrix and vjp take O(n N L) time.
 */
public final class BitonicNetwork {

    private static final double ROW_FLOOR = 1e-10;

    private final int n;
    private final double[] start;
    private final NetworkLayer[] layers;
    private final NetworkSteps steps;
    private final double[] excess; // of the layer at hand

    /**
     * The network of one list.
     *
     * @param c class of the step
     * @param z list
     * @param pad value of the added places, at or above the largest element
     * @param s softness
     */
    public BitonicNetwork(Smoothness c, double[] z, double pad, double s) {
        n = z.length;
        int width = Math.max(2, Integer.highestOneBit(Math.max(1, n - 1)) << 1);
        start = Arrays.copyOf(z, width);
        Arrays.fill(start, n, width, Math.min(pad, Double.MAX_VALUE)); // an infinite pad would make 0 * infinity
        int phases = Integer.numberOfTrailingZeros(width);
        layers = new NetworkLayer[phases * (phases + 1) / 2];
        int layer = 0;
        for (int p = 0; p < phases; p++) {
            for (int j = 0; j <= p; j++) layers[layer++] = new NetworkLayer(1 << (p - j), 2 << p);
        }
        steps = new NetworkSteps(c, s, width / 2, spread(start));
        excess = new double[width / 2];
    }

    /** Mixes do not leave the range of the list. */
    private static double spread(double[] x) {
        double least = x[0];
        double most = x[0];
        for (double each : x) {
            least = Math.min(least, each);
            most = Math.max(most, each);
        }
        return most - least;
    }

    /** Soft sorted values, ascending; {@code y[to..to+n)} is written. */
    public void values(double[] y, int to) {
        double[] x = start.clone();
        forward(x);
        System.arraycopy(x, 0, y, to, n);
    }

    /** Adds the vjp of {@link #values} to {@code gz}. */
    public void valuesVjp(double[] g, int from, double[] gz) {
        double[] gx = new double[start.length];
        System.arraycopy(g, from, gx, 0, n);
        NetworkSweep sweep = new NetworkSweep(layers, steps, 1, true);
        sweep.send(start);
        back(sweep, new double[0][], gx, null, gz);
    }

    /** Writes the jvp of {@link #values} to {@code yDot[0..n)}. */
    public void valuesJvp(double[] zDot, double[] yDot) {
        double[] x = tangents(zDot, new double[layers.length][], new double[layers.length][]);
        System.arraycopy(x, 0, yDot, 0, n);
    }

    /**
     * The permutation matrix, a row for each ascending place; {@code p[to..to + n n)} is written.
     *
     * <p>{@code p_ij / max(sum_k p_ik, 1e-10)}, the sum over the n elements of the list.
     */
    public void matrix(double[] p, int to) {
        double[][] m = new double[layers.length][excess.length];
        double[] sums = ones();
        double[] list = start.clone();
        for (int layer = 0; layer < m.length; layer++) pass(layers[layer], m[layer], list, sums);
        for (int j = 0; j < n; j++) {
            double[] column = through(m, unit(j));
            for (int i = 0; i < n; i++) p[to + i * n + j] = column[i] / Math.max(sums[i], ROW_FLOOR);
        }
    }

    /** Adds the vjp of {@link #matrix} to {@code gz}: its columns are products with units. */
    public void matrixVjp(double[] g, int from, double[] gz) {
        NetworkSweep sweep = new NetworkSweep(layers, steps, 2, true, Long.MAX_VALUE);
        sweep.send(start, ones());
        double[] sums = sweep.end(1).clone();
        double[] gSums = new double[start.length];
        double[][] gm = new double[layers.length][excess.length];
        for (int j = 0; j < n; j++) {
            sweep.send(start, unit(j));
            double[] cotangent = new double[start.length];
            for (int i = 0; i < n; i++) {
                cotangent[i] = g[from + i * n + j] / Math.max(sums[i], ROW_FLOOR);
                gSums[i] += sumPull(sums[i], cotangent[i], sweep.end(1)[i]);
            }
            sweep.back((at, m, entering) -> {
                layers[at].addMixes(entering[1], cotangent, gm[at]);
                layers[at].mix(m, cotangent);
            });
        }
        sweep.send(start, ones());
        back(sweep, new double[][] {gSums}, new double[start.length], gm, gz);
    }

    /** What the sum of row i, of which the row is a share, gets of its entry's cotangent; of a full network it is 1 whatever the list. */
    private double sumPull(double sum, double cotangent, double entry) {
        return sum >= ROW_FLOOR && n < start.length ? -cotangent * entry / Math.max(sum, ROW_FLOOR) : 0;
    }

    /** Writes the jvp of {@link #matrix} to {@code pDot[0..n n)}. */
    public void matrixJvp(double[] zDot, double[] pDot) {
        Moving moving = new Moving(zDot);
        for (int j = 0; j < n; j++) {
            double[] column = unit(j);
            double[] dot = new double[start.length];
            columnTangents(moving.m, moving.mDot, column, dot);
            for (int i = 0; i < n; i++) pDot[i * n + j] = moving.of(i, column, dot);
        }
    }

    /** The mixes and the sums of rows as the list moves. */
    private final class Moving {
        private final double[][] m = new double[layers.length][];
        private final double[][] mDot = new double[layers.length][];
        private final double[] sums = ones();
        private final double[] sumsDot = new double[start.length];

        Moving(double[] zDot) {
            tangents(zDot, m, mDot);
            columnTangents(m, mDot, sums, sumsDot);
        }

        double mass(int i) {
            return Math.max(sums[i], ROW_FLOOR);
        }

        /** What the mass of row i changes by. */
        double massDot(int i) {
            return sums[i] >= ROW_FLOOR && n < start.length ? sumsDot[i] : 0;
        }

        /** What place i of a column over its mass changes by. */
        double of(int i, double[] column, double[] dot) {
            return (dot[i] - column[i] / mass(i) * massDot(i)) / mass(i);
        }
    }

    /** {@code y_r = (P x)_i} at the place i of row r; {@code y[to..to+rows)} is written. */
    public void apply(double[] x, int[] at, double[] y, int to) {
        double[] sums = ones();
        double[] column = Arrays.copyOf(x, start.length);
        forward(start.clone(), sums, column);
        for (int r = 0; r < at.length; r++) y[to + r] = column[at[r]] / Math.max(sums[at[r]], ROW_FLOOR);
    }

    /** Adds the vjp of {@link #apply}: to gx for x unless it is null, to gz for the list unless it is null. */
    public void applyVjp(double[] x, int[] at, double[] g, int from, double[] gx, double[] gz) {
        double[] w = new double[n];
        for (int r = 0; r < at.length; r++) w[at[r]] += g[from + r];
        NetworkSweep sweep = new NetworkSweep(layers, steps, 3, gz != null);
        pull(sweep, new double[][] {w}, new double[][] {Arrays.copyOf(x, start.length)}, gx, gz);
    }

    /**
     * The way back from products {@code <w_k, P x_k>}.
     *
     * @param sweep room for the list, the sums of rows and the products
     * @param w by place
     * @param x as wide as the network
     * @param gx gets what is added to the gradient of x, if there is one product; null for none
     * @param gz gets what is added to the gradient of the list; null for none
     */
    private void pull(NetworkSweep sweep, double[][] w, double[][] x, double[] gx, double[] gz) {
        double[][] columns = new double[1 + x.length][];
        columns[0] = ones();
        System.arraycopy(x, 0, columns, 1, x.length);
        sweep.send(start, columns);
        double[] sums = sweep.end(1);
        double[][] cotangents = new double[columns.length][start.length];
        for (int k = 0; k < x.length; k++) {
            for (int i = 0; i < n; i++) {
                cotangents[1 + k][i] = w[k][i] / Math.max(sums[i], ROW_FLOOR);
                cotangents[0][i] += sumPull(sums[i], cotangents[1 + k][i], sweep.end(2 + k)[i]);
            }
        }
        if (gz != null) back(sweep, cotangents, new double[start.length], null, gz);
        else sweep.back((at, m, none) -> layers[at].mix(m, cotangents[1])); // the mixes are symmetric
        if (gx != null) for (int j = 0; j < n; j++) gx[j] += cotangents[1][j];
    }

    /** Writes the jvp of {@link #apply}, xDot being null for 0, to {@code yDot[to..to+rows)}. */
    public void applyJvp(double[] zDot, double[] x, double[] xDot, int[] at, double[] yDot, int to) {
        Moving moving = new Moving(zDot);
        double[] column = Arrays.copyOf(x, start.length);
        double[] dot = xDot == null ? new double[start.length] : Arrays.copyOf(xDot, start.length);
        columnTangents(moving.m, moving.mDot, column, dot);
        for (int row = 0; row < at.length; row++) yDot[to + row] = moving.of(at[row], column, dot);
    }

    /** Weighted sums of rows, {@code y_k = P'w_k}; added to {@code y[to..to + k n)}. */
    public void mix(double[][] w, double[] y, int to) {
        NetworkSweep sweep = new NetworkSweep(layers, steps, 2, false);
        sweep.send(start, ones());
        double[] sums = sweep.end(1);
        double[][] q = new double[w.length][start.length];
        for (int k = 0; k < w.length; k++) {
            for (int i = 0; i < n; i++) q[k][i] = w[k][i] / Math.max(sums[i], ROW_FLOOR);
        }
        sweep.back((at, m, none) -> {
            for (double[] each : q) layers[at].mix(m, each);
        });
        for (int k = 0; k < w.length; k++) for (int j = 0; j < n; j++) y[to + k * n + j] += q[k][j];
    }

    /** Adds the vjp of {@link #mix} to {@code gz}: {@code <g, P'w> = <w, P g>}. */
    public void mixVjp(double[][] w, double[] g, int from, double[] gz) {
        double[][] x = new double[w.length][start.length];
        for (int k = 0; k < w.length; k++) System.arraycopy(g, from + k * n, x[k], 0, n);
        pull(new NetworkSweep(layers, steps, 2 + w.length, true), w, x, null, gz);
    }

    /** Writes the jvp of {@link #mix} to {@code yDot[to..to + k n)}. */
    public void mixJvp(double[] zDot, double[][] w, double[] yDot, int to) {
        Moving moving = new Moving(zDot);
        double[][] m = moving.m;
        double[][] mDot = moving.mDot;
        for (int k = 0; k < w.length; k++) {
            double[] q = new double[start.length];
            double[] qDot = new double[start.length];
            for (int i = 0; i < n; i++) {
                q[i] = w[k][i] / moving.mass(i);
                qDot[i] = -q[i] / moving.mass(i) * moving.massDot(i);
            }
            for (int layer = m.length - 1; layer >= 0; layer--) mixTangents(layer, m[layer], mDot[layer], q, qDot);
            System.arraycopy(qDot, 0, yDot, to + k * n, n);
        }
    }

    /** Sends a list, and columns that are mixed as it is, through in place. */
    private void forward(double[] list, double[]... columns) {
        double[] m = new double[excess.length];
        for (NetworkLayer layer : layers) pass(layer, m, list, columns);
    }

    private void pass(NetworkLayer layer, double[] m, double[] list, double[]... columns) {
        layer.excesses(list, excess);
        steps.of(excess, m, null);
        layer.mix(m, list);
        for (double[] column : columns) layer.mix(m, column);
    }

    /**
     * From the end back to the list.
     *
     * @param cotangents of the columns
     * @param gx cotangent of the list
     * @param gMixes cotangents of the mixes of each layer, from other columns; null for none
     * @param gz what is added to
     */
    private void back(NetworkSweep sweep, double[][] cotangents, double[] gx, double[][] gMixes, double[] gz) {
        double[] again = new double[excess.length];
        double[] slopes = new double[excess.length];
        double[] gm = new double[excess.length];
        sweep.back((at, m, entering) -> {
            NetworkLayer layer = layers[at];
            if (gMixes == null) Arrays.fill(gm, 0);
            else System.arraycopy(gMixes[at], 0, gm, 0, gm.length);
            for (int k = 0; k < cotangents.length; k++) {
                layer.addMixes(entering[1 + k], cotangents[k], gm);
                layer.mix(m, cotangents[k]); // the mixes are symmetric
            }
            double[] x = entering[0];
            layer.excesses(x, excess);
            steps.of(excess, again, slopes);
            if (steps.bounded()) {
                layer.addMixes(x, gx, gm);
                for (int k = 0; k < slopes.length; k++) slopes[k] *= gm[k];
            } else {
                for (int k = 0; k < slopes.length; k++) {
                    int i = layer.lower(k);
                    double own = timesDifference(slopes[k], x, i, layer.distance) * (gx[i] - gx[i + layer.distance]);
                    slopes[k] = own + slopes[k] * gm[k];
                }
            }
            layer.back(m, slopes, gx);
        });
        for (int i = 0; i < n; i++) gz[i] += gx[i];
    }

    /** Runs list and tangent through; returns the tangent, writes the mixes of each layer and their tangents. */
    private double[] tangents(double[] zDot, double[][] m, double[][] mDot) {
        double[] x = start.clone();
        double[] dot = Arrays.copyOf(zDot, start.length);
        double[] excessDot = new double[x.length / 2];
        for (int layer = 0; layer < m.length; layer++) {
            m[layer] = new double[x.length / 2];
            mDot[layer] = new double[x.length / 2];
            layers[layer].excesses(x, excess);
            layers[layer].excesses(dot, excessDot);
            steps.of(excess, m[layer], mDot[layer]);
            for (int k = 0; k < excessDot.length; k++) mDot[layer][k] *= excessDot[k];
            mixTangents(layer, m[layer], mDot[layer], x, dot);
        }
        return dot;
    }

    private void columnTangents(double[][] m, double[][] mDot, double[] column, double[] dot) {
        for (int layer = 0; layer < m.length; layer++) mixTangents(layer, m[layer], mDot[layer], column, dot);
    }

    /** One layer in place, of x and of its tangent. */
    private void mixTangents(int layer, double[] m, double[] mDot, double[] x, double[] dot) {
        int distance = layers[layer].distance;
        layers[layer].mix(m, dot);
        for (int k = 0; k < m.length; k++) {
            int i = layers[layer].lower(k);
            double turn = timesDifference(mDot[k], x, i, distance);
            dot[i] += turn;
            dot[i + distance] -= turn;
        }
        layers[layer].mix(m, x);
    }

    /** A flat step meets differences beyond the largest double: 0, not 0 times infinity. */
    private static double timesDifference(double factor, double[] x, int i, int distance) {
        return factor == 0 ? 0 : factor * (x[i + distance] - x[i]);
    }

    /** Sends a column through the network, in place. */
    private double[] through(double[][] m, double[] column) {
        for (int layer = 0; layer < m.length; layer++) layers[layer].mix(m[layer], column);
        return column;
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
