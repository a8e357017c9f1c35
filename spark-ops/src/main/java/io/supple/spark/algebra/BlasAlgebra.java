// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.algebra;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import io.supple.algebra.HeapRows;
import io.supple.algebra.LinearAlgebra;

/**
 * The BLAS that comes with Spark MLlib: a native one where the system has it, else in Java, by the Vector API where the JVM has
 * that. It works on the JVM's arrays; rows are not copied.
 */
public final class BlasAlgebra implements LinearAlgebra {

    @Override
    public String name() {
        return "blas";
    }

    @Override
    public String missing() {
        try {
            library();
            return null;
        } catch (LinkageError absent) {
            return "linear algebra 'blas' must find dev.ludovic.netlib:blas, got " + absent
                    + "; it comes with Spark MLlib";
        }
    }

    /** Found when first asked for. */
    private static final class Found {
        private static final BLAS LIBRARY = found();

        private static BLAS found() {
            try {
                return NativeBLAS.getInstance();
            } catch (RuntimeException | LinkageError none) {
                return JavaBLAS.getInstance();
            }
        }
    }

    /** Whether it is native or uses the Vector API; loops of a BLAS in plain Java are no faster than other loops. */
    public static boolean fast() {
        return !library().matches("F2jBLAS|Java\\d+BLAS");
    }

    /** What multiplies, for reports. */
    public static String library() {
        return Found.LIBRARY.getClass().getSimpleName();
    }

    @Override
    public Rows load(double[] x, int n, int d) {
        return new HeapRows(x);
    }

    @Override
    public Product product(double[] w, int d, int h) {
        return new Gemm(w.clone(), d, h);
    }

    /** BLAS reads matrices column by column, so that ours are transposed to it: {@code Y^T = W^T X^T, G^T += V^T X}. */
    private static final class Gemm implements Product {
        private final double[] w;
        private final int d;
        private final int h;

        Gemm(double[] w, int d, int h) {
            this.w = w;
            this.d = d;
            this.h = h;
        }

        @Override
        public void forward(Rows x, int from, int n, double[] y) {
            if (n == 0) return;
            Found.LIBRARY.dgemm("N", "N", h, n, d, 1, w, 0, h, HeapRows.of(x), from * d, d, 0, y, 0, h);
        }

        @Override
        public void vjp(Rows x, int from, int n, double[] v, double[] g) {
            if (n == 0) return;
            Found.LIBRARY.dgemm("N", "T", h, d, n, 1, v, 0, h, HeapRows.of(x), from * d, d, 1, g, 0, h);
        }

        @Override
        public void close() {}
    }
}
