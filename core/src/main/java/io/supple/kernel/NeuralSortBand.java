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

    private static final int MOST_ROWS = 64;

    /** SMOOTH: rows that share a window, by measurement. */
    private static final int TOGETHER = 2 * FourRows.ROWS;

    /** Rows of a block, squared, over the keys of a window, by measurement. */
    private static final double ROWS_SQUARED = 8;

    /** Rows of a block times the spread of its keys in softnesses a place: products stay within e^-300..e^300. */
    private static final double MOST_GROWTH = 300;

    private final NeuralSortKeys keys;
    private final double[] z;
    private final double s;
    private final int n;
    private final int[] places;
    private final int[] names; // as the reader calls them; null if as they are numbered here
    private final int stride; // of places that follow each other
    private final int[] lo; // of each row
    private final int[] hi;
    private final double[] scratch;
    private final double[] p;
    private final double[] factor;
    private final double[] heights; // see height; null if nobody asks
    private boolean factorsKnown;
    private double middle; // of the keys, where the factor is 1

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

        /** After the rows of a block, the first of which has the coefficient c, with places that are a stride apart. */
        default void close(double c, int stride, int lo, int hi) {
            // most have nothing to collect
        }
    }

    /** Reads {@link FourRows four rows} of class SMOOTH at once; other classes, and blocks of one row, row by row. */
    interface FourReader extends Reader {
        /**
         * The rows {@code r, r + step, ..}, up to four, of which r is the k-th of its block. What follows fewer than four is
         * finite and means nothing. Windows are those of {@link Lanes}.
         */
        void four(int r, int step, int count, int k, int lo, int hi, double[] p, double[] factor);
    }

    /**
     * Rows of one list.
     *
     * @param keys the list
     * @param places for each row its ascending place, 0..n-1
     * @param rows how readers call each row, ascending; null for 0, 1, ..
     */
    NeuralSortBand(NeuralSortKeys keys, int[] places, int[] rows) {
        this(keys, places, rows, 1);
        boolean smooth = keys.smooth();
        for (int r = 0; r < places.length; ) {
            int end = runEnd(r);
            keys.find(Math.min(places[r], places[end - 1]), end - r, smooth ? TOGETHER : 1, lo, hi, r);
            if (places[r] > places[end - 1]) {
                reverse(lo, r, end);
                reverse(hi, r, end);
            }
            r = end;
        }
    }

    /** Rows of class SMOOTH of places that are a stride apart, which may lie before 0 and after n-1. */
    NeuralSortBand(NeuralSortKeys keys, int first, int stride, int count) {
        this(keys, new int[count], null, stride);
        for (int k = 0; k < count; k++) places[k] = first + stride * k;
        keys.find(first, stride, count, TOGETHER, lo, hi, 0);
    }

    private NeuralSortBand(NeuralSortKeys keys, int[] places, int[] rows, int stride) {
        this.keys = keys;
        this.places = places;
        names = rows;
        this.stride = stride;
        z = keys.z;
        s = keys.s;
        n = keys.n;
        scratch = keys.scratch;
        p = keys.p;
        factor = keys.factor;
        lo = new int[places.length];
        hi = new int[places.length];
        heights = stride > 1 ? new double[places.length] : null;
    }

    /** The end of the places from r on that follow each other, all upwards or all downwards, with windows of one depth. */
    private int runEnd(int r) {
        int end = r + 1;
        if (stride > 1) return places.length;
        if (end == places.length || !follows(end)) return end;
        int step = places[end] - places[r];
        if (Math.abs(step) != 1) return end;
        while (end < places.length && places[end] - places[end - 1] == step && follows(end)) end++;
        return end;
    }

    private boolean follows(int r) {
        return (names == null || names[r] == names[r - 1] + 1) && keys.thin(places[r]) == keys.thin(places[r - 1]);
    }

    private int called(int r) {
        return names == null ? r : names[r];
    }

    private static void reverse(int[] x, int from, int to) {
        for (int i = from, j = to - 1; i < j; i++, j--) {
            int swap = x[i];
            x[i] = x[j];
            x[j] = swap;
        }
    }

    /**
     * What makes row r, as it was read last, comparable with others:
     * {@code p_rj = e^((2 place_r z_j - (n - 1) z_j - A_j - height_r) / s)}.
     */
    double height(int r) {
        return heights[r];
    }

    private double coefficient(int r) {
        return n - 1 - 2.0 * places[r];
    }

    /** Reads all rows, those of a run of places in ascending order. */
    void walk(Reader reader) {
        for (int r = 0; r < places.length; ) {
            int end = runEnd(r);
            int step = places[r] > places[end - 1] ? -1 : 1;
            int row = step > 0 ? r : end - 1;
            if (keys.smooth()) factorsOfRun(row, step > 0 ? end - 1 : r);
            for (int left = end - r; left > 0; ) {
                int rows = keys.smooth() ? block(row, step, left) : 1;
                int from = lo[row];
                int to = hi[row + step * (rows - 1)];
                if (keys.smooth()) smooth(reader, row, step, rows, from, to);
                else sparse(reader, row, from, to);
                int last = Math.min(NeuralSortKeys.upward(to), n);
                reader.close(coefficient(row), stride, NeuralSortKeys.downward(from), last);
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
        factorsKnown = lowest != highest && rows(to - from) * spread * stride < MOST_GROWTH;
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
            if (!((rows + 1) * stride * (spread / s) < MOST_GROWTH)) break;
            rows++;
        }
        return rows;
    }

    private void smooth(Reader reader, int row, int step, int rows, int from, int to) {
        double top = Lanes.USED.logits(coefficient(row), z, keys.sums, scratch, from, to);
        Exponential.of(scratch, top, 1, s, scratch, p, from, to);
        surround(p, 0, from, to);
        if (rows > 1 && !factorsKnown) factors(z[from] + (z[to - 1] - z[from]) / 2, from, to);
        if (heights != null) {
            for (int k = 0; k < rows; k++) heights[row + step * k] = top + 2.0 * stride * k * middle;
        }
        if (reader instanceof FourReader fours && rows > 1) {
            int end = NeuralSortKeys.upward(to);
            for (int k = 0; k < rows; k += FourRows.ROWS) {
                int count = Math.min(FourRows.ROWS, rows - k);
                int r = row + step * k;
                int last = r + step * (count - 1);
                if (k > 0) Lanes.USED.next(p, factor, NeuralSortKeys.downward(lo[r]), end);
                fours.four(
                        called(r),
                        step,
                        count,
                        k,
                        NeuralSortKeys.downward(lo[r]),
                        NeuralSortKeys.upward(hi[last]),
                        p,
                        factor);
            }
            return;
        }
        for (int k = 0; k < rows; k++) {
            int r = row + step * k;
            if (k > 0) for (int j = lo[r]; j < to; j++) p[j] *= factor[j];
            reader.read(called(r), k, lo[r], hi[r], p, keys.w);
        }
    }

    /** Writes a number to what {@link Lanes} read before and after the range. */
    private static void surround(double[] x, double value, int from, int to) {
        for (int j = NeuralSortKeys.downward(from); j < from; j++) x[j] = value;
        for (int j = NeuralSortKeys.upward(to) - 1; j >= to; j--) x[j] = value;
    }

    private void factors(double origin, int from, int to) {
        middle = origin;
        Exponential.of(z, origin, 2.0 * stride, s, scratch, factor, from, to);
        surround(factor, 1, from, to);
    }

    private void sparse(Reader reader, int row, int from, int to) {
        double top = Lanes.USED.logits(coefficient(row), z, keys.sums, scratch, from, to);
        for (int j = from; j < to; j++) scratch[j] = (scratch[j] - top) / s;
        double[] w = keys.w;
        Smoothness c = keys.c;
        int m = to - from;
        System.arraycopy(scratch, from, w, 0, m);
        SimplexProjection.forward(c, w, w, m);
        System.arraycopy(w, 0, p, from, m);
        if (reader.weights()) for (int j = from; j < to; j++) w[j] = SimplexProjection.weight(c, p[j]);
        reader.read(called(row), 0, from, to, p, w);
    }
}
