// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/**
 * One layer of a {@link BitonicNetwork}: pairs of places whose difference is the distance, in blocks that ascend and
 * descend in turn. Pair k has the places {@code lower(k)} and {@code lower(k) + distance}.
 *
 * <p>Pairs of a run of 2 distance places lie side by side and have one direction, so that loops over runs have no index to
 * compute and the compiler makes vectors of them; runs of two and of four places are too short for it.
 */
final class NetworkLayer {

    private static final int SHORT_RUN = 2;

    final int distance;
    final int block;

    NetworkLayer(int distance, int block) {
        this.distance = distance;
        this.block = block;
    }

    /** The place of the k-th pair's lower member; the upper one is {@link #distance} further. */
    int lower(int k) {
        return (k & -distance) + k; // a zero bit put in at the distance
    }

    /** Whether the pair with this lower member is to be ascending. */
    boolean ascending(int i) {
        return (i & block) == 0;
    }

    /** Writes the differences that the steps are taken of: own order first if ascending. */
    void excesses(double[] x, double[] excess) {
        if (distance <= SHORT_RUN) {
            for (int k = 0; k < excess.length; k++) {
                int i = lower(k);
                double difference = x[i] - x[i + distance];
                excess[k] = ascending(i) ? difference : -difference;
            }
            return;
        }
        for (int from = 0, k = 0; from < x.length; from += 2 * distance, k += distance) {
            if (ascending(from)) subtract(x, from, from + distance, excess, k, distance);
            else subtract(x, from + distance, from, excess, k, distance);
        }
    }

    private static void subtract(double[] x, int a, int b, double[] out, int to, int count) {
        for (int i = 0; i < count; i++) out[to + i] = x[a + i] - x[b + i];
    }

    /** Mixes in place. Both products, not a step from a towards b, whose difference may overflow. */
    void mix(double[] m, double[] x) {
        if (distance <= SHORT_RUN) {
            for (int k = 0; k < m.length; k++) {
                int i = lower(k);
                double a = x[i];
                double b = x[i + distance];
                x[i] = (1 - m[k]) * a + m[k] * b;
                x[i + distance] = (1 - m[k]) * b + m[k] * a;
            }
            return;
        }
        for (int from = 0, k = 0; from < x.length; from += 2 * distance, k += distance) mixRun(m, k, x, from, distance);
    }

    private static void mixRun(double[] m, int k, double[] x, int from, int count) {
        for (int i = 0; i < count; i++) {
            double mix = m[k + i];
            double a = x[from + i];
            double b = x[from + count + i];
            x[from + i] = (1 - mix) * a + mix * b;
            x[from + count + i] = (1 - mix) * b + mix * a;
        }
    }

    /** Adds what the mixes of a column x, as it enters, are worth to the cotangent g of what leaves. */
    void addMixes(double[] x, double[] g, double[] gm) {
        if (distance <= SHORT_RUN) {
            for (int k = 0; k < gm.length; k++) {
                int i = lower(k);
                gm[k] += (g[i] - g[i + distance]) * (x[i + distance] - x[i]);
            }
            return;
        }
        for (int from = 0, k = 0; from < x.length; from += 2 * distance, k += distance) {
            addRun(x, g, from, distance, gm, k);
        }
    }

    private static void addRun(double[] x, double[] g, int from, int count, double[] gm, int k) {
        for (int i = 0; i < count; i++) {
            gm[k + i] += (g[from + i] - g[from + count + i]) * (x[from + count + i] - x[from + i]);
        }
    }

    /** Takes the cotangent g of what leaves the layer back, {@code turn_k} being that of the mix times the step's slope. */
    void back(double[] m, double[] turn, double[] g) {
        mix(m, g); // the mixes are symmetric
        if (distance <= SHORT_RUN) {
            for (int k = 0; k < turn.length; k++) {
                int i = lower(k);
                double signed = ascending(i) ? turn[k] : -turn[k];
                g[i] += signed;
                g[i + distance] -= signed;
            }
            return;
        }
        for (int from = 0, k = 0; from < g.length; from += 2 * distance, k += distance) {
            if (ascending(from)) move(turn, k, g, from, from + distance, distance);
            else move(turn, k, g, from + distance, from, distance);
        }
    }

    private static void move(double[] turn, int k, double[] g, int to, int from, int count) {
        for (int i = 0; i < count; i++) {
            g[to + i] += turn[k + i];
            g[from + i] -= turn[k + i];
        }
    }
}
