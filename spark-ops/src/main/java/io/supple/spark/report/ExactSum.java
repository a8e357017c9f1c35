// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.report;

import java.io.Serializable;

/**
 * A sum that no order of adding changes: numbers are rounded to multiples of 2^-62 and added as integers, so that partial
 * sums of any partitions merge to the same bits.
 */
final class ExactSum implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final double UNIT = 0x1p62;
    private static final long ONE = 1L << 62;
    private static final double LIMIT = 0x1p31; // leaves room for 2^32 of them

    private long whole;
    private long parts; // of 2^-62, in [0, 2^62)

    void add(double x) {
        if (!(Math.abs(x) <= LIMIT)) {
            throw new ArithmeticException("ExactSum: a number must be finite and at most 2^31, got " + x);
        }
        double floor = Math.floor(x);
        whole += (long) floor;
        carry((long) ((x - floor) * UNIT));
    }

    void add(ExactSum other) {
        whole += other.whole;
        carry(other.parts);
    }

    private void carry(long more) {
        parts += more; // each at most 2^62: the sum fits
        if (parts >= ONE) {
            parts -= ONE;
            whole++;
        }
    }

    double value() {
        return whole + parts / UNIT;
    }
}
