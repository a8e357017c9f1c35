// SPDX-License-Identifier: Apache-2.0
/**
 * Floor 2: where gradients live. Immutable tensors of doubles that remember how they were made, if anyone will ask.
 *
 * <p>{@link io.supple.tensor.Tensor#result} is the one way in which a differentiable result is born: values, and a
 * {@link io.supple.tensor.Vjp} back to the inputs. {@link io.supple.tensor.Tensor#backward()} walks that record once and
 * returns {@link io.supple.tensor.Gradients}. Nothing is recorded for tensors that do not descend from a
 * {@link io.supple.tensor.Tensor#variable variable}.
 */
package io.supple.tensor;
