// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.algebra.LinearAlgebra;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products with W. ND4J multiplies {@code Y^T = W^T X^T} and {@code G^T = V^T X} with all matrices column-major, which is
 * row-major for everybody else: nothing is turned or copied on the way. Y and V share a buffer.
 */
final class ResidentProduct implements LinearAlgebra.Product {

    private final int d;
    private final int h;
    private final INDArray w; // W^T (h x d)
    private final INDArray g; // G^T (h x d)
    private final double[] pulled;
    private INDArray y; // Y^T and V^T (h x n)

    ResidentProduct(double[] weights, int d, int h) {
        this.d = d;
        this.h = h;
        w = room('f', h, d);
        g = room('f', h, d);
        pulled = new double[d * h];
        write(w, weights, d * h);
    }

    static INDArray room(char order, long rows, long columns) {
        return Nd4j.createUninitialized(DataType.DOUBLE, new long[] {rows, columns}, order);
    }

    static void write(INDArray to, double[] values, int n) {
        new DoublePointer(to.data().pointer()).put(values, 0, n);
        Nd4j.getAffinityManager().tagLocation(to, AffinityManager.Location.HOST);
    }

    private static void read(INDArray from, double[] values, int n) {
        Nd4j.getAffinityManager().ensureLocation(from, AffinityManager.Location.HOST);
        new DoublePointer(from.data().pointer()).get(values, 0, n);
    }

    /** The buffer for n rows; that of the last length is kept, since ND4J copies what it writes to a view. */
    private INDArray columns(int n) {
        if (y == null || y.size(1) != n) {
            if (y != null) y.close();
            y = room('f', h, n);
        }
        return y;
    }

    @Override
    public void forward(LinearAlgebra.Rows x, int from, int n, double[] to) {
        if (n == 0) return;
        w.mmuli(((ResidentRows) x).range(from, n).transpose(), columns(n));
        read(y, to, n * h);
    }

    @Override
    public void vjp(LinearAlgebra.Rows x, int from, int n, double[] v, double[] sum) {
        if (n == 0) return;
        INDArray in = columns(n);
        write(y, v, n * h);
        in.mmuli(((ResidentRows) x).range(from, n), g);
        read(g, pulled, d * h);
        for (int i = 0; i < pulled.length; i++) sum[i] += pulled[i];
    }

    @Override
    public void close() {
        if (!w.wasClosed()) w.close();
        if (!g.wasClosed()) g.close();
        if (y != null && !y.wasClosed()) y.close();
    }
}
