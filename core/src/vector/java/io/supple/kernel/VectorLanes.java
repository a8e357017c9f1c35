// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Lanes} in the Vector API, without fused multiplications, so that bits are those of plain Java. */
final class VectorLanes extends Lanes {

    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int W = S.length();

    VectorLanes() {}

    @Override
    int width() {
        return W;
    }

    private static DoubleVector at(double[] x, int j) {
        return DoubleVector.fromArray(S, x, j);
    }

    private static DoubleVector all(double x) {
        return DoubleVector.broadcast(S, x);
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
            top = top.max(height);
        }
        return top.reduceLanes(VectorOperators.MAX);
    }

    @Override
    void sums(double[] p, double[] f, int lo, int hi, double[] total) {
        DoubleVector t0 = DoubleVector.zero(S);
        DoubleVector t1 = t0;
        DoubleVector t2 = t0;
        DoubleVector t3 = t0;
        for (int j = lo; j < hi; j += W) {
            DoubleVector e = at(p, j);
            DoubleVector fj = at(f, j);
            t0 = t0.add(e);
            e = e.mul(fj);
            t1 = t1.add(e);
            e = e.mul(fj);
            t2 = t2.add(e);
            t3 = t3.add(e.mul(fj));
        }
        total[0] = t0.reduceLanes(VectorOperators.ADD);
        total[1] = t1.reduceLanes(VectorOperators.ADD);
        total[2] = t2.reduceLanes(VectorOperators.ADD);
        total[3] = t3.reduceLanes(VectorOperators.ADD);
    }

    @Override
    void means(double[] p, double[] f, double[] x, int lo, int hi, double[] total, double[] mean) {
        DoubleVector t0 = DoubleVector.zero(S);
        DoubleVector t1 = t0;
        DoubleVector t2 = t0;
        DoubleVector t3 = t0;
        DoubleVector d0 = t0;
        DoubleVector d1 = t0;
        DoubleVector d2 = t0;
        DoubleVector d3 = t0;
        for (int j = lo; j < hi; j += W) {
            DoubleVector e = at(p, j);
            DoubleVector fj = at(f, j);
            DoubleVector xj = at(x, j);
            t0 = t0.add(e);
            d0 = d0.add(e.mul(xj));
            e = e.mul(fj);
            t1 = t1.add(e);
            d1 = d1.add(e.mul(xj));
            e = e.mul(fj);
            t2 = t2.add(e);
            d2 = d2.add(e.mul(xj));
            e = e.mul(fj);
            t3 = t3.add(e);
            d3 = d3.add(e.mul(xj));
        }
        total[0] = t0.reduceLanes(VectorOperators.ADD);
        total[1] = t1.reduceLanes(VectorOperators.ADD);
        total[2] = t2.reduceLanes(VectorOperators.ADD);
        total[3] = t3.reduceLanes(VectorOperators.ADD);
        mean[0] = d0.reduceLanes(VectorOperators.ADD) / total[0];
        mean[1] = d1.reduceLanes(VectorOperators.ADD) / total[1];
        mean[2] = d2.reduceLanes(VectorOperators.ADD) / total[2];
        mean[3] = d3.reduceLanes(VectorOperators.ADD) / total[3];
    }

    @Override
    void add(double[] share, double[] p, double[] f, double[] y, int lo, int hi) {
        DoubleVector s0 = all(share[0]);
        DoubleVector s1 = all(share[1]);
        DoubleVector s2 = all(share[2]);
        DoubleVector s3 = all(share[3]);
        for (int j = lo; j < hi; j += W) {
            DoubleVector fj = at(f, j);
            DoubleVector sum = fj.mul(fj.mul(fj.mul(s3).add(s2)).add(s1)).add(s0);
            at(y, j).add(at(p, j).mul(sum)).intoArray(y, j);
        }
    }

    @Override
    void pull(
            double[] share,
            double[] mean,
            int k,
            double[] p,
            double[] f,
            double[] x,
            double[] all,
            double[] sloped,
            int lo,
            int hi) {
        double m = mean[0];
        double kth = k;
        double r1 = (kth + 1) * share[1];
        double r2 = (kth + 2) * share[2];
        double r3 = (kth + 3) * share[3];
        DoubleVector s0 = all(share[0]);
        DoubleVector s1 = all(share[1]);
        DoubleVector s2 = all(share[2]);
        DoubleVector s3 = all(share[3]);
        DoubleVector t1 = all(share[1] * (mean[1] - m));
        DoubleVector t2 = all(share[2] * (mean[2] - m));
        DoubleVector t3 = all(share[3] * (mean[3] - m));
        DoubleVector k0 = all(kth * share[0]);
        DoubleVector k1 = all(r1);
        DoubleVector k2 = all(r2);
        DoubleVector k3 = all(r3);
        DoubleVector u1 = all(r1 * (mean[1] - m));
        DoubleVector u2 = all(r2 * (mean[2] - m));
        DoubleVector u3 = all(r3 * (mean[3] - m));
        for (int j = lo; j < hi; j += W) {
            DoubleVector pj = at(p, j);
            DoubleVector fj = at(f, j);
            DoubleVector d = at(x, j).sub(m);
            DoubleVector s = fj.mul(fj.mul(fj.mul(s3).add(s2)).add(s1)).add(s0);
            DoubleVector t = fj.mul(fj.mul(fj.mul(t3).add(t2)).add(t1));
            at(all, j).add(pj.mul(d.mul(s).sub(t))).intoArray(all, j);
            DoubleVector ks = fj.mul(fj.mul(fj.mul(k3).add(k2)).add(k1)).add(k0);
            DoubleVector kt = fj.mul(fj.mul(fj.mul(u3).add(u2)).add(u1));
            at(sloped, j).add(pj.mul(d.mul(ks).sub(kt))).intoArray(sloped, j);
        }
    }

    @Override
    void next(double[] p, double[] f, int from, int to) {
        for (int j = from; j < to; j += W) {
            DoubleVector square = at(f, j).mul(at(f, j));
            at(p, j).mul(square.mul(square)).intoArray(p, j);
        }
    }

    @Override
    void distances(double[] z, double[] e, int j, int end, double[] term, double[] a) {
        double zj = z[j];
        double ej = e[j];
        DoubleVector sums = DoubleVector.zero(S);
        int k = j + 1;
        for (; k <= end - W; k += W) {
            DoubleVector ek = at(e, k);
            DoubleVector distance = at(z, k).sub(zj).mul(ek.sub(ej).div(ek.add(ej)));
            sums = sums.add(distance);
            at(a, k).add(distance).intoArray(a, k);
        }
        double sum = k == j + 1 ? 0 : sums.reduceLanes(VectorOperators.ADD);
        for (; k < end; k++) {
            double distance = (z[k] - zj) * ((e[k] - ej) / (e[k] + ej));
            sum += distance;
            a[k] += distance;
        }
        a[j] += sum;
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
        double zj = z[j];
        double ej = e[j];
        double wj = w[j];
        DoubleVector sums = DoubleVector.zero(S);
        DoubleVector dots = sums;
        int k = j + 1;
        for (; k <= end - W; k += W) {
            DoubleVector ek = at(e, k);
            DoubleVector tanh = ek.sub(ej).div(ek.add(ej));
            DoubleVector slope = tanh.add(at(z, k).sub(zj).div(twice).mul(all(1).sub(tanh.mul(tanh))));
            sums = sums.add(slope);
            dots = dots.add(slope.mul(at(w, k)));
            at(count, k).sub(slope).intoArray(count, k);
            at(weighted, k).sub(slope.mul(wj)).intoArray(weighted, k);
        }
        double sum = k == j + 1 ? 0 : sums.reduceLanes(VectorOperators.ADD);
        double dot = k == j + 1 ? 0 : dots.reduceLanes(VectorOperators.ADD);
        for (; k < end; k++) {
            double tanh = (e[k] - ej) / (e[k] + ej);
            double slope = tanh + (z[k] - zj) / twice * (1 - tanh * tanh);
            sum += slope;
            dot += slope * w[k];
            count[k] -= slope;
            weighted[k] -= slope * wj;
        }
        count[j] += sum;
        weighted[j] += dot;
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
            u0 = u0.add(u0);
            u1 = u1.add(u1);
            u2 = u2.add(u2);
            u3 = u3.add(u3);
            moments[at] += p0.add(p1).add(p2.add(p3)).reduceLanes(VectorOperators.ADD);
            for (int a = 1; a < Chebyshev.P; a++) {
                moments[at + a] += t0.add(t1).add(t2.add(t3)).reduceLanes(VectorOperators.ADD);
                DoubleVector q0 = u0.mul(t0).sub(p0);
                DoubleVector q1 = u1.mul(t1).sub(p1);
                DoubleVector q2 = u2.mul(t2).sub(p2);
                DoubleVector q3 = u3.mul(t3).sub(p3);
                p0 = t0;
                p1 = t1;
                p2 = t2;
                p3 = t3;
                t0 = q0;
                t1 = q1;
                t2 = q2;
                t3 = q3;
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
            c0 = c0.add(at(k, row).mul(ma));
            c1 = c1.add(at(k, row + W).mul(ma));
            c2 = c2.add(at(k, row + 2 * W).mul(ma));
        }
        c0.intoArray(c, 0);
        c1.intoArray(c, W);
        c2.intoArray(c, 2 * W);
    }
}
