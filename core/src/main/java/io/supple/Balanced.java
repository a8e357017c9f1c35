// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.Sinkhorn;
import io.supple.tensor.ByList;

/** The first k numbers of a normalised matrix times x, which has no derivative; inputs are the matrix and x. */
final class Balanced implements ByList.Kernel {

    private final Sinkhorn matrix;
    private final double[] x;
    private final int k;

    Balanced(double[] p, double[] x, int iterations, int k) {
        this.x = x;
        this.k = k;
        matrix = new Sinkhorn(p, x.length, iterations);
    }

    @Override
    public void value(double[] y, int to) {
        matrix.apply(x, k, y, to);
    }

    @Override
    public void vjp(double[] g, int from, double[][] gIn) {
        matrix.vjp(x, g, from, k, gIn[0]);
    }

    @Override
    public void jvp(double[][] inDot, double[] yDot, int to) {
        matrix.jvp(inDot[0], x, k, yDot, to);
    }

    @Override
    public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
        matrix.vjpTangent(inDot[0], x, g, gDot, from, k, gInDot[0]);
    }
}
