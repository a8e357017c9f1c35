// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import java.util.Arrays;

/**
 * Pool adjacent violators for the {@link Permutahedron}: cuts the sorted list into the blocks on which the
 * non-increasing fit v is one number, the block's level gamma.
 *
 * <p>Every level is kept relative to the block's own first element and every comparison is of differences, so lists near
 * the largest double, and small softness, neither overflow nor lose ties. Only a strict violation is pooled, because
 * equal levels are a kink where the separate blocks have the derivative of one side. The exception is elements equal in z
 * and in w: they are one block, on which w gives the result, and not z.
 *
 * <p>Ayer et al. 1955; Best and Chakravarti 1990. At most n - 1 merges.
 */
abstract class BlockPooling {

    /** Scaled and descending. */
    final double[] z;

    /** Scaled and descending. */
    final double[] w;

    private final double up;
    private final double perS;

    /** First element of each block, and n after the last. */
    final int[] start;

    int blocks;

    BlockPooling(double[] z, double[] w, double up, double s) {
        this.z = z;
        this.w = w;
        this.up = up;
        this.perS = Math.min(1 / s, Double.MAX_VALUE); // 0 times infinity would not be 0
        this.start = new int[z.length + 1];
    }

    /** Makes the pass: {@link #start}, and then {@link #close}. */
    abstract void pool();

    /** The pass has made so many blocks. */
    final void close(int count) {
        blocks = count;
        start[count] = z.length;
    }

    /** How far u = z / s falls from element i to element j, at least 0; infinite where it is beyond every w. */
    final double fall(int i, int j) {
        return (z[i] - z[j]) * up * perS;
    }

    /** Whether all w of block b are equal, as in a block of one: then the result is that w whatever z is. */
    final boolean flat(int b) {
        return w[start[b]] == w[start[b + 1] - 1];
    }

    /** Whether what begins and ends with these elements is one element repeated. */
    final boolean same(int first, int last) {
        return z[first] == z[last] && w[first] == w[last];
    }

    /** Writes the result of every element. */
    final void values(double[] y) {
        System.arraycopy(w, 0, y, 0, w.length);
        for (int block = 0; block < blocks; block++) {
            if (!flat(block)) values(block, y);
        }
    }

    /** As {@link #values(double[])}, one block that is not flat. */
    abstract void values(int block, double[] y);

    /**
     * Writes the derivative of each block, {@code dy_i = d_i (du_i - sum_j a_j du_j) + e_i sum_j b_j dw_j}; all arrays are
     * zeros so far.
     */
    final void derivatives(double[] d, double[] a, double[] e, double[] b) {
        Arrays.fill(e, 1);
        for (int block = 0; block < blocks; block++) {
            int from = start[block];
            int to = start[block + 1];
            if (flat(block)) {
                double share = 1.0 / (to - from);
                for (int i = from; i < to; i++) {
                    a[i] = share;
                    b[i] = share;
                }
            } else {
                derivatives(block, d, a, e, b);
            }
        }
    }

    /** As {@link #derivatives(double[], double[], double[], double[])}, one block that is not flat; e is 1 so far. */
    abstract void derivatives(int block, double[] d, double[] a, double[] e, double[] b);
}
