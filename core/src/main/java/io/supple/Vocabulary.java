// SPDX-License-Identifier: Apache-2.0
package io.supple;

/**
 * Something operators can be called on: tensors evaluate them ({@link Soft}), Spark columns plan them.
 *
 * @param <T> what the arguments and results are
 */
public interface Vocabulary<T> {

    /**
     * Calls an operator.
     *
     * @param operator the operator
     * @param arguments in the order of its parameters; those left off at the end take their defaults
     */
    T call(Operator operator, Object... arguments);
}
