// SPDX-License-Identifier: Apache-2.0
package io.supple;

import io.supple.device.PlaceCode;
import io.supple.device.PlaceFunction;
import io.supple.kernel.Sigmoidal;
import io.supple.kernel.Smoothness;
import io.supple.kernel.SoftAbs;
import io.supple.kernel.SoftClamp;
import io.supple.kernel.SoftRelu;
import io.supple.kernel.SoftRound;
import io.supple.tensor.Pointwise;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The soft curves of the elementwise operators, under names that devices know. */
interface SoftCurve extends PlaceFunction {

    /** The class. */
    Smoothness c();

    /** The softness. */
    double s();

    @Override
    default Smoothness smoothness() {
        return c();
    }

    /** The softness, where there is no other number. */
    @Override
    default List<Double> numbers() {
        return List.of(s());
    }

    /** {@link Sigmoidal}. */
    record Step(Smoothness c, double s) implements SoftCurve, DoubleUnaryOperator {
        @Override
        public double applyAsDouble(double v) {
            return Sigmoidal.value(c, v, s);
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.STEP;
        }
    }

    /** {@link SoftAbs}. */
    record Abs(Smoothness c, double s) implements SoftCurve, DoubleUnaryOperator {
        @Override
        public double applyAsDouble(double v) {
            return SoftAbs.value(c, v, s);
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.ABS;
        }
    }

    /** {@link SoftRelu}. */
    record Ramp(Smoothness c, double s, boolean gated) implements SoftCurve, DoubleUnaryOperator {
        @Override
        public double applyAsDouble(double v) {
            return SoftRelu.value(c, gated, v, s);
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.RAMP;
        }

        @Override
        public List<Double> numbers() {
            return List.of(s, gated ? 1.0 : 0.0);
        }
    }

    /** {@link SoftRound}. */
    record Round(Smoothness c, double s, int radius) implements SoftCurve, DoubleUnaryOperator {
        @Override
        public double applyAsDouble(double v) {
            return SoftRound.value(c, v, s, radius);
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.ROUND;
        }

        @Override
        public List<Double> numbers() {
            return List.of(s, (double) radius);
        }
    }

    /** {@link SoftClamp} of a number and two bounds. */
    record Clamp(Smoothness c, double s, boolean gated) implements SoftCurve, Pointwise {
        @Override
        public double value(double[] v) {
            return SoftClamp.value(c, gated, v[0], v[1], v[2], s);
        }

        @Override
        public void partials(double[] v, double[] d) {
            SoftClamp.partials(c, gated, v[0], v[1], v[2], s, d);
        }

        @Override
        public void curvatures(double[] v, double[] h) {
            SoftClamp.curvatures(c, gated, v[0], v[1], v[2], s, h);
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.CLAMP;
        }

        @Override
        public List<Double> numbers() {
            return List.of(s, gated ? 1.0 : 0.0);
        }
    }
}
