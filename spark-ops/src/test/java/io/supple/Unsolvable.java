// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.NotConvergedException;

/** An operator whose iteration never ends well: those of the catalogue converge on everything that is known. */
public final class Unsolvable {

    private Unsolvable() {}

    /** The operator; the catalogue does not have it. */
    public static Operator operator() {
        return Operator.operator("unsolvable", "nothing")
                .list("x", "values")
                .result(Result.NUMBER)
                .always(in -> {
                    throw new NotConvergedException("transport: did not converge within 7 iterations");
                });
    }
}
