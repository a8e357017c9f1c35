// SPDX-License-Identifier: Apache-2.0
package io.supple.tensor;

import io.supple.device.PlaceCode;
import io.supple.device.PlaceFunction;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Sums and products of a number with constants, under names that devices know. */
interface AffineStep extends DoubleUnaryOperator, PlaceFunction {

    AffineStep IDENTITY = new Identity();
    AffineStep NEGATE = new Negate();
    AffineStep COMPLEMENT = new Complement();

    static AffineStep shift(double k) {
        return new Shift(k);
    }

    static AffineStep scale(double k) {
        return new Scale(k);
    }

    @Override
    default List<Double> numbers() {
        return List.of();
    }

    /** One class for each, so that the compiler knows which function is called where it is. */
    record Identity() implements AffineStep {
        @Override
        public double applyAsDouble(double v) {
            return v;
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.IDENTITY;
        }
    }

    /** {@code -v}. */
    record Negate() implements AffineStep {
        @Override
        public double applyAsDouble(double v) {
            return -v;
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.NEGATE;
        }
    }

    /** {@code 1 - v}. */
    record Complement() implements AffineStep {
        @Override
        public double applyAsDouble(double v) {
            return 1 - v;
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.COMPLEMENT;
        }
    }

    /** {@code v + k}. */
    record Shift(double k) implements AffineStep {
        @Override
        public double applyAsDouble(double v) {
            return v + k;
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.SHIFT;
        }

        @Override
        public List<Double> numbers() {
            return List.of(k);
        }
    }

    /** {@code k v}. */
    record Scale(double k) implements AffineStep {
        @Override
        public double applyAsDouble(double v) {
            return v * k;
        }

        @Override
        public PlaceCode code() {
            return PlaceCode.SCALE;
        }

        @Override
        public List<Double> numbers() {
            return List.of(k);
        }
    }
}
