// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;
import java.util.Arrays;

/** What is read from a place that a list does not have, or of a list that has no soft order: NaN. */
final class Undefined {

    private Undefined() {}

    /** The keys as they are; all NaN if one of them is NaN or infinite. */
    static double[] unlessFinite(double[] keys) {
        for (double key : keys) {
            if (!Double.isFinite(key)) {
                double[] undefined = new double[keys.length];
                Arrays.fill(undefined, Double.NaN);
                return undefined;
            }
        }
        return keys;
    }

    static Tensor values(int lists, int m) {
        double[] y = new double[lists * m];
        Arrays.fill(y, Double.NaN);
        return Tensor.of(new int[] {lists, m}, y);
    }
}
