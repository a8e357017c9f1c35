// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.ListLoss;
import java.util.Arrays;

/** The loss of a list that does not count, 0, and of one that has no order, NaN. */
record Flat(double value) implements ListLoss {

    static final Flat ZERO = new Flat(0);
    static final Flat UNDEFINED = new Flat(Double.NaN);

    @Override
    public double add(double[] s, double[] g) {
        if (Double.isNaN(value)) Arrays.fill(g, value);
        return value;
    }

    @Override
    public void curve(double[] s, double[] v, double[] hv) {
        if (Double.isNaN(value)) Arrays.fill(hv, value);
    }
}
