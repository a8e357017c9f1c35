// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.Scratch;
import io.supple.kernel.Standardized;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;

/** Lists less their means over their deviations: (lists, n) to (lists, n). */
final class StandardScores implements ByList.Kernel {

    private final Standardized standardized;

    private StandardScores(double[] x) {
        standardized = new Standardized(x, Scratch.FRESH);
    }

    static Tensor of(Tensor rows) {
        return ByList.of(rows.shape(), in -> new StandardScores(in[0]), rows);
    }

    @Override
    public void value(double[] y, int to) {
        double[] u = standardized.values();
        System.arraycopy(u, 0, y, to, u.length);
    }

    @Override
    public void vjp(double[] g, int from, double[][] gIn) {
        standardized.product(g, from, gIn[0], 0);
    }

    @Override
    public void jvp(double[][] inDot, double[] yDot, int to) {
        standardized.product(inDot[0], 0, yDot, to);
    }

    @Override
    public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
        standardized.productTangent(inDot[0], g, gDot, from, gInDot[0], 0);
    }
}
