// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.algebra.LinearAlgebra;

/** Rows that stay in ND4J's memory, beside the heap or on a CUDA device, and products that ND4J makes. */
public final class Nd4jAlgebra implements LinearAlgebra {

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public String missing() {
        return Backend.missing();
    }

    /** Bytes that loaded rows hold in this JVM, beside its heap, until they are closed. */
    public static long heldBytes() {
        return ResidentRows.HELD.get();
    }

    @Override
    public Rows load(double[] x, int n, int d) {
        Backend.require();
        return new ResidentRows(x, n, d);
    }

    @Override
    public Product product(double[] w, int d, int h) {
        Backend.require();
        return new ResidentProduct(w, d, h);
    }
}
