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
        return new HeapRows(x);
    }

    @Override
    public Product product(double[] w, int d, int h) {
        return new Loops(w.clone(), d, h);
    }

    private static final class Loops implements Product {
        private final double[] w;
        private final int d;
        private final int h;

        Loops(double[] w, int d, int h) {
            this.w = w;
            this.d = d;
            this.h = h;
        }

        @Override
        public void forward(Rows x, int from, int n, double[] y) {
            MatrixProduct.forward(HeapRows.of(x), from, n, d, w, h, y);
        }

        @Override
        public void vjp(Rows x, int from, int n, double[] v, double[] g) {
            MatrixProduct.vjp(HeapRows.of(x), from, n, d, v, h, g);
        }

        @Override
        public void close() {}
    }
}
