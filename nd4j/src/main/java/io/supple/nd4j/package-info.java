// SPDX-License-Identifier: Apache-2.0
/**
 * The operators on ND4J's arrays: {@link io.supple.nd4j.SoftArrays} calls them, {@link io.supple.nd4j.Pullback} has their
 * gradients, {@link io.supple.nd4j.Transfer} moves numbers in and out; {@link io.supple.nd4j.Nd4jAlgebra} multiplies matrices
 * that stay off the heap. Which ND4J, for processors or for CUDA, is the class path's choice.
 */
package io.supple.nd4j;
