// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.Arrays;
import java.util.List;

/** Tensors of one shape, one after the other: linear in each. */
final class Stack implements Vjp {

    private final int count;
    private final int size;

    private Stack(int count, int size) {
        this.count = count;
        this.size = size;
    }

    static Tensor of(List<Tensor> each) {
        int[] shape = each.get(0).shape();
        int size = each.get(0).size();
        double[] y = new double[size * each.size()];
        for (int k = 0; k < each.size(); k++) {
            if (!Arrays.equals(shape, each.get(k).shape())) {
                throw new IllegalArgumentException("stack: tensors must have one shape, " + Arrays.toString(shape)
                        + ", got " + Arrays.toString(each.get(k).shape()));
            }
            System.arraycopy(each.get(k).data(), 0, y, k * size, size);
        }
        int[] stacked = new int[shape.length + 1];
        stacked[0] = each.size();
        System.arraycopy(shape, 0, stacked, 1, shape.length);
        return Tensor.result(stacked, y, new Stack(each.size(), size), each.toArray(Tensor[]::new));
    }

    @Override
    public double[][] apply(double[] g) {
        double[][] out = new double[count][];
        for (int k = 0; k < count; k++) out[k] = Arrays.copyOfRange(g, k * size, (k + 1) * size);
        return out;
    }

    @Override
    public double[] jvp(double[][] tangents, int total) {
        double[] out = new double[total];
        for (int k = 0; k < count; k++) {
            if (tangents[k] != null) System.arraycopy(tangents[k], 0, out, k * size, size);
        }
        return out;
    }

    @Override
    public double[][] tangent(double[] g, double[] gDot, double[][] tangents) {
        return apply(gDot);
    }
}
