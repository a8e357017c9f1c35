// SPDX-License-Identifier: Apache-2.0
package io.supple.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;

/** Derivatives measured against the function itself. */
final class Jacobian {

    private Jacobian() {}

    interface Function {
        double[] at(double[] x);
    }

    /** {@code J t} by central differences. */
    static double[] along(Function f, double[] x, double[] t, double h) {
        double[] up = x.clone();
        double[] down = x.clone();
        for (int i = 0; i < x.length; i++) {
            up[i] += h * t[i];
            down[i] -= h * t[i];
        }
        double[] y = f.at(up);
        double[] before = f.at(down);
        for (int i = 0; i < y.length; i++) y[i] = (y[i] - before[i]) / (2 * h);
        return y;
    }

    /** {@code <g, J t>} by differences is {@code <J'g, t>} for the given {@code J'g}, up to a part of its size. */
    static void assertVjp(Function f, double[] x, double[] t, double[] g, double[] vjp, double part) {
        double measured = dot(g, along(f, x, t, 1e-6));
        double size = 1;
        for (double each : vjp) size = Math.max(size, Math.abs(each));
        assertThat(dot(vjp, t)).isCloseTo(measured, offset(part * size));
    }

    static void assertClose(double[] got, double[] expected, double tolerance) {
        assertThat(got).hasSameSizeAs(expected);
        for (int i = 0; i < got.length; i++) {
            double allowed = tolerance * Math.max(1, Math.abs(expected[i]));
            assertThat(got[i]).as("element %d", i).isCloseTo(expected[i], offset(allowed));
        }
    }

    static double dot(double[] a, double[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) dot += a[i] * b[i];
        return dot;
    }

    static double[] normal(Random random, int n, double scale) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) x[i] = scale * random.nextGaussian();
        return x;
    }
}
