// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Squash;
import io.supple.tensor.Tensor;

/** {@link Squash} for a batch of lists. */
final class Standardize {

    private Standardize() {}

    /** (lists, n) to (lists, n), values in (0, 1). */
    static Tensor squash(Tensor x) {
        int n = x.length(1);
        double[] z = new double[x.size()];
        for (int from = 0; from < z.length; from += n) Squash.forward(x.data(), z, from, n);
        return Tensor.result(
                x.shape(),
                z,
                g -> {
                    double[] gx = new double[z.length];
                    for (int from = 0; from < z.length; from += n) Squash.vjp(x.data(), z, g, gx, from, n);
                    return new double[][] {gx};
                },
                x);
    }
}
