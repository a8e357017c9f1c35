// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;

/**
 * Lists as they are, but those whose scores are all equal do not move: at a distance of 0 the subgradient of softsort's
 * distances is 0, exactly, whichever element the sorting puts first.
 */
final class HeldTies implements ByList.Kernel {

    private final double[] x;
    private final boolean held;

    private HeldTies(double[] x) {
        this.x = x;
        held = hold(x, 0, x.length);
    }

    /** Whether the scores of a list are all equal. */
    static boolean hold(double[] x, int from, int to) {
        for (int i = from; i < to; i++) if (x[i] != x[from]) return false;
        return true;
    }

    static Tensor of(Tensor rows) {
        return ByList.of(rows.shape(), in -> new HeldTies(in[0]), rows);
    }

    @Override
    public void value(double[] y, int to) {
        System.arraycopy(x, 0, y, to, x.length);
    }

    @Override
    public void vjp(double[] g, int from, double[][] gIn) {
        if (!held) for (int i = 0; i < x.length; i++) gIn[0][i] += g[from + i];
    }

    @Override
    public void jvp(double[][] inDot, double[] yDot, int to) {
        if (!held) System.arraycopy(inDot[0], 0, yDot, to, x.length);
    }

    @Override
    public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
        if (!held) for (int i = 0; i < x.length; i++) gInDot[0][i] += gDot[from + i];
    }
}
