// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.PairwiseRanks;
import io.supple.kernel.Smoothness;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;

/** Ranks counted by soft comparisons of pairs, and nothing else: there is no distribution over the elements for a place. */
final class CountedRanks implements Matrixless {

    private final Tensor keys; // (lists, n)
    private final Smoothness c;
    private final double s;

    CountedRanks(Tensor keys, Smoothness c, double s) {
        this.keys = keys;
        this.c = c;
        this.s = s;
    }

    @Override
    public Tensor ranks(boolean descending) {
        Tensor of = descending ? keys : keys.negate();
        return ByList.of(keys.shape(), in -> new Ranks(in[0]), of);
    }

    @Override
    public Tensor values(Places places) {
        throw none();
    }

    @Override
    public Tensor quantiles(Levels levels) {
        throw none();
    }

    @Override
    public Tensor memberships(int k) {
        throw none();
    }

    private static AssertionError none() {
        return new AssertionError("operators that need more than ranks refuse methods that count pairs");
    }

    private final class Ranks implements ByList.Kernel {
        private final double[] z;
        private final PairwiseRanks ranks;

        Ranks(double[] keys) {
            z = Undefined.unlessFinite(keys);
            ranks = new PairwiseRanks(c, z, s);
        }

        @Override
        public void value(double[] y, int to) {
            ranks.value(y, to);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            ranks.product(g, from, gIn[0], 0);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            ranks.product(inDot[0], 0, yDot, to); // nothing was there
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            ranks.productTangent(inDot[0], g, gDot, from, gInDot[0], 0);
        }
    }
}
