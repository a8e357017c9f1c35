// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.ListLoss;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;
import java.util.function.IntFunction;

/** A loss of one list of scores, or of ranks; its value and its gradient are made together. */
final class Each implements ByList.Kernel {

    private final ListLoss loss;
    private final double[] x;
    private final double[] gradient;
    private final double value;

    private Each(ListLoss loss, double[] x) {
        this.loss = loss;
        this.x = x;
        gradient = new double[x.length];
        value = Math.min(loss.add(x, gradient), Double.MAX_VALUE);
    }

    /** A loss of each list of scores, or of ranks: (lists, n) to (lists). */
    static Tensor of(Tensor rows, IntFunction<ListLoss> losses) {
        int lists = rows.length(0);
        int[] next = {0}; // kernels are made list after list
        return ByList.of(new int[] {lists, 1}, in -> new Each(losses.apply(next[0]++), in[0]), rows)
                .reshape(lists);
    }

    @Override
    public void value(double[] y, int to) {
        y[to] = value;
    }

    @Override
    public void vjp(double[] g, int from, double[][] gIn) {
        for (int i = 0; i < x.length; i++) gIn[0][i] += g[from] * gradient[i];
    }

    @Override
    public void jvp(double[][] inDot, double[] yDot, int to) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) sum += gradient[i] * inDot[0][i];
        yDot[to] = sum;
    }

    @Override
    public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
        double[] curved = new double[x.length];
        loss.curve(x, inDot[0], curved);
        for (int i = 0; i < x.length; i++) gInDot[0][i] += gDot[from] * gradient[i] + g[from] * curved[i];
    }
}
