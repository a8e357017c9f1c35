// SPDX-License-Identifier: Apache-2.0
package io.supple.algebra;

/**
 * Who multiplies matrices. Rows are loaded once and stay, in the JVM or beside it, while matrices that they are multiplied
 * with come and go: the features of a fit, and the weights of each of its steps.
 *
 * <p>{@link Algebras} finds those that are on the class path, as services of this interface: a class with a public constructor
 * that costs nothing and needs no other library.
 */
public interface LinearAlgebra {

    /** One word, by which it is asked for. */
    String name();

    /** Why it cannot be used here, and what to add; null if it can. */
    default String missing() {
        return null;
    }

    /**
     * Loads rows, row-major: (n x d). The array may be used, not copied: leave it alone until the rows are closed.
     *
     * @throws UnsupportedOperationException if it is {@link #missing}, saying why
     */
    Rows load(double[] x, int n, int d);

    /** Products with one matrix, (d x h) row-major: it is read now, not later. */
    Product product(double[] w, int d, int h);

    /** Rows that were loaded, for products of the same algebra. Safe to use from several threads, but for closing. */
    interface Rows extends AutoCloseable {

        /** Bytes that are held beside the array that was loaded. */
        long bytes();

        /** Gives back what was held; more than once does nothing. */
        @Override
        void close();
    }

    /** Products of rows with one matrix. For one thread. */
    interface Product extends AutoCloseable {

        /** Writes {@code y_ik = sum_j x_ij w_jk} for n rows of x from a row on: (n x h). */
        void forward(Rows x, int from, int n, double[] y);

        /** Adds {@code sum_i x_ij v_ik} over those rows to g: (d x h). */
        void vjp(Rows x, int from, int n, double[] v, double[] g);

        /** Gives back what was held; more than once does nothing. */
        @Override
        void close();
    }
}
