// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.VectorLanes.S;
import static io.supple.kernel.VectorLanes.W;
import static io.supple.kernel.VectorLanes.all;
import static io.supple.kernel.VectorLanes.at;
import static io.supple.kernel.VectorLanes.known;
import static io.supple.kernel.VectorLanes.sum;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;

/** {@link FourSteps} in the Vector API; same bits, but for the sums of losses. */
final class VectorSteps {

    private VectorSteps() {}

    static void add(double[] e, int i, double[] y) {
        int whole = S.loopBound(e.length);
        DoubleVector e0 = all(e[i]);
        DoubleVector e1 = all(e[i + 1]);
        DoubleVector e2 = all(e[i + 2]);
        DoubleVector e3 = all(e[i + 3]);
        for (int j = 0; j < whole; j += W) {
            DoubleVector ej = at(e, j);
            DoubleVector a = e0.add(ej);
            DoubleVector b = e1.add(ej);
            DoubleVector c = e2.add(ej);
            DoubleVector d = e3.add(ej);
            DoubleVector ab = a.mul(b);
            DoubleVector cd = c.mul(d);
            DoubleVector first = e0.mul(b).add(e1.mul(a)).mul(cd);
            DoubleVector second = e2.mul(d).add(e3.mul(c)).mul(ab);
            at(y, j).add(first.add(second).div(ab.mul(cd))).intoArray(y, j);
        }
        FourSteps.add(e, i, whole, y);
    }

    static void addProduct(double[] e, int i, double[] v, double[] y) {
        int whole = S.loopBound(e.length);
        DoubleVector e0 = all(e[i]);
        DoubleVector e1 = all(e[i + 1]);
        DoubleVector e2 = all(e[i + 2]);
        DoubleVector e3 = all(e[i + 3]);
        DoubleVector v0 = all(v[i]);
        DoubleVector v1 = all(v[i + 1]);
        DoubleVector v2 = all(v[i + 2]);
        DoubleVector v3 = all(v[i + 3]);
        DoubleVector one = all(1);
        for (int j = 0; j < whole; j += W) {
            DoubleVector ej = at(e, j);
            DoubleVector vj = at(v, j);
            DoubleVector a = e0.add(ej);
            DoubleVector b = e1.add(ej);
            DoubleVector c = e2.add(ej);
            DoubleVector d = e3.add(ej);
            DoubleVector ab = a.mul(b);
            DoubleVector cd = c.mul(d);
            DoubleVector inverse = one.div(ab.mul(cd));
            DoubleVector ofAb = cd.mul(inverse);
            DoubleVector ofCd = ab.mul(inverse);
            DoubleVector ia = b.mul(ofAb);
            DoubleVector ib = a.mul(ofAb);
            DoubleVector ic = d.mul(ofCd);
            DoubleVector id = c.mul(ofCd);
            DoubleVector first = e0.mul(ia).mul(ej.mul(ia)).mul(v0.sub(vj));
            DoubleVector second = e1.mul(ib).mul(ej.mul(ib)).mul(v1.sub(vj));
            DoubleVector third = e2.mul(ic).mul(ej.mul(ic)).mul(v2.sub(vj));
            DoubleVector fourth = e3.mul(id).mul(ej.mul(id)).mul(v3.sub(vj));
            at(y, j).add(first.add(second).add(third.add(fourth))).intoArray(y, j);
        }
        FourSteps.addProduct(e, i, whole, v, y);
    }

    /** Apart from {@link #losses}: together they are more than the compiler takes in at once, and vectors become objects. */
    static void lossSlopes(
            double[] ei, double[] e, int from, int to, double w, double[] g, double[] totals, double[] inverse) {
        DoubleVector e0 = all(ei[0]);
        DoubleVector e1 = all(ei[1]);
        DoubleVector e2 = all(ei[2]);
        DoubleVector e3 = all(ei[3]);
        DoubleVector one = all(1);
        DoubleVector zero = all(0);
        DoubleVector weight = all(w);
        DoubleVector t0 = zero;
        DoubleVector t1 = zero;
        DoubleVector t2 = zero;
        DoubleVector t3 = zero;
        for (int j = from; j < to; j += W) {
            DoubleVector ej = at(e, j);
            DoubleVector a = e0.add(ej);
            DoubleVector b = e1.add(ej);
            DoubleVector c = e2.add(ej);
            DoubleVector d = e3.add(ej);
            DoubleVector ab = a.mul(b);
            DoubleVector cd = c.mul(d);
            DoubleVector all = one.div(ab.mul(cd));
            DoubleVector wj = weight.mul(ej);
            DoubleVector ofAb = wj.mul(cd.mul(all));
            DoubleVector ofCd = wj.mul(ab.mul(all));
            DoubleVector p0 = b.mul(ofAb);
            DoubleVector p1 = a.mul(ofAb);
            DoubleVector p2 = d.mul(ofCd);
            DoubleVector p3 = c.mul(ofCd);
            all.intoArray(inverse, j);
            at(g, j).add(p0.add(p1).add(p2.add(p3))).intoArray(g, j);
            t0 = p0.add(t0);
            t1 = p1.add(t1);
            t2 = p2.add(t2);
            t3 = p3.add(t3);
        }
        at(totals, 0).add(t0).intoArray(totals, 0);
        at(totals, W).add(t1).intoArray(totals, W);
        at(totals, 2 * W).add(t2).intoArray(totals, 2 * W);
        at(totals, 3 * W).add(t3).intoArray(totals, 3 * W);
    }

    static double losses(
            double[] xi, double[] ei, double[] x, double[] e, double[] inverse, double s, int from, int to) {
        DoubleVector e0 = all(ei[0]);
        DoubleVector e1 = all(ei[1]);
        DoubleVector e2 = all(ei[2]);
        DoubleVector e3 = all(ei[3]);
        DoubleVector x0 = all(xi[0]);
        DoubleVector x1 = all(xi[1]);
        DoubleVector x2 = all(xi[2]);
        DoubleVector x3 = all(xi[3]);
        DoubleVector zero = all(0);
        DoubleVector above = zero;
        DoubleVector product = all(1);
        for (int j = from; j < to; j += W) {
            DoubleVector ej = at(e, j);
            DoubleVector xj = at(x, j);
            DoubleVector first = xj.sub(x0).max(zero).add(xj.sub(x1).max(zero));
            DoubleVector second = xj.sub(x2).max(zero).add(xj.sub(x3).max(zero));
            above = first.add(second).add(above);
            DoubleVector most = e0.max(ej).mul(e1.max(ej)).mul(e2.max(ej).mul(e3.max(ej)));
            product = most.mul(at(inverse, j)).mul(product);
        }
        return sum(zero, above) / s - Math.log(known(product).reduceLanes(VectorOperators.MUL));
    }
}
