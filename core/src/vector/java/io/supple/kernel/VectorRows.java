// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.VectorLanes.S;
import static io.supple.kernel.VectorLanes.W;
import static io.supple.kernel.VectorLanes.all;
import static io.supple.kernel.VectorLanes.at;
import static io.supple.kernel.VectorLanes.sum;

import jdk.incubator.vector.DoubleVector;

/** {@link FourRows} in the Vector API. */
final class VectorRows {

    private VectorRows() {}

    static void sums(double[] p, double[] f, int lo, int hi, double[] total) {
        DoubleVector zero = DoubleVector.zero(S);
        DoubleVector t0 = zero;
        DoubleVector t1 = zero;
        DoubleVector t2 = zero;
        DoubleVector t3 = zero;
        for (int j = lo; j < hi; j += W) {
            DoubleVector e = at(p, j);
            DoubleVector fj = at(f, j);
            t0 = e.add(t0);
            e = fj.mul(e);
            t1 = e.add(t1);
            e = fj.mul(e);
            t2 = e.add(t2);
            t3 = e.mul(fj).add(t3);
        }
        total[0] = sum(zero, t0);
        total[1] = sum(zero, t1);
        total[2] = sum(zero, t2);
        total[3] = sum(zero, t3);
    }

    static void means(double[] p, double[] f, double[] x, int lo, int hi, double[] total, double[] mean) {
        DoubleVector zero = DoubleVector.zero(S);
        DoubleVector t0 = zero;
        DoubleVector t1 = zero;
        DoubleVector t2 = zero;
        DoubleVector t3 = zero;
        DoubleVector d0 = zero;
        DoubleVector d1 = zero;
        DoubleVector d2 = zero;
        DoubleVector d3 = zero;
        for (int j = lo; j < hi; j += W) {
            DoubleVector e = at(p, j);
            DoubleVector fj = at(f, j);
            DoubleVector xj = at(x, j);
            t0 = e.add(t0);
            d0 = e.mul(xj).add(d0);
            e = fj.mul(e);
            t1 = e.add(t1);
            d1 = e.mul(xj).add(d1);
            e = fj.mul(e);
            t2 = e.add(t2);
            d2 = e.mul(xj).add(d2);
            e = fj.mul(e);
            t3 = e.add(t3);
            d3 = e.mul(xj).add(d3);
        }
        total[0] = sum(zero, t0);
        total[1] = sum(zero, t1);
        total[2] = sum(zero, t2);
        total[3] = sum(zero, t3);
        mean[0] = sum(zero, d0) / total[0];
        mean[1] = sum(zero, d1) / total[1];
        mean[2] = sum(zero, d2) / total[2];
        mean[3] = sum(zero, d3) / total[3];
    }

