// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;

/** Pointwise functions of several tensors whose shapes need not be the same. */
final class Broadcast implements Vjp {

    private final Pointwise f;
    private final Tensor[] in;
    private final int[][] sources; // for each input the place that each place of the result reads; null: the same

    private Broadcast(Pointwise f, Tensor[] in, int[][] sources) {
        this.f = f;
        this.in = in;
        this.sources = sources;
    }

    static Tensor pointwise(Pointwise f, Tensor... in) {
        int[] shape = in[0].shape();
        for (int k = 1; k < in.length; k++) shape = Shapes.broadcast(shape, in[k].shape());
        int size = Shapes.size("broadcast", shape);
        int[][] sources = new int[in.length][];
        for (int k = 0; k < in.length; k++) {
            // the common case of equal shapes costs no index
            sources[k] = Arrays.equals(in[k].shape(), shape) ? null : Shapes.sources(in[k].shape(), shape);
        }
        Broadcast broadcast = new Broadcast(f, in, sources);
        double[] y = new double[size];
        double[] at = new double[in.length];
        for (int i = 0; i < y.length; i++) {
            broadcast.read(i, at);
            y[i] = f.value(at);
        }
        return Tensor.result(shape, y, broadcast, in);
    }

    Pointwise function() {
        return f;
    }

    private void read(int i, double[] at) {
        for (int k = 0; k < at.length; k++) at[k] = in[k].data()[place(k, i)];
    }

    private int place(int k, int i) {
        return sources[k] == null ? i : sources[k][i];
    }

    private double[][] zeros() {
        double[][] out = new double[in.length][];
        for (int k = 0; k < in.length; k++) out[k] = new double[in[k].size()];
        return out;
    }

    @Override
    public double[][] apply(double[] g) {
        double[][] out = zeros();
        double[] at = new double[in.length];
        double[] d = new double[in.length];
        for (int i = 0; i < g.length; i++) {
            read(i, at);
            f.partials(at, d);
            for (int k = 0; k < in.length; k++) out[k][place(k, i)] += g[i] * d[k];
        }
        return out;
    }

    @Override
    public double[] jvp(double[][] tangents, int size) {
        double[] out = new double[size];
        double[] at = new double[in.length];
        double[] d = new double[in.length];
        for (int i = 0; i < size; i++) {
            read(i, at);
            f.partials(at, d);
            for (int k = 0; k < in.length; k++) {
                if (tangents[k] != null) out[i] += d[k] * tangents[k][place(k, i)];
            }
        }
        return out;
    }

    @Override
    public double[][] tangent(double[] g, double[] gDot, double[][] tangents) {
        double[][] out = apply(gDot);
        int m = in.length;
        double[] at = new double[m];
        double[] h = new double[m * m];
        for (int i = 0; i < g.length; i++) {
            read(i, at);
            Arrays.fill(h, 0);
            f.curvatures(at, h);
            for (int k = 0; k < m; k++) {
                for (int l = 0; l < m; l++) {
                    if (tangents[l] != null) out[k][place(k, i)] += g[i] * h[k * m + l] * tangents[l][place(l, i)];
                }
            }
        }
        return out;
    }
}
