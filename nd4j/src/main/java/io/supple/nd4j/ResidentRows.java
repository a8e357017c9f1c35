// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.algebra.LinearAlgebra;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Rows in ND4J's memory, (n x d). */
final class ResidentRows implements LinearAlgebra.Rows {

    static final AtomicLong HELD = new AtomicLong();

    private final INDArray x;

    ResidentRows(double[] rows, int n, int d) {
        x = ResidentProduct.room('c', n, d);
        ResidentProduct.write(x, rows, n * d);
        HELD.addAndGet(bytes());
    }

    /** Some of them, a view. */
    INDArray range(int from, int n) {
        return from == 0 && n == x.size(0) ? x : x.get(NDArrayIndex.interval(from, from + n), NDArrayIndex.all());
    }

    @Override
    public long bytes() {
        return x.wasClosed() ? 0 : Double.BYTES * x.length();
    }

    @Override
    public synchronized void close() {
        if (x.wasClosed()) return;
        HELD.addAndGet(-bytes());
        x.close();
    }
}
