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
    private final double s;

    /** First element of each block, and n after the last. */
    final int[] start;

    int blocks;

    BlockPooling(double[] z, double[] w, double up, double s) {
        this.z = z;
        this.w = w;
        this.up = up;
        this.s = s;
        this.start = new int[z.length + 1];
    }

    /** Makes the pass; not in the constructor, because it calls the subclass. */
    final void pool() {
        int n = z.length;
        for (int i = 0; i < n; i++) {
            start[blocks] = i;
            start[blocks + 1] = i + 1;
            single(blocks++);
            while (blocks > 1 && (same(blocks - 2) || violates(blocks - 2))) {
                merge(blocks - 2);
                start[blocks - 1] = start[blocks];
                blocks--;
            }
        }
    }

    /** How far u = z / s falls from element i to element j, at least 0; infinite where it is beyond every w. */
    final double fall(int i, int j) {
        return (z[i] - z[j]) * up / s;
    }

    /** Whether all w of block b are equal, as in a block of one: then the result is that w whatever z is. */
    final boolean flat(int b) {
        return w[start[b]] == w[start[b + 1] - 1];
    }

    private boolean same(int b) {
        int first = start[b];
        int last = start[b + 2] - 1;
        return z[first] == z[last] && w[first] == w[last];
    }

    /** Block b has become one element. */
    abstract void single(int b);

    /** Whether block b has a smaller level than block b + 1. */
    abstract boolean violates(int b);

    /** Block b takes block b + 1 in, whose bounds are still there. */
    abstract void merge(int b);

    /**
     * The result y of every element and the derivative of each block,
     * {@code dy_i = d_i (du_i - sum_j a_j du_j) + e_i sum_j b_j dw_j}.
     */
    final void finish(double[] y, double[] d, double[] a, double[] e, double[] b) {
        Arrays.fill(e, 1);
        Arrays.fill(b, 1);
        for (int block = 0; block < blocks; block++) {
            int from = start[block];
            int to = start[block + 1];
            if (flat(block)) {
                for (int i = from; i < to; i++) {
                    y[i] = w[i];
                    d[i] = 0;
                    a[i] = 1.0 / (to - from);
                    b[i] = a[i];
                }
            } else {
                finish(block, y, d, a, e, b);
            }
        }
    }

    /** As {@link #finish(double[], double[], double[], double[], double[])}, one block; e and b are 1 so far. */
    abstract void finish(int block, double[] y, double[] d, double[] a, double[] e, double[] b);
}
