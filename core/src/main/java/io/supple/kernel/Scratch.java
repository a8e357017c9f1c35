// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Arrays to compute in. Those of a thread are handed out again for its next list: new ones would pass through all of the
 * cache. It saves a tenth of the time of lists of 100 to 1,000; the shortest arrays are made as fast as they are found.
 *
 * <p>Only for lists of which nobody asks more than the value, since all arrays are taken back when the next list begins.
 * They come with whatever was in them.
 */
public final class Scratch {

    /** Makes every array anew: for what is kept for its derivatives. */
    public static final Scratch FRESH = new Scratch(false);

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(() -> new Scratch(true));

    /** Shorter arrays are made anew, by measurement. */
    private static final int SHORTEST = 32;

    /** Arrays of lengths up to this are all kept, of longer ones the last. */
    private static final int SHORT = 128;

    /** Longer arrays are not kept. */
    private static final int LONGEST = 1 << 16;

    /** As many arrays as one list takes. */
    private static final int MOST = 24;

    private final boolean reused;
    private final double[][][] doubles;
    private final int[][][] ints;
    private int nextDoubles;
    private int nextInts;

    private Scratch(boolean reused) {
        this.reused = reused;
        doubles = new double[reused ? MOST : 0][SHORT + 1][];
        ints = new int[reused ? MOST : 0][SHORT + 1][];
    }

    /** The arrays of this thread, all of them taken back. */
    public static Scratch ofThisThread() {
        Scratch scratch = OF_THREAD.get();
        scratch.nextDoubles = 0;
        scratch.nextInts = 0;
        return scratch;
    }

    private boolean kept(int n) {
        return reused && n >= SHORTEST && n <= LONGEST;
    }

    /** An array of this length, with anything in it. */
    public double[] doubles(int n) {
        if (!kept(n) || nextDoubles == MOST) return new double[n];
        double[][] kept = doubles[nextDoubles++];
        int at = n <= SHORT ? n : 0;
        if (kept[at] == null || kept[at].length != n) kept[at] = new double[n];
        return kept[at];
    }

    /** An array of zeros. */
    public double[] zeros(int n) {
        double[] a = doubles(n);
        if (kept(n)) Arrays.fill(a, 0);
        return a;
    }

    /** Whole numbers, any. */
    public int[] ints(int n) {
        if (!kept(n) || nextInts == MOST) return new int[n];
        int[][] kept = ints[nextInts++];
        int at = n <= SHORT ? n : 0;
        if (kept[at] == null || kept[at].length != n) kept[at] = new int[n];
        return kept[at];
    }

    /** Whole numbers, all 0. */
    int[] intZeros(int n) {
        int[] a = ints(n);
        if (kept(n)) Arrays.fill(a, 0);
        return a;
    }
}
