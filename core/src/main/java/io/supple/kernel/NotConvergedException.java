// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

/** An iteration that did not reach its tolerance: never a wrong result in silence. */
public final class NotConvergedException extends ArithmeticException {

    private static final long serialVersionUID = 1L;

    public NotConvergedException(String message) {
        super(message);
    }
}
