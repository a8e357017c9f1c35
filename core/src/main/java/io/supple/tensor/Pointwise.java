// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

/** A function of several numbers, applied place by place with broadcasting: {@link Tensor#pointwise}. */
public interface Pointwise {

    /** The value at one place; {@code in} holds one number per input. */
    double value(double[] in);

    /** The partial derivatives at one place; {@code d} is written. */
    void partials(double[] in, double[] d);
}
