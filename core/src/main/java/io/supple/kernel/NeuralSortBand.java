// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * The rows of {@link NeuralSort} on sorted keys, each within the window where it is not 0 to rounding errors.
 *
 * <p>Rows are walked in blocks of neighbouring places. SMOOTH needs exponentials for the first row of a block only, since
 * {@code e^(v_(p+1)j) = e^(v_pj) e^(2 z_j / s)}: the next row is a product away, up to a factor that the softmax takes out.
 * Blocks are so short that products neither overflow nor lose more than an ulp a row. The other classes project each window.
 */
final class NeuralSortBand {

    /** SMOOTH: logits so far below the largest add nothing to a double. */
    private static final double SMOOTH_CUT = 38;

    /** Other classes: no entry farther below the largest is in the support; see {@link SimplexProjection}. */
    private static final double SPARSE_CUT = 1;

    private static final int MOST_ROWS = 64;

    /** SMOOTH: rows that share a window, by measurement. */
    private static final int TOGETHER = 2 * FourRows.ROWS;

    /** Rows of a block, squared, over the keys of a window, by measurement. */
    private static final double ROWS_SQUARED = 8;

    /** Rows of a block times the spread of its keys in softnesses: products stay within e^-300..e^300. */
    private static final double MOST_GROWTH = 300;

    final Smoothness c;
    final double s;
    final double[] z; // ascending, from their middle
    final int n;
    final int[] places;
    final SoftDistances distances;
    final double[] sums;
    private final int[] lo; // of each row
    private final int[] hi;
    private final double[] scratch;
    private final double[] p;
    private final double[] w;
    private final double[] factor;
    private boolean factorsKnown;

    /** Length of arrays whose every window is one of whole vectors. */
    final int padded;

    /** What is done with the rows. */
    interface Reader {
        /**
         * Row r, the k-th of its block, has entries {@code p[lo..hi)} and 0 elsewhere, SMOOTH up to a factor. Its Jacobian
         * is {@code diag(w) - w w' / <w, 1>}, SMOOTH over {@code <p, 1>}; w is there if {@link #weights()} asks for it.
         */
        void read(int r, int k, int lo, int hi, double[] p, double[] w);

        /** Whether this needs Jacobians. */
        default boolean weights() {
            return false;
        }

        /** Whether this reads {@link FourRows four rows} of class SMOOTH at once. */
        default boolean four() {
            return false;
        }

        /**
         * The rows {@code r, r + step, ..}, up to four, of which r is the k-th of its block. What follows fewer than four is
         * finite and means nothing. Windows are those of {@link Lanes}.
         */
        default void four(int r, int step, int count, int k, int lo, int hi, double[] p, double[] factor) {
            throw new AssertionError("reads one row at a time");
        }

        /** After the rows of a block. */
        default void close(double c, int lo, int hi) {
            // most have nothing to collect
        }
    }

    /**
     * The rows of one list.
     *
     * @param c smoothness class
     * @param sorted keys, ascending
     * @param places for each row its ascending place, 0..n-1
     * @param s softness, as {@link NeuralSort#softness}
     */
    NeuralSortBand(Smoothness c, double[] sorted, int[] places, double s) {
        this.c = c;
        this.s = s;
        this.places = places;
        n = sorted.length;
        distances = SoftDistances.of(c, sorted, s);
        sums = new double[n];
        distances.sums(sums);
        z = new double[n];
        for (int j = 0; j < n; j++) z[j] = sorted[j] - sorted[n / 2];
        lo = new int[places.length];
        hi = new int[places.length];
        boolean smooth = c == Smoothness.SMOOTH;
        double cut = smooth ? SMOOTH_CUT : SPARSE_CUT;
        NeuralSortWindows windows = new NeuralSortWindows(z, sums, cut * s);
        for (int r = 0; r < places.length; ) {
            int end = runEnd(r);
            windows.find(Math.min(places[r], places[end - 1]), end - r, smooth ? TOGETHER : 1, lo, hi, r);
            if (places[r] > places[end - 1]) {
                reverse(lo, r, end);
                reverse(hi, r, end);
            }
            r = end;
        }
        padded = upward(n);
        scratch = new double[n];
        p = new double[padded];
        w = smooth ? p : new double[n];
        factor = smooth ? new double[padded] : scratch;
    }

    private static int downward(int j) {
        return j & -Lanes.USED.width();
    }

    private static int upward(int j) {
        return j + Lanes.USED.width() - 1 & -Lanes.USED.width();
    }

    /** The end of the places from r on that follow each other, all upwards or all downwards. */
    private int runEnd(int r) {
        int end = r + 1;
        if (end == places.length) return end;
        int step = places[end] - places[r];
        if (Math.abs(step) != 1) return end;
        while (end < places.length && places[end] - places[end - 1] == step) end++;
        return end;
    }

