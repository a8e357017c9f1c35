// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

/**
 * Maps the cotangent of a result to the cotangents of its inputs, each of its input's size and in their order; null for
 * an input that no derivative reaches. The cotangent passed in must not be modified.
 */
@FunctionalInterface
public interface Vjp {
    double[][] apply(double[] cotangent);
}
