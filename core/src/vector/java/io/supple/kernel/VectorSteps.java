// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.VectorLanes.S;
import static io.supple.kernel.VectorLanes.W;
import static io.supple.kernel.VectorLanes.all;
import static io.supple.kernel.VectorLanes.at;

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

    static double losses(
            double[] xi,
            double[] ei,
            double[] x,
            double[] e,
            double s,
            int from,
            int to,
            double w,
            double[] g,
            double[] totals) {
        DoubleVector e0 = all(ei[0]);
        DoubleVector e1 = all(ei[1]);
        DoubleVector e2 = all(ei[2]);
        DoubleVector e3 = all(ei[3]);
        DoubleVector x0 = all(xi[0]);
        DoubleVector x1 = all(xi[1]);
        DoubleVector x2 = all(xi[2]);
        DoubleVector x3 = all(xi[3]);
        DoubleVector one = all(1);
        DoubleVector zero = all(0);
        DoubleVector weight = all(w);
        DoubleVector t0 = zero;
        DoubleVector t1 = zero;
        DoubleVector t2 = zero;
        DoubleVector t3 = zero;
        DoubleVector above = zero;
        DoubleVector product = one;
        for (int j = from; j < to; j += W) {
            DoubleVector ej = at(e, j);
            DoubleVector xj = at(x, j);
            DoubleVector a = e0.add(ej);
            DoubleVector b = e1.add(ej);
            DoubleVector c = e2.add(ej);
            DoubleVector d = e3.add(ej);
            DoubleVector ab = a.mul(b);
            DoubleVector cd = c.mul(d);
            DoubleVector inverse = one.div(ab.mul(cd));
            DoubleVector ofAb = cd.mul(inverse);
            DoubleVector ofCd = ab.mul(inverse);
            DoubleVector p0 = ej.mul(b.mul(ofAb));
            DoubleVector p1 = ej.mul(a.mul(ofAb));
            DoubleVector p2 = ej.mul(d.mul(ofCd));
            DoubleVector p3 = ej.mul(c.mul(ofCd));
            at(g, j).add(weight.mul(p0.add(p1).add(p2.add(p3)))).intoArray(g, j);
            t0 = t0.add(p0);
            t1 = t1.add(p1);
            t2 = t2.add(p2);
            t3 = t3.add(p3);
            DoubleVector first = xj.sub(x0).max(zero).add(xj.sub(x1).max(zero));
            DoubleVector second = xj.sub(x2).max(zero).add(xj.sub(x3).max(zero));
            above = above.add(first.add(second));
            DoubleVector most = e0.max(ej).mul(e1.max(ej)).mul(e2.max(ej).mul(e3.max(ej)));
            product = product.mul(most.mul(inverse));
        }
        at(totals, 0).add(weight.mul(t0)).intoArray(totals, 0);
        at(totals, W).add(weight.mul(t1)).intoArray(totals, W);
        at(totals, 2 * W).add(weight.mul(t2)).intoArray(totals, 2 * W);
        at(totals, 3 * W).add(weight.mul(t3)).intoArray(totals, 3 * W);
        return above.reduceLanes(VectorOperators.ADD) / s - Math.log(product.reduceLanes(VectorOperators.MUL));
    }
}
