// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * A list and columns that are mixed as it is, through all layers of a {@link BitonicNetwork}: forwards at once, then layer by
 * layer backwards.
 *
 * <p>The way back needs what entered each layer. Of short lists all of it is kept. Long ones are cut into stretches of
 * {@code sqrt(L)} layers: kept is what entered each stretch, and for the layers of one stretch at a time the rest is made
 * again. So memory is {@code O(N sqrt(L))} for each column instead of {@code O(N L)}, for one more pass forwards.
 *
 * <p>Checkpoints: Griewank 1992, Achieving logarithmic growth of temporal and spatial complexity in reverse automatic
 * differentiation (Optimization Methods and Software 1).
 */
final class NetworkSweep {

    /** So many numbers, 16 MB, are kept without ado: making them again costs more than the memory. */
    private static final long WHOLE = 1 << 21;

    /** What is done in a layer on the way back. */
    interface Back {
        /**
         * One layer.
         *
         * @param at which
         * @param m its mixes
         * @param entering the list and the columns as they entered it; empty unless they are kept
         */
        void through(int at, double[] m, double[][] entering);
    }

    private final NetworkLayer[] layers;
    private final NetworkSteps steps;
    private final int span; // layers of a stretch
    private final double[][] start;
    private final double[][] now; // the list and the columns where the sweep is
    private final double[][][] doors; // what entered each stretch but the first
    private final double[][] m; // of the layers of the stretch at hand
    private final double[][][] entering;
    private final double[] excess;

    /**
     * Room for sweeps.
     *
     * @param layers the network
     * @param steps its soft steps
     * @param travellers of a sweep
     * @param kept whether the way back asks for what entered layers, and not for mixes alone
     */
    NetworkSweep(NetworkLayer[] layers, NetworkSteps steps, int travellers, boolean kept) {
        this(layers, steps, travellers, kept, WHOLE);
    }

    /** The same with stretches where more than so many numbers would be kept. */
    NetworkSweep(NetworkLayer[] layers, NetworkSteps steps, int travellers, boolean kept, long whole) {
        this.layers = layers;
        this.steps = steps;
        int pairs = steps.pairs();
        int width = 2 * pairs;
        long each = pairs + (kept ? (long) width * travellers : 0);
        span = each * layers.length <= whole ? layers.length : (int) Math.ceil(Math.sqrt(layers.length));
        start = new double[travellers][];
        now = new double[travellers][width];
        doors = new double[(layers.length - 1) / span][travellers][width];
        m = new double[span][pairs];
        entering = new double[span][kept ? travellers : 0][width];
        excess = new double[pairs];
    }

    /**
     * Sends a list and columns through; they stay as they are until the way back is done. Of a list that is sent again the
     * mixes are there, if they were all kept.
     */
    void send(double[] list, double[]... columns) {
        boolean again = start[0] == list && doors.length == 0;
        start[0] = list;
        System.arraycopy(columns, 0, start, 1, columns.length);
        if (again) {
            follow();
            return;
        }
        copy(start, now);
        for (int stretch = 0; stretch < doors.length; stretch++) {
            run(stretch, false);
            copy(now, doors[stretch]);
        }
        run(doors.length, true);
    }

    /** Where traveller k came out; until the way back begins. */
    double[] end(int k) {
        return now[k];
    }

    /** Goes through all layers from the last to the first, once. */
    void back(Back back) {
        for (int stretch = doors.length; stretch >= 0; stretch--) {
            if (stretch < doors.length) {
                copy(stretch == 0 ? start : doors[stretch - 1], now);
                run(stretch, true);
            }
            int first = stretch * span;
            for (int layer = Math.min(layers.length, first + span) - 1; layer >= first; layer--) {
                back.through(layer, m[layer - first], entering[layer - first]);
            }
        }
    }

    private void run(int stretch, boolean record) {
        int first = stretch * span;
        for (int layer = first; layer < Math.min(layers.length, first + span); layer++) {
            int at = record ? layer - first : 0;
            if (record) copy(now, entering[at]);
            layers[layer].excesses(now[0], excess);
            steps.of(excess, m[at], null);
            for (double[] each : now) layers[layer].mix(m[at], each);
        }
    }

    /** Sends columns after a list whose mixes are known. */
    private void follow() {
        for (int k = 1; k < now.length; k++) {
            System.arraycopy(start[k], 0, now[k], 0, now[k].length);
            for (int layer = 0; layer < layers.length; layer++) {
                if (k < entering[layer].length) System.arraycopy(now[k], 0, entering[layer][k], 0, now[k].length);
                layers[layer].mix(m[layer], now[k]);
            }
        }
    }

    private static void copy(double[][] from, double[][] to) {
        for (int k = 0; k < to.length; k++) System.arraycopy(from[k], 0, to[k], 0, to[k].length);
    }
}
