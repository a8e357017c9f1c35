// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

/** A linear function of one input: its derivative is itself, and its transpose does not depend on where it is taken. */
final class Linear implements Vjp {

    /** A linear map of the flat values. */
    interface Flat {
        double[] apply(double[] values);
    }

    private final Flat forward;
    private final Flat transpose;

    Linear(Flat forward, Flat transpose) {
        this.forward = forward;
        this.transpose = transpose;
    }

    /** A result whose values are {@code forward} of an input's. */
    static Tensor of(int[] shape, Tensor x, Flat forward, Flat transpose) {
        return Tensor.result(shape, forward.apply(x.data()), new Linear(forward, transpose), x);
    }

    @Override
    public double[][] apply(double[] cotangent) {
        return new double[][] {transpose.apply(cotangent)};
    }

    @Override
    public double[] jvp(double[][] tangents, int size) {
        return tangents[0] == null ? new double[size] : forward.apply(tangents[0]);
    }

    @Override
    public double[][] tangent(double[] cotangent, double[] cotangentTangent, double[][] tangents) {
        return apply(cotangentTangent);
    }
}
