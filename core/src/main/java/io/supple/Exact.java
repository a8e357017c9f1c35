// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.tensor.Pointwise;

/**
 * The exact meanings that relaxations approach as softness goes to 0. Derivatives are those of the pieces, 0 at a kink.
 * NaN stays NaN: it has no sign and no side of a step.
 */
final class Exact {

    private Exact() {}

    static double heaviside(double x) {
        return x > 0 ? 1 : x < 0 ? 0 : x == 0 ? 0.5 : x;
    }

    static double sign(double x) {
        return x > 0 ? 1 : x < 0 ? -1 : x == 0 ? 0 : x;
    }

    static double relu(double x) {
        return Math.max(x, 0);
    }

    static double reluSlope(double x) {
        return x > 0 ? 1 : 0;
    }

    /** {@code min(max(x, a), b)}: b where the bounds cross; derivative 0 for x at a bound. */
    static final Pointwise CLAMP = new Pointwise() {
        @Override
        public double value(double[] v) {
            return Math.min(Math.max(v[0], v[1]), v[2]);
        }

        @Override
        public void partials(double[] v, double[] d) {
            double lower = Math.max(v[0], v[1]);
            d[0] = v[0] > v[1] && v[0] < v[2] ? 1 : 0;
            d[1] = v[0] <= v[1] && lower < v[2] ? 1 : 0;
            d[2] = lower >= v[2] ? 1 : 0;
        }

        @Override
        public void curvatures(double[] v, double[] h) {
            // linear in pieces
        }
    };

    /** x / y, 0 where y is 0. */
    static final Pointwise QUOTIENT = new Pointwise() {
        @Override
        public double value(double[] v) {
            return v[1] == 0 ? 0 : v[0] / v[1];
        }

        @Override
        public void partials(double[] v, double[] d) {
            d[0] = v[1] == 0 ? 0 : 1 / v[1];
            d[1] = v[1] == 0 ? 0 : -v[0] / v[1] / v[1];
        }

        @Override
        public void curvatures(double[] v, double[] h) {
            if (v[1] == 0) return;
            h[1] = -1 / v[1] / v[1];
            h[2] = h[1];
            h[3] = 2 * (v[0] / v[1] / v[1] / v[1]);
        }
    };

    /** A relation between two numbers. */
    interface Relation {
        boolean holds(double x, double y);
    }

    /** 1 where a relation holds, 0 elsewhere; no derivative. */
    static Pointwise relation(Relation relation) {
        return new Pointwise() {
            @Override
            public double value(double[] v) {
                return relation.holds(v[0], v[1]) ? 1 : 0;
            }

            @Override
            public void partials(double[] v, double[] d) {
                d[0] = 0;
                d[1] = 0;
            }

            @Override
            public void curvatures(double[] v, double[] h) {
                // constant in pieces
            }
        };
    }
}
