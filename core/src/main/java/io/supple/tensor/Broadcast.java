// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;

/** Pointwise functions of several tensors whose shapes need not be the same. */
final class Broadcast {

    private Broadcast() {}

    static Tensor pointwise(Pointwise f, Tensor... in) {
        int[] shape = in[0].shape();
        for (int k = 1; k < in.length; k++) shape = Shapes.broadcast(shape, in[k].shape());
        int[][] sources = new int[in.length][];
        for (int k = 0; k < in.length; k++) {
            // null reads the same place: the common case of equal shapes costs no index
            sources[k] = Arrays.equals(in[k].shape(), shape) ? null : Shapes.sources(in[k].shape(), shape);
        }
        double[] y = new double[Shapes.size(shape)];
        double[] at = new double[in.length];
        for (int i = 0; i < y.length; i++) {
            read(in, sources, i, at);
            y[i] = f.value(at);
        }
        return Tensor.result(shape, y, g -> vjp(f, in, sources, g), in);
    }

    private static void read(Tensor[] in, int[][] sources, int i, double[] at) {
        for (int k = 0; k < at.length; k++) at[k] = in[k].data()[place(sources[k], i)];
    }

    private static int place(int[] source, int i) {
        return source == null ? i : source[i];
    }

    private static double[][] vjp(Pointwise f, Tensor[] in, int[][] sources, double[] g) {
        double[][] out = new double[in.length][];
        for (int k = 0; k < in.length; k++) out[k] = new double[in[k].size()];
        double[] at = new double[in.length];
        double[] d = new double[in.length];
        for (int i = 0; i < g.length; i++) {
            read(in, sources, i, at);
            f.partials(at, d);
            for (int k = 0; k < in.length; k++) out[k][place(sources[k], i)] += g[i] * d[k];
        }
        return out;
    }
}