    private static void reverse(int[] x, int from, int to) {
        for (int i = from, j = to - 1; i < j; i++, j--) {
            int swap = x[i];
            x[i] = x[j];
            x[j] = swap;
        }
    }

    double coefficient(int r) {
        return n - 1 - 2.0 * places[r];
    }

    /** Reads all rows, those of a run of places in ascending order. */
    void walk(Reader reader) {
        for (int r = 0; r < places.length; ) {
            int end = runEnd(r);
            int step = places[r] > places[end - 1] ? -1 : 1;
            int row = step > 0 ? r : end - 1;
            if (c == Smoothness.SMOOTH) factorsOfRun(row, step > 0 ? end - 1 : r);
            for (int left = end - r; left > 0; ) {
                int rows = c == Smoothness.SMOOTH ? block(row, step, left) : 1;
                int from = lo[row];
                int to = hi[row + step * (rows - 1)];
                if (c == Smoothness.SMOOTH) smooth(reader, row, step, rows, from, to);
                else sparse(reader, row, from, to);
                reader.close(coefficient(row), downward(from), Math.min(upward(to), n));
                row += step * rows;
                left -= rows;
            }
            r = end;
        }
    }

    /** Where the keys of all rows from the lowest to the highest are so near that all blocks can share their factors. */
    private void factorsOfRun(int lowest, int highest) {
        int from = lo[lowest];
        int to = hi[highest];
        double spread = (z[to - 1] - z[from]) / s;
        factorsKnown = lowest != highest && rows(to - from) * spread < MOST_GROWTH;
        if (factorsKnown) factors(z[from] + (z[to - 1] - z[from]) / 2, from, to);
    }

    /** Rows of a block for a window of a length: the exponentials of a block weigh against what it reads too much. */
    private static int rows(int window) {
        int rows = (int) Math.sqrt(ROWS_SQUARED * window);
        return Math.min(MOST_ROWS, Math.max(rows & -FourRows.ROWS, FourRows.ROWS));
    }

    /** Rows of the next block. */
    private int block(int row, int step, int left) {
        int most = Math.min(left, rows(hi[row] - lo[row]));
        if (factorsKnown) return most;
        int rows = 1;
        while (rows < most) {
            double spread = z[hi[row + step * rows] - 1] - z[lo[row]];
            if (!((rows + 1) * (spread / s) < MOST_GROWTH)) break;
            rows++;
        }
        return rows;
    }

    private void smooth(Reader reader, int row, int step, int rows, int from, int to) {
        double top = Lanes.USED.logits(coefficient(row), z, sums, scratch, from, to);
        Exponential.of(scratch, top, 1, s, scratch, p, from, to);
        surround(p, 0, from, to);
        if (rows > 1 && !factorsKnown) factors(z[from] + (z[to - 1] - z[from]) / 2, from, to);
        if (reader.four() && rows > 1) {
            int end = upward(to);
            for (int k = 0; k < rows; k += FourRows.ROWS) {
                int count = Math.min(FourRows.ROWS, rows - k);
                int r = row + step * k;
                int last = r + step * (count - 1);
                if (k > 0) Lanes.USED.next(p, factor, downward(lo[r]), end);
                reader.four(r, step, count, k, downward(lo[r]), upward(hi[last]), p, factor);
            }
            return;
        }
        for (int k = 0; k < rows; k++) {
            int r = row + step * k;
            if (k > 0) for (int j = lo[r]; j < to; j++) p[j] *= factor[j];
            reader.read(r, k, lo[r], hi[r], p, w);
        }
    }

    /** Writes a number to what {@link Lanes} read before and after the range. */
    private static void surround(double[] x, double value, int from, int to) {
        for (int j = downward(from); j < from; j++) x[j] = value;
        for (int j = upward(to) - 1; j >= to; j--) x[j] = value;
    }

    private void factors(double middle, int from, int to) {
        Exponential.of(z, middle, 2, s, scratch, factor, from, to);
        surround(factor, 1, from, to);
    }

    private void sparse(Reader reader, int row, int from, int to) {
        double top = Lanes.USED.logits(coefficient(row), z, sums, scratch, from, to);
        for (int j = from; j < to; j++) scratch[j] = (scratch[j] - top) / s;
        int m = to - from;
        System.arraycopy(scratch, from, w, 0, m);
        SimplexProjection.forward(c, w, w, m);
        System.arraycopy(w, 0, p, from, m);
        if (reader.weights()) for (int j = from; j < to; j++) w[j] = SimplexProjection.weight(c, p[j]);
        reader.read(row, 0, from, to, p, w);
    }
}
