// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Lanes} in the Vector API, without fused multiplications, so that bits are those of plain Java.
 *
 * <p>No method is called on a vector that a loop carries: {@code sum = x.add(sum)}, not {@code sum.add(x)}. The compiler does
 * not know the class of such a vector but from what the methods of the Vector API have seen in this JVM, and Spark's linear
 * algebra has shown them another species of the same width: then each turn of the loop makes an object. As an argument it is
 * what the receiver is. What a loop leaves is made {@link #known} before it is read.
 */
final class VectorLanes extends Lanes {

    static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    static final int W = S.length();

    VectorLanes() {}

    @Override
    int width() {
        return W;
    }

    static DoubleVector at(double[] x, int j) {
        return DoubleVector.fromArray(S, x, j);
    }

    static DoubleVector all(double x) {
        return DoubleVector.broadcast(S, x);
    }

    /** The same vector, of a class that the compiler knows. */
    static DoubleVector known(DoubleVector carried) {
        return all(1).mul(carried);
    }

    /** The sum of the lanes of what a loop leaves, in an order that is the compiler's; zero has a class that is known. */
    static double sum(DoubleVector zero, DoubleVector carried) {
        return zero.add(carried).reduceLanes(VectorOperators.ADD);
    }

    @Override
    void steps(double[] e, int i, double[] y) {
        VectorSteps.add(e, i, y);
    }

    @Override
    void slopes(double[] e, int i, double[] v, double[] y) {
        VectorSteps.addProduct(e, i, v, y);
    }

    @Override
    void lossSlopes(
            double[] ei, double[] e, int from, int to, double w, double[] g, double[] totals, double[] inverse) {
        VectorSteps.lossSlopes(ei, e, from, to, w, g, totals, inverse);
    }

    @Override
    double losses(double[] xi, double[] ei, double[] x, double[] e, double[] inverse, double s, int from, int to) {
        return VectorSteps.losses(xi, ei, x, e, inverse, s, from, to);
    }

    @Override
    void exp(double[] x, double[] y, int from, int to) {
        if (to - from < W) super.exp(x, y, from, to);
        else powers(x, 0, 1, 1, y, from, to);
    }

    @Override
    void exp(double[] x, double origin, double f, double s, double[] scratch, double[] y, int from, int to) {
        if (to - from < W) super.exp(x, origin, f, s, scratch, y, from, to);
        else powers(x, origin, f, s, y, from, to);
    }

    /** In one piece: vectors that go into a method which the compiler does not take in are made objects. */
    private static void powers(double[] x, double origin, double f, double s, double[] y, int from, int to) {
        DoubleVector zero = DoubleVector.zero(S);
        DoubleVector least = all(Exponential.LEAST);
        int last = to - W;
        for (int j = from; j < to; j += W) {
            int i = Math.min(j, last); // some of it for the second time
            DoubleVector xi = at(x, i).sub(origin).mul(f).div(s);
            DoubleVector shifted = xi.mul(Exponential.LOG2_E).add(Exponential.ROUND);
            DoubleVector k = shifted.sub(Exponential.ROUND);
            DoubleVector r = xi.sub(k.mul(Exponential.LOG_2_HIGH)).sub(k.mul(Exponential.LOG_2_LOW));
            DoubleVector q = r.mul(r);
            DoubleVector q2 = q.mul(q);
            DoubleVector low = r.mul(Exponential.C3)
                    .add(0.5)
                    .add(q.mul(r.mul(Exponential.C5).add(Exponential.C4)));
            DoubleVector middle = r.mul(Exponential.C7)
                    .add(Exponential.C6)
                    .add(q.mul(r.mul(Exponential.C9).add(Exponential.C8)));
            DoubleVector high = r.mul(Exponential.C11).add(Exponential.C10);
            DoubleVector e = r.add(q.mul(low.add(q2.mul(middle)).add(q2.mul(q2).mul(high))))
                    .add(1);
            LongVector power = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52);
            e.reinterpretAsLongs()
                    .add(power)
                    .reinterpretAsDoubles()
                    .blend(zero, xi.compare(VectorOperators.LT, least))
                    .intoArray(y, i);
        }
    }

    @Override
    double logits(double c, double[] z, double[] a, double[] v, int from, int to) {
        if (to - from < W) return super.logits(c, z, a, v, from, to);
        int last = to - W;
        DoubleVector top = all(Double.NEGATIVE_INFINITY);
        for (int j = from; j < to; j += W) {
            int i = Math.min(j, last);
            DoubleVector height = at(z, i).mul(c).add(at(a, i)).neg();
            height.intoArray(v, i);
            top = height.max(top);
        }
        return known(top).reduceLanes(VectorOperators.MAX);
    }

    @Override
    void sums(double[] p, double[] f, int lo, int hi, double[] total) {
        VectorRows.sums(p, f, lo, hi, total);
    }

    @Override
    void means(double[] p, double[] f, double[] x, int lo, int hi, double[] total, double[] mean) {
        VectorRows.means(p, f, x, lo, hi, total, mean);
    }

    @Override
    void add(double[] share, double[] p, double[] f, double[] y, int lo, int hi) {
        VectorRows.add(share, p, f, y, lo, hi);
    }

    @Override
    void pull(
            double[] share,
            double[] tilt,
            double m,
            int k,
            double[] p,
            double[] f,
            double[] x,
            double[] all,
            double[] sloped,
            int lo,
            int hi) {
        VectorRows.pull(share, tilt, m, k, p, f, x, all, sloped, lo, hi);
    }

    @Override
    void means(
            double[] p,
            double[] f,
            double[] x,
            double[] x2,
            int lo,
            int hi,
            double[] total,
            double[] mean,
            double[] mean2) {
        VectorRows.means(p, f, x, x2, lo, hi, total, mean, mean2);
    }

    @Override
    void pull(
            double[] share,
            double m,
            double[] x,
            double[] share2,
            double m2,
            double[] x2,
            double[] tilt,
            int k,
            double[] p,
            double[] f,
            double[] all,
            double[] sloped,
            int lo,
            int hi) {
        VectorRows.pull(share, m, x, share2, m2, x2, tilt, k, p, f, all, sloped, lo, hi);
    }

    @Override
    void next(double[] p, double[] f, int from, int to) {
        VectorRows.next(p, f, from, to);
    }

    @Override
    void distances(double[] z, double[] e, int j, int end, double[] term, double[] a) {
        VectorPairs.distances(z, e, j, end, term, a);
    }

    @Override
    void distances(double[] z, double[] e, int n, double[] term, double[] a) {
        VectorPairs.distances(z, e, n, term, a);
    }

    @Override
    void slopes(
            double[] z, double[] e, double twice, double[] w, int n, double[] term, double[] count, double[] weighted) {
        VectorPairs.slopes(z, e, twice, w, n, term, count, weighted);
    }

    @Override
    void slopes(
            double[] z,
            double[] e,
            double twice,
            double[] w,
            int j,
            int end,
            double[] term,
            double[] count,
            double[] weighted) {
        VectorPairs.slopes(z, e, twice, w, j, end, term, count, weighted);
    }

    @Override
    void values(double[] u, int from, int to, double[] c, double[] y) {
        int j = from;
        // four vectors at a time: the recurrence of one waits for its own results
        for (; j <= to - 4 * W; j += 4 * W) {
            DoubleVector u0 = at(u, j);
            DoubleVector u1 = at(u, j + W);
            DoubleVector u2 = at(u, j + 2 * W);
            DoubleVector u3 = at(u, j + 3 * W);
            DoubleVector twice0 = u0.add(u0);
            DoubleVector twice1 = u1.add(u1);
            DoubleVector twice2 = u2.add(u2);
            DoubleVector twice3 = u3.add(u3);
            DoubleVector b0 = DoubleVector.zero(S);
            DoubleVector b1 = b0;
            DoubleVector b2 = b0;
            DoubleVector b3 = b0;
            DoubleVector d0 = b0;
            DoubleVector d1 = b0;
            DoubleVector d2 = b0;
            DoubleVector d3 = b0;
            for (int a = Chebyshev.P - 1; a > 0; a--) {
                DoubleVector ca = all(c[a]);
                DoubleVector q0 = twice0.mul(b0).add(ca.sub(d0));
                DoubleVector q1 = twice1.mul(b1).add(ca.sub(d1));
                DoubleVector q2 = twice2.mul(b2).add(ca.sub(d2));
                DoubleVector q3 = twice3.mul(b3).add(ca.sub(d3));
                d0 = b0;
                d1 = b1;
                d2 = b2;
                d3 = b3;
                b0 = q0;
                b1 = q1;
                b2 = q2;
                b3 = q3;
            }
            DoubleVector first = all(c[0]);
            u0.mul(b0).add(first.sub(d0)).intoArray(y, j);
            u1.mul(b1).add(first.sub(d1)).intoArray(y, j + W);
            u2.mul(b2).add(first.sub(d2)).intoArray(y, j + 2 * W);
            u3.mul(b3).add(first.sub(d3)).intoArray(y, j + 3 * W);
        }
        for (; j <= to - W; j += W) {
            DoubleVector uj = at(u, j);
            DoubleVector twice = uj.add(uj);
            DoubleVector b = DoubleVector.zero(S);
            DoubleVector d = b;
            for (int a = Chebyshev.P - 1; a > 0; a--) {
                DoubleVector q = twice.mul(b).add(all(c[a]).sub(d));
                d = b;
                b = q;
            }
            uj.mul(b).add(all(c[0]).sub(d)).intoArray(y, j);
        }
        super.values(u, j, to, c, y);
    }

    @Override
    void moments(double[] u, double[] w, int from, int to, double[] moments, int at) {
        int j = from;
        DoubleVector one = all(1);
        for (; j <= to - 4 * W; j += 4 * W) {
            DoubleVector u0 = at(u, j);
            DoubleVector u1 = at(u, j + W);
            DoubleVector u2 = at(u, j + 2 * W);
            DoubleVector u3 = at(u, j + 3 * W);
            DoubleVector p0 = w == null ? one : at(w, j);
            DoubleVector p1 = w == null ? one : at(w, j + W);
            DoubleVector p2 = w == null ? one : at(w, j + 2 * W);
            DoubleVector p3 = w == null ? one : at(w, j + 3 * W);
            DoubleVector t0 = u0.mul(p0);
            DoubleVector t1 = u1.mul(p1);
            DoubleVector t2 = u2.mul(p2);
            DoubleVector t3 = u3.mul(p3);
            DoubleVector twice0 = u0.add(u0);
            DoubleVector twice1 = u1.add(u1);
            DoubleVector twice2 = u2.add(u2);
            DoubleVector twice3 = u3.add(u3);
            moments[at] += p0.add(p1).add(p2.add(p3)).reduceLanes(VectorOperators.ADD);
            double sum = t0.add(t1).add(t2.add(t3)).reduceLanes(VectorOperators.ADD);
            for (int a = 1; a < Chebyshev.P; a++) {
                moments[at + a] += sum;
                DoubleVector q0 = twice0.mul(t0).sub(p0);
                DoubleVector q1 = twice1.mul(t1).sub(p1);
                DoubleVector q2 = twice2.mul(t2).sub(p2);
                DoubleVector q3 = twice3.mul(t3).sub(p3);
                p0 = t0;
                p1 = t1;
                p2 = t2;
                p3 = t3;
                t0 = q0;
                t1 = q1;
                t2 = q2;
                t3 = q3;
                sum = q0.add(q1).add(q2.add(q3)).reduceLanes(VectorOperators.ADD);
            }
        }
        super.moments(u, w, j, to, moments, at);
    }

    @Override
    void translate(double[] k, double[] m, int at, double f, double[] c) {
        if (W != 8) {
            super.translate(k, m, at, f, c);
            return;
        }
        DoubleVector c0 = at(c, 0);
        DoubleVector c1 = at(c, W);
        DoubleVector c2 = at(c, 2 * W);
        for (int a = 0; a < Chebyshev.P; a++) {
            double ma = f * m[at + a];
            int row = a * Chebyshev.STRIDE;
            c0 = at(k, row).mul(ma).add(c0);
            c1 = at(k, row + W).mul(ma).add(c1);
            c2 = at(k, row + 2 * W).mul(ma).add(c2);
        }
        known(c0).intoArray(c, 0);
        known(c1).intoArray(c, W);
        known(c2).intoArray(c, 2 * W);
    }

    /** Lanes are added one by one: a reduction may add them in another order once it is compiled. */
    @Override
    void rowProducts(double[] w, int at, double[] x, int from, int n, int d, double[] s, int to) {
        double[] lanes = new double[W];
        for (int i = 0; i < n; i++) {
            int row = from + i * d;
            DoubleVector s0 = DoubleVector.zero(S);
            DoubleVector s1 = s0;
            int j = 0;
            for (; j <= d - 2 * W; j += 2 * W) {
                s0 = at(w, at + j).mul(at(x, row + j)).add(s0);
                s1 = at(w, at + j + W).mul(at(x, row + j + W)).add(s1);
            }
            if (j <= d - W) {
                s0 = at(w, at + j).mul(at(x, row + j)).add(s0);
                j += W;
            }
            known(s0).add(s1).intoArray(lanes, 0);
            double sum = 0;
            for (; j < d; j++) sum += w[at + j] * x[row + j];
            for (int k = 0; k < W; k++) sum += lanes[k];
            s[to + i] = sum;
        }
    }

    @Override
    void addRows(double[] x, int from, int n, int d, double[] v, int at, double[] g, int to) {
        int i = 0;
        for (; i + 3 < n; i += 4) {
            DoubleVector v0 = all(v[at + i]);
            DoubleVector v1 = all(v[at + i + 1]);
            DoubleVector v2 = all(v[at + i + 2]);
            DoubleVector v3 = all(v[at + i + 3]);
            int row = from + i * d;
            int j = 0;
            for (; j <= d - W; j += W) {
                DoubleVector a = v0.mul(at(x, row + j)).add(v1.mul(at(x, row + d + j)));
                DoubleVector b = v2.mul(at(x, row + 2 * d + j)).add(v3.mul(at(x, row + 3 * d + j)));
                at(g, to + j).add(a.add(b)).intoArray(g, to + j);
            }
            for (; j < d; j++) {
                g[to + j] += (v[at + i] * x[row + j] + v[at + i + 1] * x[row + d + j])
                        + (v[at + i + 2] * x[row + 2 * d + j] + v[at + i + 3] * x[row + 3 * d + j]);
            }
        }
        super.addRows(x, from + i * d, n - i, d, v, at + i, g, to);
    }
}
