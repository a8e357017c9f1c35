// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.VectorLanes.S;
import static io.supple.kernel.VectorLanes.W;
import static io.supple.kernel.VectorLanes.all;
import static io.supple.kernel.VectorLanes.at;
import static io.supple.kernel.VectorLanes.sum;

import jdk.incubator.vector.DoubleVector;

/** {@link PairDistances} of class SMOOTH in the Vector API. */
final class VectorPairs {

    private VectorPairs() {}

    static void distances(double[] z, double[] e, int j, int end, double[] term, double[] a) {
        int tail = row(z, e, j, j + 1, end, a);
        PairDistances.smoothSums(z, e, j, tail, end, term, a);
    }

    /** The distances of key j from those of whole vectors from {@code from} on; where they end. */
    private static int row(double[] z, double[] e, int j, int from, int end, double[] a) {
        DoubleVector zero = DoubleVector.zero(S);
        DoubleVector zj = all(z[j]);
        DoubleVector ej = all(e[j]);
        DoubleVector sum = zero;
        int k = from;
        for (; k <= end - W; k += W) {
            DoubleVector ek = at(e, k);
            DoubleVector distance = at(z, k).sub(zj).mul(ek.sub(ej).div(ek.add(ej)));
            sum = distance.add(sum);
            at(a, k).add(distance).intoArray(a, k);
        }
        if (k > from) a[j] += sum(zero, sum);
        return k;
    }

    /**
     * Tiles of W keys: a vector of distances within one has each pair twice, those to later tiles count for both keys. The
     * keys that are left are rows of their own. So sums are always read where they were written as a vector.
     */
    static void distances(double[] z, double[] e, int n, double[] term, double[] a) {
        int whole = n & -W;
        DoubleVector zero = DoubleVector.zero(S);
        for (int j = 0; j < whole; j += 2) {
            int tile = j & -W;
            DoubleVector z0 = all(z[j]);
            DoubleVector e0 = all(e[j]);
            DoubleVector z1 = all(z[j + 1]);
            DoubleVector e1 = all(e[j + 1]);
            DoubleVector ek = at(e, tile);
            DoubleVector zk = at(z, tile);
            DoubleVector sum0 = zk.sub(z0).mul(ek.sub(e0).div(ek.add(e0)));
            DoubleVector sum1 = zk.sub(z1).mul(ek.sub(e1).div(ek.add(e1)));
            for (int k = tile + W; k < whole; k += W) {
                ek = at(e, k);
                zk = at(z, k);
                DoubleVector distance0 = zk.sub(z0).mul(ek.sub(e0).div(ek.add(e0)));
                DoubleVector distance1 = zk.sub(z1).mul(ek.sub(e1).div(ek.add(e1)));
                sum0 = distance0.add(sum0);
                sum1 = distance1.add(sum1);
                at(a, k).add(distance0.add(distance1)).intoArray(a, k);
            }
            a[j] += sum(zero, sum0);
            a[j + 1] += sum(zero, sum1);
        }
        for (int j = whole; j < n; j++) {
            row(z, e, j, 0, whole, a);
            PairDistances.smoothSums(z, e, j, j + 1, n, term, a);
        }
    }

    /** Tiles as for the distances. In one piece: a part of it for rows, shared with the next method, took four times as long. */
    static void slopes(
            double[] z, double[] e, double twice, double[] w, int n, double[] term, double[] count, double[] weighted) {
        int whole = n & -W;
        DoubleVector zero = all(0);
        DoubleVector one = all(1);
        for (int j = 0; j < n; j++) {
            boolean tiled = j < whole;
            double wj = w[j];
            DoubleVector zj = all(z[j]);
            DoubleVector ej = all(e[j]);
            DoubleVector sum = zero;
            DoubleVector dot = zero;
            int k = 0;
            if (tiled) {
                k = j & -W;
                DoubleVector ek = at(e, k);
                DoubleVector tanh = ek.sub(ej).div(ek.add(ej));
                sum = tanh.add(at(z, k).sub(zj).div(twice).mul(one.sub(tanh.mul(tanh))));
                dot = sum.mul(at(w, k));
                k += W;
            }
            for (; k < whole; k += W) {
                DoubleVector ek = at(e, k);
                DoubleVector tanh = ek.sub(ej).div(ek.add(ej));
                DoubleVector slope = tanh.add(at(z, k).sub(zj).div(twice).mul(one.sub(tanh.mul(tanh))));
                sum = slope.add(sum);
                dot = slope.mul(at(w, k)).add(dot);
                at(count, k).sub(slope).intoArray(count, k);
                at(weighted, k).sub(slope.mul(wj)).intoArray(weighted, k);
            }
            if (whole > 0) {
                count[j] += sum(zero, sum);
                weighted[j] += sum(zero, dot);
            }
            if (!tiled) PairDistances.smoothSlopes(z, e, twice, w, j, j + 1, n, term, count, weighted);
        }
    }

    static void slopes(
            double[] z,
            double[] e,
            double twice,
            double[] w,
            int j,
            int end,
            double[] term,
            double[] count,
            double[] weighted) {
        double zj = z[j];
        double ej = e[j];
        double wj = w[j];
        DoubleVector zero = DoubleVector.zero(S);
        DoubleVector sums = zero;
        DoubleVector dots = zero;
        int k = j + 1;
        for (; k <= end - W; k += W) {
            DoubleVector ek = at(e, k);
            DoubleVector tanh = ek.sub(ej).div(ek.add(ej));
            DoubleVector slope = tanh.add(at(z, k).sub(zj).div(twice).mul(all(1).sub(tanh.mul(tanh))));
            sums = slope.add(sums);
            dots = slope.mul(at(w, k)).add(dots);
            at(count, k).sub(slope).intoArray(count, k);
            at(weighted, k).sub(slope.mul(wj)).intoArray(weighted, k);
        }
        if (k > j + 1) {
            count[j] += sum(zero, sums);
            weighted[j] += sum(zero, dots);
        }
        PairDistances.smoothSlopes(z, e, twice, w, j, k, end, term, count, weighted);
    }
}
