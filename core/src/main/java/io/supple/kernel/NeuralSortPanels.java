// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows of a long list are {@link InterpolatedRows interpolated}: runs of places are cut into panels, each of one
 * stride. The stride is guessed from the density of the keys; a panel that is refused is cut in halves, of which the one
 * that was at fault gets half the stride, until reading its rows one by one is cheaper.
 */
final class NeuralSortPanels {

    /** Stride over {@code sqrt(n s f)}: errors of 1e-14 where the density is even. */
    private static final double OF_REACH = 0.13;

    /** Stride times the range of the keys of a window, in softnesses: the same where the softness smooths the density. */
    private static final double OF_WINDOW = 1.6;

    /** Intervals of a panel: its nodes are 24 more. */
    private static final int MOST_INTERVALS = 256;

    final List<NeuralSortPanel> panels = new ArrayList<>();
    private final NeuralSortKeys keys;
    private final int[] places;
    private final double[][] x;
    private final double worth;
    private final boolean[] interpolated;

    /**
     * Panels of the rows of one list.
     *
     * @param keys of class SMOOTH
     * @param places for each row its ascending place
     * @param worth nodes of a panel over its rows, at most
     * @param x payloads to read the nodes with
     */
    NeuralSortPanels(NeuralSortKeys keys, int[] places, double worth, double[][] x) {
        this.keys = keys;
        this.x = x;
        this.worth = worth;
        this.places = places;
        interpolated = new boolean[places.length];
        for (int r = 0; r < places.length; ) {
            int end = r + 1;
            int step = end < places.length ? places[end] - places[r] : 0;
            while (end < places.length && Math.abs(step) == 1 && follows(end, step)) end++;
            if (end - r > CentralInterpolation.POINTS && !keys.thin(places[r]))
                cut(step > 0 ? r : end - 1, step, end - r);
            r = end;
        }
    }

    /** Rows that thin columns live in are read: errors of interpolation are nothing beside rows, not beside such columns. */
    private boolean follows(int r, int step) {
        return places[r] - places[r - 1] == step && keys.thin(places[r]) == keys.thin(places[r - 1]);
    }

    /** The run of rows that begins with the row of its lowest place. */
    private void cut(int row, int step, int count) {
        keys.bound();
        int least = places[row];
        for (int t = 0; t < count; ) {
            CentralInterpolation between = CentralInterpolation.upTo(stride(least + t));
            int length = length(between, count - t);
            // where keys grow denser, a panel starts with a stride that is too long for its end
            for (int quarter = 1; quarter <= 4 && between != null; quarter++) {
                int at = Math.min(keys.n - 1, least + t + length * quarter / 4);
                between = CentralInterpolation.upTo(Math.min(between.stride, stride(at)));
            }
            length = length(between, length);
            if (between != null) panel(row, step, least, t, length, between);
            t += length;
        }
    }

    private static int length(CentralInterpolation between, int most) {
        return Math.min(MOST_INTERVALS * (between == null ? 1 : between.stride), most);
    }

    private double stride(int place) {
        return Math.min(OF_REACH * reach(place), OF_WINDOW / (keys.range(place) / keys.s));
    }

    /** The rows over which the window of a place changes: so many that they times half the range of their keys are s. */
    private int reach(int place) {
        int enough = 0;
        int tooMany = keys.n;
        while (tooMany - enough > 1) {
            int m = (enough + tooMany) >>> 1;
            double range = keys.z[Math.min(keys.n - 1, place + m)] - keys.z[Math.max(0, place - m)];
            if (m * (range / 2 / keys.s) <= 1) enough = m;
            else tooMany = m;
        }
        return enough;
    }

    private void panel(int row, int step, int least, int from, int length, CentralInterpolation between) {
        if (between == null || length / between.stride + CentralInterpolation.POINTS + 1 > worth * length) return;
        InterpolatedRows rows = new InterpolatedRows(keys, between, least + from, length, x);
        int first = row + step * from;
        if (rows.firstHalf() && rows.secondHalf()) {
            panels.add(new NeuralSortPanel(rows, first, step));
            for (int t = 0; t < length; t++) interpolated[first + step * t] = true;
            return;
        }
        CentralInterpolation finer = CentralInterpolation.upTo(between.stride / 2.0);
        int half = length / 2;
        panel(row, step, least, from, half, rows.firstHalf() ? between : finer);
        panel(row, step, least, from + half, length - half, rows.secondHalf() ? between : finer);
    }

    /** The rows that are not interpolated, ascending. */
    int[] others() {
        int[] rows = new int[places.length];
        int count = 0;
        for (int r = 0; r < places.length; r++) if (!interpolated[r]) rows[count++] = r;
        return Arrays.copyOf(rows, count);
    }
}
