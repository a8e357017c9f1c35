// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.device.RowFunction;
import io.supple.device.RowKernel;
import io.supple.tensor.Tensor;

/**
 * {@link Projections#simplex(Tensor, double, Mode)} as a function of rows: softmax in smooth mode, sparsemax in c0.
 *
 * @param softness s
 * @param mode class of the regulariser
 */
public record RowProjection(double softness, Mode mode) implements RowFunction {

    /** Checks softness and mode. */
    public RowProjection {
        Projections.simplex(Tensor.of(0.0), softness, mode);
    }

    @Override
    public int columns() {
        return 1;
    }

    @Override
    public int results(int n) {
        return n;
    }

    @Override
    public void value(double[][] row, double[] y) {
        System.arraycopy(Projections.simplex(Tensor.of(row[0]), softness, mode).data(), 0, y, 0, y.length);
    }

    @Override
    public void vjp(double[][] row, double[] cotangent, double[][] gradients) {
        Tensor x = Tensor.variable(row[0]);
        double[] gx =
                Projections.simplex(x, softness, mode).backward(cotangent).of(x).data();
        System.arraycopy(gx, 0, gradients[0], 0, gx.length);
    }

    @Override
    public RowKernel kernel() {
        return new RowKernel.Simplex(mode.smoothness(), softness);
    }
}
