// SPDX-License-Identifier: Apache-2.0
package io.supple;

/** The metric of a list that has nothing to find: no label above 0, or no element. */
public enum EmptyList {
    /** 1: no order of it is wrong. */
    ONE(1),
    /** 0: nothing was found. */
    ZERO(0),
    /** NaN: undefined. */
    NAN(Double.NaN);

    private final double value;

    EmptyList(double value) {
        this.value = value;
    }

    double value() {
        return value;
    }
}
