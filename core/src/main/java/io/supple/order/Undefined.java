// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.tensor.Tensor;
import java.util.Arrays;

/** What is read from a place of a list that has none: NaN. */
final class Undefined {

    private Undefined() {}

    static Tensor values(int lists, int m) {
        double[] y = new double[lists * m];
        Arrays.fill(y, Double.NaN);
        return Tensor.of(new int[] {lists, m}, y);
    }
}
