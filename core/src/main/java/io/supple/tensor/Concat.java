// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;
import java.util.List;

/** The flat values of tensors of any shapes, one after the other: linear in each. */
final class Concat implements Vjp {

    private final int[] sizes;

    private Concat(int[] sizes) {
        this.sizes = sizes;
    }

    static Tensor of(List<Tensor> each) {
        int[] sizes = each.stream().mapToInt(Tensor::size).toArray();
        double[] y = new double[Arrays.stream(sizes).sum()];
        int from = 0;
        for (Tensor tensor : each) {
            System.arraycopy(tensor.data(), 0, y, from, tensor.size());
            from += tensor.size();
        }
        return Tensor.result(new int[] {y.length}, y, new Concat(sizes), each.toArray(Tensor[]::new));
    }

    @Override
    public double[][] apply(double[] g) {
        double[][] out = new double[sizes.length][];
        int from = 0;
        for (int k = 0; k < out.length; k++) {
            out[k] = Arrays.copyOfRange(g, from, from + sizes[k]);
            from += sizes[k];
        }
        return out;
    }

    @Override
    public double[] jvp(double[][] tangents, int total) {
        double[] out = new double[total];
        int from = 0;
        for (int k = 0; k < sizes.length; k++) {
            if (tangents[k] != null) System.arraycopy(tangents[k], 0, out, from, sizes[k]);
            from += sizes[k];
        }
        return out;
    }

    @Override
    public double[][] tangent(double[] g, double[] gDot, double[][] tangents) {
        return apply(gDot);
    }
}
