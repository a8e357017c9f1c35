// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;

/**
 * A stage of robust scaling: the estimator or its model.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasScaling<S> extends HasColumn<S>, HasMethod<S> {

    /** The Params of the scaling. */
    ScalingParams scaling();

    /** Lower level of the quantile range. */
    default DoubleParam lower() {
        return scaling().lower();
    }

    /** Upper level of the quantile range. */
    default DoubleParam upper() {
        return scaling().upper();
    }

    /** Whether the median is taken off. */
    default BooleanParam withCentering() {
        return scaling().withCentering();
    }

    /** Whether it is divided by the quantile range. */
    default BooleanParam withScaling() {
        return scaling().withScaling();
    }

    /** Without effect: quantiles are those of the whole column. */
    default DoubleParam relativeError() {
        return scaling().relativeError();
    }

    /** The value of {@link #lower()}. */
    default double getLower() {
        return (Double) getOrDefault(lower());
    }

    /** The value of {@link #upper()}. */
    default double getUpper() {
        return (Double) getOrDefault(upper());
    }

    /** The value of {@link #withCentering()}. */
    default boolean getWithCentering() {
        return (Boolean) getOrDefault(withCentering());
    }

    /** The value of {@link #withScaling()}. */
    default boolean getWithScaling() {
        return (Boolean) getOrDefault(withScaling());
    }

    /** The value of {@link #relativeError()}. */
    default double getRelativeError() {
        return (Double) getOrDefault(relativeError());
    }

    /** Sets {@link #withCentering()}. */
    default S setWithCentering(boolean value) {
        return given(withCentering(), value);
    }

    /** Sets {@link #withScaling()}. */
    default S setWithScaling(boolean value) {
        return given(withScaling(), value);
    }
}
