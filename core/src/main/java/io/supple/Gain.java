// SPDX-License-Identifier: Apache-2.0
package io.supple;

/** What a label is worth. */
public enum Gain {
    /** {@code 2^y - 1}. */
    EXPONENTIAL {
        @Override
        double of(double y) {
            if (y == (int) y && y < Long.SIZE - 1)
                return (1L << (int) y) - 1; // as pow gives it, for the labels of most lists
            // near 0 the difference would cancel
            return y < 1 ? Math.expm1(y * LN2) : Math.pow(2, y) - 1;
        }
    },
    /** The label itself. */
    LINEAR {
        @Override
        double of(double y) {
            return y;
        }
    };

    /** Labels beyond have an exponential gain that no double holds, or whose sums none does. */
    static final int LARGEST_EXPONENT = 900;

    private static final double LN2 = Math.log(2);

    abstract double of(double y);
}
