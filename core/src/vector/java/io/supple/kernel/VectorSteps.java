// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static io.supple.kernel.VectorLanes.S;
import static io.supple.kernel.VectorLanes.W;
import static io.supple.kernel.VectorLanes.all;
import static io.supple.kernel.VectorLanes.at;

import jdk.incubator.vector.DoubleVector;

/** {@link FourSteps} in the Vector API; same bits. */
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
}
