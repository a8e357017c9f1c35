// SPDX-License-Identifier: Apache-2.0
package io.supple.algebra;

import io.supple.kernel.MatrixProduct;

/** Loops in Java, always there. Rows that are equal have equal products, to the bit. */
public final class PlainAlgebra implements LinearAlgebra {

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public Rows load(double[] x, int n, int d) {
        return new Rows() {
            @Override
            public Product with(double[] w, int h) {
                return new Loops(x, d, w.clone(), h);
            }

            @Override
            public long bytes() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    private static final class Loops implements Product {
        private final double[] x;
        private final int d;
        private final double[] w;
        private final int h;

        Loops(double[] x, int d, double[] w, int h) {
            this.x = x;
            this.d = d;
            this.w = w;
            this.h = h;
        }

        @Override
        public void forward(int from, int n, double[] y) {
            MatrixProduct.forward(x, from, n, d, w, h, y);
        }

        @Override
        public void vjp(int from, int n, double[] v, double[] g) {
            MatrixProduct.vjp(x, from, n, d, v, h, g);
        }

        @Override
        public void close() {}
    }
}
