// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import java.util.function.DoubleUnaryOperator;

/** The derivative of a function of one number, applied place by place. */
final class Mapped implements Vjp {

    private final double[] x;
    private final DoubleUnaryOperator f;
    private final DoubleUnaryOperator slope;
    private final DoubleUnaryOperator curvature;

    /**
     * A derivative.
     *
     * @param x where it is taken
     * @param f the function
     * @param slope first derivative
     * @param curvature second derivative; null if it is not known
     */
    Mapped(double[] x, DoubleUnaryOperator f, DoubleUnaryOperator slope, DoubleUnaryOperator curvature) {
        this.x = x;
        this.f = f;
        this.slope = slope;
        this.curvature = curvature;
    }

    DoubleUnaryOperator function() {
        return f;
    }

    DoubleUnaryOperator slope() {
        return slope;
    }

    @Override
    public double[][] apply(double[] cotangent) {
        return new double[][] {times(cotangent)};
    }

    private double[] times(double[] by) {
        double[] out = new double[by.length];
        // A slope of infinity where nothing flows must not make NaN.
        for (int i = 0; i < by.length; i++) out[i] = by[i] == 0 ? 0 : by[i] * slope.applyAsDouble(x[i]);
        return out;
    }

    @Override
    public double[] jvp(double[][] tangents, int size) {
        return tangents[0] == null ? new double[size] : times(tangents[0]);
    }

    @Override
    public double[][] tangent(double[] cotangent, double[] cotangentTangent, double[][] tangents) {
        if (curvature == null) return Vjp.super.tangent(cotangent, cotangentTangent, tangents);
        double[] out = times(cotangentTangent);
        double[] t = tangents[0];
        if (t != null) {
            for (int i = 0; i < out.length; i++) {
                double along = cotangent[i] * t[i];
                if (along != 0) out[i] += along * curvature.applyAsDouble(x[i]);
            }
        }
        return new double[][] {out};
    }
}