    static void add(double[] share, double[] p, double[] f, double[] y, int lo, int hi) {
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

    static void pull(
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
        DoubleVector s0 = all(share[0]);
        DoubleVector s1 = all(share[1]);
        DoubleVector s2 = all(share[2]);
        DoubleVector s3 = all(share[3]);
        DoubleVector t0 = all(tilt[0]);
        DoubleVector t1 = all(tilt[1]);
        DoubleVector t2 = all(tilt[2]);
        DoubleVector t3 = all(tilt[3]);
        DoubleVector kth = all(k);
        for (int j = lo; j < hi; j += W) {
            DoubleVector pj = at(p, j);
            DoubleVector fj = at(f, j);
            DoubleVector xj = at(x, j).sub(m);
            // Horner's scheme with the derivative, whose terms are those of the sloped sum
            DoubleVector slope = s3.mul(xj).sub(t3);
            DoubleVector sum = s2.mul(xj).sub(t2).add(fj.mul(slope));
            slope = sum.add(fj.mul(slope));
            sum = s1.mul(xj).sub(t1).add(fj.mul(sum));
            slope = sum.add(fj.mul(slope));
            sum = s0.mul(xj).sub(t0).add(fj.mul(sum));
            at(all, j).add(pj.mul(sum)).intoArray(all, j);
            at(sloped, j).add(pj.mul(kth.mul(sum).add(fj.mul(slope)))).intoArray(sloped, j);
        }
    }

    static void means(
            double[] p,
            double[] f,
            double[] x,
            double[] x2,
            int lo,
            int hi,
            double[] total,
            double[] mean,
            double[] mean2) {
        DoubleVector zero = DoubleVector.zero(S);
        DoubleVector t0 = zero;
        DoubleVector t1 = zero;
        DoubleVector t2 = zero;
        DoubleVector t3 = zero;
        DoubleVector d0 = zero;
        DoubleVector d1 = zero;
        DoubleVector d2 = zero;
        DoubleVector d3 = zero;
        DoubleVector b0 = zero;
        DoubleVector b1 = zero;
        DoubleVector b2 = zero;
        DoubleVector b3 = zero;
        for (int j = lo; j < hi; j += W) {
            DoubleVector e = at(p, j);
            DoubleVector fj = at(f, j);
            DoubleVector xj = at(x, j);
            DoubleVector yj = at(x2, j);
            t0 = e.add(t0);
            d0 = e.mul(xj).add(d0);
            b0 = e.mul(yj).add(b0);
            e = fj.mul(e);
            t1 = e.add(t1);
            d1 = e.mul(xj).add(d1);
            b1 = e.mul(yj).add(b1);
            e = fj.mul(e);
            t2 = e.add(t2);
            d2 = e.mul(xj).add(d2);
            b2 = e.mul(yj).add(b2);
            e = fj.mul(e);
            t3 = e.add(t3);
            d3 = e.mul(xj).add(d3);
            b3 = e.mul(yj).add(b3);
        }
        total[0] = sum(zero, t0);
        total[1] = sum(zero, t1);
        total[2] = sum(zero, t2);
        total[3] = sum(zero, t3);
        mean[0] = sum(zero, d0) / total[0];
        mean[1] = sum(zero, d1) / total[1];
        mean[2] = sum(zero, d2) / total[2];
        mean[3] = sum(zero, d3) / total[3];
        mean2[0] = sum(zero, b0) / total[0];
        mean2[1] = sum(zero, b1) / total[1];
        mean2[2] = sum(zero, b2) / total[2];
        mean2[3] = sum(zero, b3) / total[3];
    }

    static void pull(
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
        DoubleVector s0 = all(share[0]);
        DoubleVector s1 = all(share[1]);
        DoubleVector s2 = all(share[2]);
        DoubleVector s3 = all(share[3]);
        DoubleVector q0 = all(share2[0]);
        DoubleVector q1 = all(share2[1]);
        DoubleVector q2 = all(share2[2]);
        DoubleVector q3 = all(share2[3]);
        DoubleVector c0 = all(tilt[0]);
        DoubleVector c1 = all(tilt[1]);
        DoubleVector c2 = all(tilt[2]);
        DoubleVector c3 = all(tilt[3]);
        DoubleVector kth = all(k);
        for (int j = lo; j < hi; j += W) {
            DoubleVector pj = at(p, j);
            DoubleVector fj = at(f, j);
            DoubleVector xj = at(x, j).sub(m);
            DoubleVector yj = at(x2, j).sub(m2);
            DoubleVector slope = s3.mul(xj).add(q3.mul(yj).sub(c3));
            DoubleVector sum = s2.mul(xj).add(q2.mul(yj).sub(c2)).add(fj.mul(slope));
            slope = sum.add(fj.mul(slope));
            sum = s1.mul(xj).add(q1.mul(yj).sub(c1)).add(fj.mul(sum));
            slope = sum.add(fj.mul(slope));
            sum = s0.mul(xj).add(q0.mul(yj).sub(c0)).add(fj.mul(sum));
            at(all, j).add(pj.mul(sum)).intoArray(all, j);
            at(sloped, j).add(pj.mul(kth.mul(sum).add(fj.mul(slope)))).intoArray(sloped, j);
        }
    }

    static void next(double[] p, double[] f, int from, int to) {
        for (int j = from; j < to; j += W) {
            DoubleVector square = at(f, j).mul(at(f, j));
            at(p, j).mul(square.mul(square)).intoArray(p, j);
        }
    }
}
