// SPDX-License-Identifier: Apache-2.0
package io.supple.spark.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A stage with a relaxation. Spark finds Params by public methods without arguments, also those of interfaces.
 *
 * @param <S> the stage's own class, which setters return
 */
public interface HasSoftness<S> extends Params {

    /** The Params of the relaxation. */
    SofteningParams softening();

    /** Width of the relaxation. */
    default DoubleParam softness() {
        return softening().softness();
    }

    /** Smoothness class. */
    default Param<String> mode() {
        return softening().mode();
    }

    /** Whether values are exact and only gradients soft. */
    default BooleanParam straightThrough() {
        return softening().straightThrough();
    }

    /** The value of {@link #softness()}. */
    default double getSoftness() {
        return (Double) getOrDefault(softness());
    }

    /** The value of {@link #mode()}. */
    default String getMode() {
        return getOrDefault(mode());
    }

    /** The value of {@link #straightThrough()}. */
    default boolean getStraightThrough() {
        return (Boolean) getOrDefault(straightThrough());
    }

    /** Sets {@link #softness()}. */
    default S setSoftness(double value) {
        return given(softness(), value);
    }

    /** Sets {@link #mode()}. */
    default S setMode(String value) {
        return given(mode(), value);
    }

    /** Sets {@link #straightThrough()}. */
    default S setStraightThrough(boolean value) {
        return given(straightThrough(), value);
    }

    /** The stage itself with a Param set. */
    @SuppressWarnings("unchecked")
    default <T> S given(Param<T> param, T value) {
        set(param, value);
        return (S) this;
    }
}
