// SPDX-License-Identifier: Apache-2.0
package io.supple.nd4j;

import io.supple.algebra.LinearAlgebra;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Rows in ND4J's memory. All matrices are held so that their numbers lie column-major where ND4J multiplies,
 * {@code Y^T = W^T X^T} and {@code G^T = V^T X}: that is row-major for everybody else, and nothing is turned or copied.
 */
final class ResidentRows implements LinearAlgebra.Rows {

    private final int d;
    private final INDArray x; // (n x d)

    ResidentRows(double[] rows, int n, int d) {
        this.d = d;
        x = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {n, d}, 'c');
        write(x, rows, n * d);
    }

    @Override
    public LinearAlgebra.Product with(double[] w, int h) {
        return new Layer(w, h);
    }

    @Override
    public long bytes() {
        return x.wasClosed() ? 0 : Double.BYTES * x.length();
    }

    @Override
    public void close() {
        if (!x.wasClosed()) x.close();
    }

    /** Rows of x, as (n x d). */
    private INDArray rows(int from, int n) {
        return from == 0 && n == x.size(0) ? x : x.get(NDArrayIndex.interval(from, from + n), NDArrayIndex.all());
    }

    private static void write(INDArray to, double[] values, int n) {
        new DoublePointer(to.data().pointer()).put(values, 0, n);
        Nd4j.getAffinityManager().tagLocation(to, AffinityManager.Location.HOST);
    }

    private static void read(INDArray from, double[] values, int n) {
        Nd4j.getAffinityManager().ensureLocation(from, AffinityManager.Location.HOST);
        new DoublePointer(from.data().pointer()).get(values, 0, n);
    }

    /** Products with W; buffers grow with the number of rows. */
    private final class Layer implements LinearAlgebra.Product {
        private final int h;
        private final INDArray w; // (h x d), column-major
        private final INDArray g; // likewise
        private final double[] pulled;
        private INDArray y; // (h x room), column-major: Y^T, and V^T on the way back

        Layer(double[] weights, int h) {
            this.h = h;
            w = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {h, d}, 'f');
            g = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {h, d}, 'f');
            pulled = new double[h * d];
            write(w, weights, h * d);
        }

        private INDArray room(int n) {
            if (y == null || y.size(1) < n) {
                if (y != null) y.close();
                y = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {h, n}, 'f');
            }
            return y.size(1) == n ? y : y.get(NDArrayIndex.all(), NDArrayIndex.interval(0, n));
        }

        @Override
        public void forward(int from, int n, double[] to) {
            if (n == 0) return;
            INDArray out = room(n);
            w.mmuli(rows(from, n).transpose(), out);
            read(y, to, n * h);
        }

        @Override
        public void vjp(int from, int n, double[] v, double[] sum) {
            if (n == 0) return;
            INDArray in = room(n);
            write(y, v, n * h);
            in.mmuli(rows(from, n), g);
            read(g, pulled, h * d);
            for (int i = 0; i < pulled.length; i++) sum[i] += pulled[i];
        }

        @Override
        public void close() {
            if (!w.wasClosed()) w.close();
            if (!g.wasClosed()) g.close();
            if (y != null && !y.wasClosed()) y.close();
        }
    }
}
