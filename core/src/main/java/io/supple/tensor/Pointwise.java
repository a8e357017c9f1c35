// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

/** A function of several numbers, applied place by place with broadcasting: {@link Tensor#pointwise}. */
public interface Pointwise {

    /** The value at one place; {@code in} holds one number per input. */
    double value(double[] in);

    /** The partial derivatives at one place; {@code d} is written. */
    void partials(double[] in, double[] d);

    /**
     * The second partial derivatives at one place; {@code h}, which holds zeros, is written row by row.
     *
     * @throws UnsupportedOperationException unless overridden
     */
    default void curvatures(double[] in, double[] h) {
        throw new UnsupportedOperationException(
                "hessianVectorProduct: the function must be made of results whose second derivative is given; "
                        + getClass().getName() + " overrides partials and not curvatures");
    }
}
