// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.kernel.SimplexProjection;
import io.supple.kernel.Smoothness;
import io.supple.kernel.TransportPlan;
import io.supple.tensor.ByList;
import java.util.Arrays;

/** The kernels of {@link Projections} in the form in which lists are mapped. */
final class ProjectionKernels {

    private ProjectionKernels() {}

    /** Writes a result. */
    interface Value {
        void write(double[] y, int to);
    }

    /** Adds a vector-Jacobian product. */
    interface Pull {
        void add(double[] g, int from, double[][] gIn);
    }

    /** Writes a Jacobian-vector product. */
    interface Push {
        void write(double[][] inDot, double[] yDot, int to);
    }

    /** A kernel made of its three parts. */
    static ByList.Kernel of(Value value, Pull pull, Push push) {
        return new ByList.Kernel() {
            @Override
            public void value(double[] y, int to) {
                value.write(y, to);
            }

            @Override
            public void vjp(double[] g, int from, double[][] gIn) {
                pull.add(g, from, gIn);
            }

            @Override
            public void jvp(double[][] inDot, double[] yDot, int to) {
                push.write(inDot, yDot, to);
            }
        };
    }

    /** The simplex in a class; its Jacobian is symmetric. */
    static ByList.Kernel simplex(Smoothness c, double[] x, double s) {
        int n = x.length;
        double[] p = new double[n];
        for (int j = 0; j < n; j++) p[j] = x[j] / s;
        SimplexProjection.forward(c, p, p, n);
        return of(
                (y, to) -> System.arraycopy(p, 0, y, to, n),
                (g, from, gIn) -> {
                    double[] gv = Arrays.copyOfRange(g, from, from + n);
                    SimplexProjection.vjp(c, p, gv, gv, n);
                    for (int j = 0; j < n; j++) gIn[0][j] += gv[j] / s;
                },
                (t, yDot, to) -> {
                    double[] out = t[0].clone();
                    SimplexProjection.vjp(c, p, out, out, n);
                    for (int j = 0; j < n; j++) yDot[to + j] = out[j] / s;
                });
    }

    /** Writes a projection of x that depends on a radius. */
    interface BallValue {
        void forward(double[] x, double r, double[] y, int n);
    }

    /** Adds its vjp to gx and returns the cotangent of r. */
    interface BallPull {
        double vjp(double[] x, double r, double[] g, double[] gx, int n);
    }

    /** Writes its jvp. */
    interface BallPush {
        void jvp(double[] x, double r, double[] xDot, double rDot, double[] yDot, int n);
    }

    /** Inputs are x and the radius. */
    static ByList.Kernel ball(BallValue value, BallPull pull, BallPush push, double[][] in) {
        double[] x = in[0];
        double r = in[1][0];
        int n = x.length;
        return of(
                (y, to) -> {
                    double[] out = new double[n];
                    value.forward(x, r, out, n);
                    System.arraycopy(out, 0, y, to, n);
                },
                (g, from, gIn) -> gIn[1][0] += pull.vjp(x, r, Arrays.copyOfRange(g, from, from + n), gIn[0], n),
                (t, yDot, to) -> {
                    double[] out = new double[n];
                    push.jvp(x, r, t[0], t[1][0], out, n);
                    System.arraycopy(out, 0, yDot, to, n);
                });
    }

    /** A transport plan; inputs are cost, row sums and column sums. */
    static ByList.Kernel plan(TransportPlan plan, int size) {
        return of(
                (y, to) -> System.arraycopy(plan.plan(), 0, y, to, size),
                (g, from, gIn) -> plan.vjp(g, from, gIn[0], gIn[1], gIn[2]),
                (t, yDot, to) -> {
                    double[] out = new double[size];
                    plan.jvp(t[0], t[1], t[2], out);
                    System.arraycopy(out, 0, yDot, to, size);
                });
    }
}
