// SPDX-License-Identifier: Apache-2.0
package io.supple.order;

import io.supple.kernel.Squash;
import io.supple.tensor.ByList;
import io.supple.tensor.Tensor;
import java.util.Arrays;

/** {@link Squash} and its inverse for a batch of lists. */
final class Standardize {

    private Standardize() {}

    /** (lists, n) to (lists, n), values in (0, 1). */
    static Tensor squash(Tensor x) {
        return ByList.of(x.shape(), in -> new Forward(in[0]), x);
    }

    /** Takes keys back to the scale of their lists: (lists, n) and (lists, k) to (lists, k). */
    static Tensor restore(Tensor x, Tensor y) {
        return ByList.of(y.shape(), in -> new Inverse(in[0], in[1]), x, y);
    }

    private static final class Forward implements ByList.Kernel {
        private final double[] x;
        private final double[] z;

        Forward(double[] x) {
            this.x = x;
            z = new double[x.length];
            Squash.forward(x, z, 0, x.length);
        }

        @Override
        public void value(double[] y, int to) {
            System.arraycopy(z, 0, y, to, z.length);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            Squash.vjp(x, z, part(g, from, z.length), gIn[0], 0, x.length);
        }

        @Override
        public void jvp(double[][] inDot, double[] yDot, int to) {
            double[] zDot = new double[z.length];
            Squash.jvp(x, z, inDot[0], zDot, 0, z.length);
            System.arraycopy(zDot, 0, yDot, to, zDot.length);
        }

        @Override
        public void tangent(double[] g, double[] gDot, int from, double[][] inDot, double[][] gInDot) {
            int n = z.length;
            Squash.vjpTangent(x, inDot[0], z, part(g, from, n), part(gDot, from, n), gInDot[0], 0, n);
        }
    }

    private static final class Inverse implements ByList.Kernel {
        private final double[] x;
        private final double[] y;

        Inverse(double[] x, double[] y) {
            this.x = x;
            this.y = y;
        }

        @Override
        public void value(double[] v, int to) {
            double[] out = new double[y.length];
            Squash.inverse(x, 0, x.length, y, out, 0, y.length);
            System.arraycopy(out, 0, v, to, out.length);
        }

        @Override
        public void vjp(double[] g, int from, double[][] gIn) {
            Squash.inverseVjp(x, 0, x.length, y, part(g, from, y.length), gIn[1], gIn[0], 0, y.length);
        }

        @Override
        public void jvp(double[][] inDot, double[] vDot, int to) {
            double[] out = new double[y.length];
            Squash.inverseJvp(x, inDot[0], 0, x.length, y, inDot[1], out, 0, y.length);
            System.arraycopy(out, 0, vDot, to, out.length);
        }
    }

    private static double[] part(double[] g, int from, int n) {
        return g.length == n ? g : Arrays.copyOfRange(g, from, from + n);
    }
}
