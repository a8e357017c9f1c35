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

    /** So many numbers, 8 MB, are kept without ado: making them again costs more than the memory. */
    private static final long WHOLE = 1 << 20;

    /** What is done in a layer on the way back. */
    interface Back {
        /**
         * One layer.
         *
         * @param layer which
         * @param m its mixes
         * @param entering the list and the columns as they entered it; empty unless they are kept
         */
        void through(NetworkLayer layer, double[] m, double[][] entering);
    }

    private final NetworkLayer[] layers;
    private final NetworkSteps steps;
    private final int span; // layers of a stretch
    private final double[][] now; // the list and the columns where the sweep is
    private final double[][][] doors; // what entered each stretch but the first and the last
    private final double[][] start;
    private final double[][] m; // of the layers of the stretch at hand
    private final double[][][] entering;
    private final double[] excess;

    /**
     * Sends them through.
     *
     * @param layers the network
     * @param steps its soft steps
     * @param travellers the list and the columns, which stay as they are
     * @param kept whether the way back asks for what entered layers, and not for mixes alone
     */
    NetworkSweep(NetworkLayer[] layers, NetworkSteps steps, double[][] travellers, boolean kept) {
        this(layers, steps, travellers, kept, WHOLE);
    }

    /** The same with stretches where more than so many numbers would be kept. */
    NetworkSweep(NetworkLayer[] layers, NetworkSteps steps, double[][] travellers, boolean kept, long whole) {
        this.layers = layers;
        this.steps = steps;
        int width = travellers[0].length;
        long each = width / 2 + (kept ? (long) width * travellers.length : 0);
        span = each * layers.length <= whole ? layers.length : (int) Math.ceil(Math.sqrt(layers.length));
        start = travellers;
        now = copy(travellers);
        doors = new double[(layers.length - 1) / span][][];
        m = new double[span][width / 2];
        entering = new double[span][kept ? travellers.length : 0][width];
        excess = new double[width / 2];
        for (int stretch = 0; stretch < doors.length; stretch++) {
            run(stretch, false);
            doors[stretch] = copy(now);
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
                double[][] door = stretch == 0 ? start : doors[stretch - 1];
                for (int k = 0; k < now.length; k++) System.arraycopy(door[k], 0, now[k], 0, now[k].length);
                run(stretch, true);
            }
            int first = stretch * span;
            for (int layer = Math.min(layers.length, first + span) - 1; layer >= first; layer--) {
                back.through(layers[layer], m[layer - first], entering[layer - first]);
            }
        }
    }

    private void run(int stretch, boolean record) {
        int first = stretch * span;
        for (int layer = first; layer < Math.min(layers.length, first + span); layer++) {
            int at = record ? layer - first : 0;
            for (int k = 0; record && k < entering[at].length; k++) {
                System.arraycopy(now[k], 0, entering[at][k], 0, now[k].length);
            }
            layers[layer].excesses(now[0], excess);
            steps.of(excess, m[at], null);
            for (double[] each : now) layers[layer].mix(m[at], each);
        }
    }

    private static double[][] copy(double[][] some) {
        double[][] copy = new double[some.length][];
        for (int k = 0; k < some.length; k++) copy[k] = some[k].clone();
        return copy;
    }
}
